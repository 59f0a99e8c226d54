"""The course in other languages: catalogues, what is derived from them, and what may not differ."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.language import LANGUAGE_KEY
from grader.exercises import assignment as assignments
from grader.paths import NOTEBOOKS, RELEASE, TRANSLATIONS, released_notebook
from grader.release.translation.bodies import (
    CODE,
    EXERCISES,
    bodies,
    exercise_entries,
    messages,
    notebook_entries,
)
from grader.release.translation.catalogues import (
    Entry,
    read_catalogue,
    state_of,
    translations_of,
    updated,
    write_catalogue,
)
from grader.release.translation.code_units import code_units, translated_code
from grader.release.translation.compiled import catalogue_path, languages
from grader.release.translation.markdown_units import markdown_units, translated_markdown
from grader.release.translation.notebooks import translated_notebook
from grader.release.translation.soundness import KINDS, differences

CHINESE = "zh_CN"
ENGLISH = [*sorted(NOTEBOOKS.glob("*.ipynb")), *map(released_notebook, assignments.names())]
every_notebook = pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.stem)
every_language = pytest.mark.parametrize("language", languages())


def edition(path: Path, language: str) -> Path:
    """Where the translation of an English notebook lies."""
    folder = RELEASE / language / path.parent.name
    return folder / path.name


def shout(text: str) -> str:
    """A translation that can be told from its English, and is sound."""
    return f"译：{text}"


# Units -------------------------------------------------------------------------------------------


def test_a_paragraph_a_heading_an_item_and_a_row_are_units() -> None:
    text = (
        '<a id="x"></a>\n## 1. Why?\n\nOne line\nand one more.\n\n- an item\n- two\n  lines\n\n'
        "$$\nz = w x\n$$\n\n| a word | $m$ |\n|:--|:--|\n| 1 | 2 |\n\n<details>\n"
        "<summary><b>Hint</b></summary>\n\n`code`\n\n</details>\n"
    )
    assert markdown_units(text) == [
        "1. Why?",
        "One line\nand one more.",
        "an item",
        "two\nlines",
        "| a word | $m$ |",
        "<summary><b>Hint</b></summary>",
    ]


def test_further_lines_of_an_item_keep_their_margin() -> None:
    made = translated_markdown("- one\n  two\n\n> three\n> four\n", lambda text: text.upper())
    assert made == "- ONE\n  TWO\n\n> THREE\n> FOUR\n"


def test_a_formula_with_words_is_a_unit_and_one_without_is_none() -> None:
    assert markdown_units("$$\nx = 1\n$$") == []
    assert markdown_units("$$\nx = 1 \\text{ otherwise}\n$$") == [
        "$$\nx = 1 \\text{ otherwise}\n$$"
    ]


@given(st.text(alphabet="ab \n-*>#|$`<!1.", max_size=60))
def test_text_that_is_not_translated_stays_to_the_byte(text: str) -> None:
    assert translated_markdown(text, lambda unit: unit) == text


@given(st.text(alphabet="ab \n#\"'=()1:", max_size=60))
def test_code_that_is_not_translated_stays_to_the_byte(source: str) -> None:
    assert translated_code(source, lambda unit: unit) == source


def test_comments_on_lines_of_their_own_are_one_unit_and_keep_their_margin() -> None:
    source = "def f(x):\n    # first\n    # second line\n    return x  # the end\n"
    assert code_units(source) == ["first\nsecond line", "the end"]
    made = translated_code(source, lambda unit: unit.upper())
    assert made == "def f(x):\n    # FIRST\n    # SECOND LINE\n    return x  # THE END\n"


def test_what_means_something_to_the_grader_is_no_unit() -> None:
    source = (
        "# GRADED FUNCTION: f\n# YOUR CODE STARTS HERE\n# Z = ...\n### BEGIN HIDDEN TESTS\n"
        "%matplotlib inline\n"
    )
    assert code_units(source) == []


@pytest.mark.parametrize("translation", ['ends it""" here', "ends in a sign\\", 'a "quote"', " "])
def test_a_translation_that_would_break_a_docstring_is_not_used(translation: str) -> None:
    source = 'def f():\n    """What it does."""\n'
    assert translated_code(source, lambda _unit: translation) == source


@every_notebook
def test_every_notebook_comes_back_from_its_units(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    same = translated_notebook(notebook, "xx", lambda _cell, _text: None)
    assert [cell.source for cell in same.cells] == [cell.source for cell in notebook.cells]


# Catalogues --------------------------------------------------------------------------------------


def test_a_text_whose_english_has_changed_is_shown_in_english_and_listed(tmp_path: Path) -> None:
    path = tmp_path / "lesson.po"
    before = "A network learns from examples."
    after = "A network learns from many examples."
    write_catalogue(path, translated_once([Entry(before, "cell")]), CHINESE)
    catalogue = read_catalogue(path, CHINESE)
    state = updated(catalogue, [Entry(after, "cell")], CHINESE)
    write_catalogue(path, catalogue, CHINESE)
    assert state.fuzzy == (after,)
    assert translations_of(read_catalogue(path, CHINESE)) == {}
    assert shout(before) in path.read_text(encoding="utf-8")  # as a proposal


def test_a_text_that_comes_back_finds_its_translation(tmp_path: Path) -> None:
    path = tmp_path / "lesson.po"
    entry = Entry("A sentence that is taken out for a while.", "cell")
    write_catalogue(path, translated_once([entry]), CHINESE)
    for entries in ([], [entry]):
        catalogue = read_catalogue(path, CHINESE)
        state = updated(catalogue, entries, CHINESE)
        write_catalogue(path, catalogue, CHINESE)
    assert (state.translated, state.missing, state.fuzzy) == (1, (), ())


def test_the_same_text_in_two_cells_is_translated_in_each(tmp_path: Path) -> None:
    catalogue = read_catalogue(tmp_path / "new.po", CHINESE)
    updated(catalogue, [Entry("Summary", "one"), Entry("Summary", "two")], CHINESE)
    assert len(state_of(catalogue).missing) == 2


def test_writing_a_catalogue_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lesson.po"
    entries = [Entry('A "quoted" \\alpha\nof two lines.', "cell"), Entry(("one", "{n} many"))]
    assert write_catalogue(path, translated_once(entries), CHINESE)
    catalogue = read_catalogue(path, CHINESE)
    updated(catalogue, entries, CHINESE)
    assert not write_catalogue(path, catalogue, CHINESE)


def translated_once(entries: list[Entry]):  # type: ignore[no-untyped-def]
    """A catalogue in which everything is translated."""
    catalogue = read_catalogue(Path("no such file"), CHINESE)
    updated(catalogue, entries, CHINESE)
    for message in catalogue:
        if message.id:
            text = message.id if isinstance(message.id, str) else message.id[-1]
            message.string = shout(text) if isinstance(message.id, str) else (shout(text),)
    return catalogue


# Soundness ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Call `f(x)` now.", "现在调用 `f`。"),
        ("The size is $n_x$.", "大小是 $n_y$。"),
        ("See [lesson 4](04.ipynb#x).", "见[第 4 课](05.ipynb#x)。"),
        ("{name} is right.", "是对的。"),
        ("It takes 200 steps.", "需要 2000 步。"),
        ("<b>Hint</b>", "提示"),
        ("**A term:** text", "**词：**文字"),
    ],
)
def test_a_translation_that_lost_something_is_unsound(english: str, chinese: str) -> None:
    assert differences(english, chinese)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("A number of ones: `1`.", "1 的个数：`1`。"),
        ("$$x \\text{ if } y$$", "$$x \\text{ 如果 } y$$"),
        ("1,000 steps, {n} of them.", "1000 步，其中 {n} 步。"),
    ],
)
def test_words_may_differ(english: str, chinese: str) -> None:
    assert differences(english, chinese) == []


def stored() -> Iterator[tuple[str, str, str]]:
    """Every translation in force: name of the catalogue, English, translation."""
    for path in sorted(TRANSLATIONS.glob("*/*.po")):
        language = path.parent.name
        for (_context, text), string in translations_of(read_catalogue(path, language)).items():
            yield f"{language}/{path.stem}", text, string


def test_every_translation_keeps_code_formulas_links_and_numbers() -> None:
    unsound = [(name, text, found) for name, text, s in stored() if (found := differences(text, s))]
    assert unsound == []


_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"


def style_faults(translation: str) -> list[str]:
    """What is against the rules of Chinese text that ``docs/translating.md`` gives.

    Parameters:
        translation: a text in Chinese.
    """
    plain = translation
    for kind, pattern in KINDS[:4]:
        sign = "" if kind in ("tag", "link") else "\N{OBJECT REPLACEMENT CHARACTER}"
        plain = pattern.sub(sign, plain)
    plain = re.sub(r"\s*\|\s*|[*\[\]]", lambda found: "\n" if "|" in found[0] else "", plain)
    rules = (
        ("half-width punctuation beside Chinese", rf"{_HAN}[,;:?!](?!\w)|{_HAN}\.(?:\s|$)"),
        ("half-width parentheses around Chinese", rf"\([^()]*{_HAN}[^()]*\)"),
        (
            "no space between Chinese and Latin",
            rf"{_HAN}[A-Za-z0-9\ufffc]|[A-Za-z0-9%\ufffc]{_HAN}",
        ),
        ("a space beside full-width punctuation", r"[，。；：？！、（）“”] | [，。；：？！、）”]"),
        ("a space between Chinese signs", rf"{_HAN} {_HAN}"),
        ("full-width digits or letters", r"[\uff10-\uff19\uff21-\uff5a]"),
        ("您 for 你", "您"),
    )
    return [f"{name}: {found[0]}" for name, rule in rules if (found := re.search(rule, plain))]


def test_chinese_keeps_the_rules_of_its_style() -> None:
    faults = [
        (name, string, found)
        for name, _text, string in stored()
        if name.startswith("zh") and (found := style_faults(string))
    ]
    assert faults == []


@every_language
@every_notebook
def test_every_paragraph_of_a_notebook_is_translated(path: Path, language: str) -> None:
    catalogue = read_catalogue(catalogue_path(language, path.stem), language)
    state = updated(catalogue, notebook_entries(path), language)
    assert (state.missing, state.fuzzy) == ((), ())


@every_language
@pytest.mark.parametrize("name", assignments.names())
def test_every_hint_and_misconception_is_translated(name: str, language: str) -> None:
    catalogue = read_catalogue(catalogue_path(language, name + EXERCISES), language)
    state = updated(catalogue, exercise_entries(assignments.load(name)), language)
    assert (state.missing, state.fuzzy) == ((), ())


@every_language
def test_every_sentence_in_code_is_translated(language: str) -> None:
    states = {
        body.name: updated(
            read_catalogue(catalogue_path(language, body.name), language), body.entries, language
        )
        for body in bodies()
        if body.name in CODE
    }
    assert set(states) == set(CODE)
    assert [(name, one.missing, one.fuzzy) for name, one in states.items()] == [
        (name, (), ()) for name in states
    ]


def test_a_sentence_is_found_wherever_it_stands_in_code_by_every_python(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        """title = f"<b>{escape(_('within'))}</b>"\n"""
        """several = ngettext("one " "of them", "{n} of them", n), language.sentence('plain')\n"""
        """variable, f_string = _(name), _(f"{name}")\n"""
    )
    assert messages(module) == ["within", ["one of them", "{n} of them"], "plain"]


# Editions ----------------------------------------------------------------------------------------


def code_without_words(source: str) -> list[tuple[int, str]]:
    """The tokens of a cell without comments; docstrings as if they were empty."""
    tokens = []
    begins = True
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.COMMENT, tokenize.NL):
            continue
        is_docstring = begins and token.type == tokenize.STRING
        tokens.append((token.type, "" if is_docstring else token.string))
        begins = token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    return tokens


@every_language
@every_notebook
def test_an_edition_has_the_same_cells_and_the_same_code(path: Path, language: str) -> None:
    english = nbformat.read(path, as_version=4)
    other = nbformat.read(edition(path, language), as_version=4)
    assert {**english.metadata, LANGUAGE_KEY: language} == other.metadata
    assert [(c.id, c.cell_type, c.metadata) for c in english.cells] == [
        (c.id, c.cell_type, c.metadata) for c in other.cells
    ]
    for ours, theirs in zip(english.cells, other.cells, strict=True):
        if ours.cell_type == "code":
            assert code_without_words(ours.source) == code_without_words(theirs.source)
            if ours.metadata.get("nbgrader", {}).get("grade"):
                assert ours.source == theirs.source


@every_language
@every_notebook
def test_every_translation_of_a_notebook_is_in_its_edition(path: Path, language: str) -> None:
    known = translations_of(read_catalogue(catalogue_path(language, path.stem), language))
    sources = {c.id: c.source for c in nbformat.read(edition(path, language), as_version=4).cells}
    lost = [
        translation
        for (cell, _text), translation in known.items()
        if cell in sources and translation.split("\n")[-1].strip() not in sources[cell]
    ]
    assert lost == []


@every_language
@pytest.mark.parametrize("name", assignments.names())
def test_a_folder_of_an_edition_has_the_files_of_the_english_one(name: str, language: str) -> None:
    def others(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.suffix not in (".ipynb", ".pyc")
        }

    assert others(RELEASE / name) == others(RELEASE / language / name)


@every_notebook
def test_docstrings_and_comments_of_an_edition_are_valid_python(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    shouted = translated_notebook(notebook, "xx", lambda _cell, text: shout(text))
    for cell in shouted.cells:
        if cell.cell_type == "code":
            lines = (line for line in cell.source.split("\n") if not line.startswith(("%", "!")))
            ast.parse("\n".join(lines))
