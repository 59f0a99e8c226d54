"""The static site: what its pages show, what can be downloaded, and whether links hold."""

from __future__ import annotations

import html
import importlib.util
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

from grader.exercises import assignment as assignments
from grader.paths import PROJECT, RELEASE, UTILS
from grader.release.audit import solution_lines
from grader.site import build, sources
from grader.site.build import build_site
from grader.site.downloads import (
    LESSONS_FOLDER,
    assignment_files,
    lesson_files,
    lessons,
    students_requirements,
    unpack,
    write_zip,
)
from grader.site.language_switch import other_languages
from grader.site.link_check import has_place, problems_of_site
from grader.site.links import page_link, with_english_anchors
from grader.site.pages import Page, all_pages, page_notebook, to_run
from grader.site.sources import SiteError, refuse_leaks
from tests.helpers.browser import open_browser, recorded_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LESSON, ASSIGNMENT = "07_open_questions", "a1_numpy_basics"
CHINESE = "zh_CN"

# Of a slider's pictures these few are enough to see where they lie.
FEW_PICTURES = """
import sys
sys.path.append("../utils")
from course.widgets import sliders
sliders.MOST_FRAMES = 6
"""

PAGE = (
    "<html><head><title>A page</title></head>"
    "<body><article><h1>A page</h1>{}</article></body></html>"
)


def page(name: str) -> Page:
    """The page of that name."""
    return next(page for page in all_pages() if page.name == name)


# The built site ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one lesson and one assignment, in two languages.

    The Chinese pages are not run; and no page is made before the notebooks have run, which the
    tests of what stops the build are about.
    """
    if importlib.util.find_spec("myst_nb") is None:
        pytest.skip("Sphinx is not installed; `make test` and `make site` install it")
    folder = tmp_path_factory.mktemp("built") / "site"
    run_notebook, make_pages = build.run_notebook, build._build

    def run_english(
        notebook: nbformat.NotebookNode, place: Path, environment: Mapping[str, str]
    ) -> nbformat.NotebookNode:
        if environment["COURSE_LANGUAGE"] != "en":
            return notebook
        cells = [nbformat.v4.new_code_cell(FEW_PICTURES), *notebook.cells]
        done = run_notebook(nbformat.from_dict({**notebook, "cells": cells}), place, environment)
        done.cells = done.cells[1:]
        return done

    def build_after(
        editions: list[sources.Edition], runs: list[list[nbformat.NotebookNode]], place: Path
    ) -> Path:
        return make_pages(editions, runs, place) if place.name == "after" else place

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "run_notebook", run_english)
        patch.setattr(build, "_build", build_after)
        build_site(folder, [LESSON, ASSIGNMENT], jobs=2, say=lambda line: None)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of the file."""
    with open_browser() as browser:
        yield browser


def html_of(site: Path, name: str) -> str:
    """A page of the site."""
    return (site / f"{name}.html").read_text(encoding="utf-8")


def test_the_site_has_a_page_for_each_notebook_and_one_to_begin_with(site: Path) -> None:
    pages = {path.stem for path in site.glob("*.html")}
    assert {"index", "licences", "search", LESSON, ASSIGNMENT} <= pages


def test_a_page_of_the_site_shows_what_its_cells_show(site: Path) -> None:
    pictures = list((site / "_static" / "figures").glob(f"{LESSON}-*.png"))
    assert len(pictures) > 3
    assert all(picture.name in html_of(site, LESSON) for picture in pictures)


def shown_lines(text: str) -> set[str]:
    """The lines that a page shows, without spaces."""
    shown = html.unescape(re.sub(r"<[^>]+>", "", text))
    return {"".join(line.split()) for line in shown.splitlines()}


def test_the_questions_of_a_lesson_work_on_the_site_and_their_source_is_hidden(site: Path) -> None:
    text = html_of(site, LESSON)
    assert "show_questions(" in text
    assert "ask(" not in shown_lines(text)


def test_an_assignment_is_to_be_solved_on_the_site_too(site: Path) -> None:
    assignment, text = assignments.load(ASSIGNMENT), html_of(site, ASSIGNMENT)
    assert text.count("NotImplementedError") >= len(assignment.exercises)
    assert shown_lines(text) & solution_lines(assignment) == set()


@pytest.mark.parametrize("name", [LESSON, ASSIGNMENT])
def test_sliders_of_the_site_move_between_pictures_that_lie_beside_the_page(
    site: Path, name: str
) -> None:
    text = html_of(site, name)
    found = re.findall(r'<figure data-place="[\d,]+".*?<img [^>]*src="([^"]+)"', text, re.DOTALL)
    assert len(found) > 5 and "data:image/png" not in text
    assert all((site / picture).is_file() for picture in found)


def test_the_site_has_the_playground_as_a_page_that_the_first_page_links_to(site: Path) -> None:
    assert "network.step(" in html_of(site, "playground")
    assert 'href="playground.html"' in html_of(site, "index")


@pytest.mark.parametrize("name", [LESSON, ASSIGNMENT])
def test_the_download_at_the_top_of_a_page_is_there(site: Path, name: str) -> None:
    archive = f"downloads/{name if name == ASSIGNMENT else LESSONS_FOLDER}.zip"
    assert f'href="{archive}" download' in html_of(site, name)
    assert zipfile.is_zipfile(site / archive)


def test_the_sections_that_diagnoses_name_are_on_the_site(site: Path) -> None:
    for exercise in assignments.load(ASSIGNMENT).exercises:
        assert has_place(site, *exercise.lesson.split("#"))


def test_a_heading_with_a_long_name_is_no_wider_than_a_phone(
    site: Path, browser: Browser, request: pytest.FixtureRequest
) -> None:
    with recorded_page(browser, request, viewport={"width": 320, "height": 700}) as shown:
        shown.goto((site / f"{ASSIGNMENT}.html").as_uri())
        heading = shown.locator("article h3").first
        heading.evaluate(
            "heading => heading.innerHTML = 'Exercise: <code>initialize_parameters_of_all</code>'"
        )
        assert heading.evaluate("heading => heading.scrollWidth <= heading.clientWidth")


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    assert [problem for problem in problems_of_site(site) if "elsewhere" in problem] == []


def test_the_site_can_be_searched(site: Path) -> None:
    assert LESSON in (site / "searchindex.js").read_text(encoding="utf-8")


# Languages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["index", "licences", "search", LESSON, ASSIGNMENT])
def test_every_page_leads_to_the_same_page_in_the_other_language(site: Path, name: str) -> None:
    english, chinese = html_of(site, name), html_of(site, f"{CHINESE}/{name}")
    for text, tag, other, link in (
        (english, "en", "zh-CN", f"zh_CN/{name}.html"),
        (chinese, "zh-CN", "en", f"../{name}.html"),
    ):
        assert f'<html lang="{tag}"' in text
        assert f'class="course-language" href="{link}" hreflang="{other}" lang="{other}"' in text
        assert f'<link rel="alternate" hreflang="{other}" href="{link}" />' in text


def test_what_surrounds_a_chinese_page_is_chinese(site: Path) -> None:
    text = html_of(site, f"{CHINESE}/{LESSON}")
    for shown in ("从零开始的神经网络</title>", "显示代码", "© 本课程的作者", "下载各课的笔记本"):
        assert shown in text
    for left in ("Show the code", "Toggle ", "Color mode", "Search...", "Copyright", "Download"):
        assert left not in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


def test_the_playground_leads_to_the_one_in_the_other_language(site: Path) -> None:
    assert '<a href="zh_CN/playground.html" hreflang="zh-CN"' in html_of(site, "playground")
    assert '<a href="../playground.html" hreflang="en"' in html_of(site, f"{CHINESE}/playground")


@pytest.mark.parametrize("name", ["index", LESSON, ASSIGNMENT])
def test_the_sections_of_a_page_have_the_same_names_in_every_language(
    site: Path, name: str
) -> None:
    english, chinese = (
        re.findall(r'<section [^>]*id="([^"]+)"', html_of(site, page))[1:]
        for page in (name, f"{CHINESE}/{name}")
    )
    assert chinese == english != []


def test_the_switch_leads_to_the_section_that_is_read(
    site: Path, browser: Browser, request: pytest.FixtureRequest
) -> None:
    with recorded_page(browser, request) as shown:
        shown.goto(f"{(site / f'{LESSON}.html').as_uri()}#summary")
        shown.get_by_role("link", name="中文", exact=True).click()
        shown.wait_for_url(f"{(site / CHINESE / f'{LESSON}.html').as_uri()}#*")
        assert shown.evaluate("location.hash") == "#summary"
        assert shown.locator("html").get_attribute("lang") == "zh-CN"


def test_a_page_that_a_language_lacks_leads_to_its_first_page() -> None:
    editions = {"en": ["a", "b"], "zh_CN": ["a"], "de": ["a", "b"]}
    found = [(one.name, one.link, one.is_same) for one in other_languages(editions, "de", "b")]
    assert found == [("English", "../b.html", True), ("中文", "../zh_CN/index.html", False)]


@pytest.mark.parametrize(
    ("words", "page"),
    [("反向传播", LESSON), ("梯度", LESSON), ("秩为1的数组", LESSON), ("猫", ASSIGNMENT)],
)
def test_chinese_words_are_found(
    site: Path, browser: Browser, request: pytest.FixtureRequest, words: str, page: str
) -> None:
    with recorded_page(browser, request) as shown:
        shown.goto(f"{(site / CHINESE / 'search.html').as_uri()}?q={words}")
        shown.locator(f'ul.search a[href^="{page}.html"]').first.wait_for()


@pytest.mark.parametrize("name", [LESSONS_FOLDER, ASSIGNMENT])
def test_chinese_pages_offer_the_chinese_notebooks(site: Path, name: str) -> None:
    inner = f"notebooks/{LESSON}.ipynb" if name == LESSONS_FOLDER else f"{name}.ipynb"
    place = RELEASE / CHINESE / ("" if name == LESSONS_FOLDER else name) / inner
    with zipfile.ZipFile(site / CHINESE / "downloads" / f"{name}.zip") as packed:
        assert packed.read(f"{name}/{inner}") == place.read_bytes()


def test_a_heading_gets_its_english_name_where_that_is_free() -> None:
    english = "# Title\n\n## 1. Why `f`?\n\n```\n# no heading\n```\n\n## Check\n\n## Taken\n"
    chinese = "# 标题\n\n## 1. 为什么用 `f`？\n\n```\n# no heading\n```\n\n## 检查\n\n## 有了\n"
    made = with_english_anchors(chinese, english, {"taken"})
    assert re.findall(r'<a id="([^"]+)"></a>\n## (.+)', made) == [
        ("why-f", "1. 为什么用 `f`？"),
        ("check", "检查"),
        ("taken-section", "有了"),
    ]
    assert re.sub(r"<a.*</a>\n", "", made) == chinese


def test_a_language_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="no language xx; there are: en, zh_CN"):
        build_site(tmp_path / "site", say=lambda line: None, wanted=["xx"])


# What stops the build ----------------------------------------------------------------------------


def test_building_again_replaces_a_site_and_nothing_else(site: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(SiteError, match="something else"):
        build_site(tmp_path, [LESSON], say=lambda line: None)
    assert (tmp_path / "thesis.txt").exists()


def fails_without_running(
    folder: Path,
    names: list[str],
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    language: str = "en",
) -> None:
    """Building must stop with these words, and no notebook must run for it."""
    if importlib.util.find_spec("myst_nb") is None:
        pytest.skip("Sphinx is not installed; `make test` and `make site` install it")
    ran: list[str] = []
    monkeypatch.setattr(build, "run_notebook", lambda *given: ran.append("a notebook"))
    with pytest.raises(SiteError, match=words):
        build_site(folder, names, say=lambda line: None, wanted=[language])
    assert ran == []


def test_a_page_that_the_index_lacks_is_told_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(sources.AUTHORS_PART, tmp_path / "part")
    index = tmp_path / "part" / "index.md"
    lines = index.read_text(encoding="utf-8").splitlines(keepends=True)
    index.write_text("".join(line for line in lines if ASSIGNMENT not in line), encoding="utf-8")
    monkeypatch.setattr(sources, "AUTHORS_PART", tmp_path / "part")
    names = [LESSON, ASSIGNMENT]
    fails_without_running(tmp_path / "site", names, monkeypatch, rf"{ASSIGNMENT}[^$]*toctree")


def test_a_broken_link_of_a_notebook_in_any_language_is_told_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = next(one for one in all_pages(CHINESE) if one.name == LESSON)
    broken = nbformat.read(lesson.path, as_version=4)
    broken.cells[0].source += "\n\n[there](01_introduction.ipynb#no-such-place)"
    nbformat.write(broken, tmp_path / f"{LESSON}.ipynb")
    pages = [one for one in all_pages(CHINESE) if one.name != LESSON]
    pages.append(Page(LESSON, tmp_path / f"{LESSON}.ipynb", language=CHINESE))
    monkeypatch.setattr(build, "all_pages", lambda _language="": pages)
    names, words = [LESSON, "01_introduction"], "no-such-place leads nowhere"
    fails_without_running(tmp_path / "site", names, monkeypatch, words, CHINESE)


def test_a_place_that_cannot_be_written_is_told_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "site"
    fails_without_running(folder, [LESSON], monkeypatch, "cannot be written to")


# Pages -------------------------------------------------------------------------------------------


def made_up_run(name: str, outputs: list[nbformat.NotebookNode]) -> nbformat.NotebookNode:
    """The notebook of a page, each of its cells with the same outputs."""
    run = to_run(page(name))
    for cell in run.cells:
        if cell.cell_type == "code":
            cell.outputs = outputs
    return run


def test_the_page_of_an_assignment_is_run_with_the_solutions_in_it() -> None:
    assignment = assignments.load(ASSIGNMENT)
    sources = {cell.id: cell.source for cell in to_run(page(ASSIGNMENT)).cells}
    for exercise in assignment.exercises:
        assert sources[exercise.name] == assignment.solution(exercise.name)


def test_the_page_of_an_assignment_has_the_students_cells_whatever_was_run(tmp_path: Path) -> None:
    made = page_notebook(page(ASSIGNMENT), made_up_run(ASSIGNMENT, []), tmp_path, "")
    released = nbformat.read(RELEASE / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    code = [cell.source for cell in made.cells if cell.cell_type == "code"]
    assert code == [cell.source for cell in released.cells if cell.cell_type == "code"]


def test_exercises_and_their_checks_show_no_output_of_a_solved_run(tmp_path: Path) -> None:
    printed = nbformat.v4.new_output("stream", name="stdout", text="the answer")
    made = page_notebook(page(ASSIGNMENT), made_up_run(ASSIGNMENT, [printed]), tmp_path, "")
    outputs = {cell.id: cell.outputs for cell in made.cells if cell.cell_type == "code"}
    for exercise in assignments.load(ASSIGNMENT).exercises:
        assert outputs[exercise.name] == outputs[f"{exercise.name}_check"] == []


def test_a_page_that_shows_a_line_of_a_solution_is_refused(tmp_path: Path) -> None:
    assignment = assignments.load(ASSIGNMENT)
    solved = assignment.solution(assignment.exercises[1].name)
    printed = nbformat.v4.new_output("stream", name="stdout", text=solved)
    made = page_notebook(page(ASSIGNMENT), made_up_run(ASSIGNMENT, [printed]), tmp_path, "")
    with pytest.raises(SiteError, match="gives something away"):
        refuse_leaks(page(ASSIGNMENT), made)


def test_cells_that_train_in_full_are_not_run_for_the_site() -> None:
    tags = [cell.metadata.get("tags", []) for cell in to_run(page("a5_cat_classifier")).cells]
    assert not any("train" in tags_of_cell for tags_of_cell in tags)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../release/a4_deep_network/a4_deep_network.ipynb#cost", "a4_deep_network.html#cost"),
        ("02_logistic_regression.ipynb", "02_logistic_regression.html"),
        ("#cost", "#cost"),
        ("https://example.org/a.ipynb", "https://example.org/a.ipynb"),
        ("datasets/LICENSE.md", "datasets/LICENSE.md"),
    ],
)
def test_a_link_to_a_notebook_becomes_a_link_to_its_page(link: str, expected: str) -> None:
    assert page_link(link) == expected


# Downloads ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", assignments.names())
def test_the_download_of_an_assignment_holds_its_whole_release_folder(name: str) -> None:
    files = assignment_files(name)
    assert files[f"{name}.ipynb"] == (RELEASE / name / f"{name}.ipynb").read_bytes()
    assert {"README.md", "LICENSE.txt", "requirements.txt"} <= set(files)
    assert "progress.txt" not in files
    assert not any("__pycache__" in path for path in files)


def test_the_download_of_the_lessons_needs_nothing_else_of_the_course(tmp_path: Path) -> None:
    unpack(lesson_files(lessons()), tmp_path)
    program = (
        "import pathlib, sys\n"
        f"sys.path = [p for p in sys.path if p not in ({str(PROJECT)!r}, {str(UTILS)!r})]\n"
        "sys.path.insert(0, 'utils')\n"
        "for path in pathlib.Path('utils').glob('*.py'):\n"
        "    __import__(path.stem)\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_same_files_make_the_same_archive(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_zip({"b.txt": b"2", "a.txt": b"1"}, tmp_path / name / "files.zip")
    first, second = ((tmp_path / n / "files.zip").read_bytes() for n in ("first", "second"))
    assert first == second
    assert zipfile.ZipFile(io.BytesIO(first)).namelist() == ["files/a.txt", "files/b.txt"]


@pytest.mark.parametrize("files", [lesson_files(lessons()), assignment_files(ASSIGNMENT)])
def test_downloads_hold_what_figures_and_sentences_in_chinese_need(files: dict[str, bytes]) -> None:
    assert any(path.endswith("course/locale/zh_CN/LC_MESSAGES/course.mo") for path in files)
    assert any(path.endswith("course/figures/fonts/zh_CN.ttf") for path in files)


def test_the_download_of_the_lessons_holds_the_parts_of_the_playground() -> None:
    parts = {path.rsplit(".", 1)[-1] for path in lesson_files(lessons()) if "/playground/" in path}
    assert parts == {"py", "html", "css", "js"}


def test_students_install_pinned_versions_of_few_packages() -> None:
    lines = students_requirements().splitlines()
    assert all("==" in line for line in lines)
    names = {line.partition("==")[0] for line in lines}
    assert {"numpy", "matplotlib", "jupyterlab", "jupyterquiz"} <= names
    assert "nbgrader" not in names


# The checker of links ----------------------------------------------------------------------------


def problems(tmp_path: Path, body: str) -> list[str]:
    """What the checker says about a site of two pages, the second of them with this body."""
    (tmp_path / "other.html").write_text(PAGE.format('<p id="here">Here.</p>'))
    (tmp_path / "page.html").write_text(PAGE.format(body))
    return list(problems_of_site(tmp_path))


def test_good_links_are_no_problem(tmp_path: Path) -> None:
    body = (
        '<a href="other.html">1</a> <a href="other.html#here">2</a> <a href="#top">3</a>'
        '<i id="top"></i><a href="https://example.org/nowhere">4</a><a href="mailto:a@b.org">5</a>'
        '<pre>$ make <b>site</b> $</pre><span class="math">$x$</span>'
    )
    assert problems(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('<a href="missing.html">x</a>', "no such file"),
        ('<a href="other.html#nowhere">x</a>', "no such place"),
        ('<a href="#nowhere">x</a>', "no such place"),
        ('<a href="../outside.html">x</a>', "leaves the site"),
        ('<a href="downloads/a.zip">x</a>', "no such file"),
        ('<img src="missing.png" alt="A picture.">', "no such file"),
        ('<img src="data:image/png;base64,x">', "no description"),
        ('<script src="https://example.org/a.js"></script>', "from elsewhere"),
        ('<i id="a"></i><i id="a"></i>', "several places"),
        ("<h1>Another</h1>", "main headings"),
        ("<p>so <b>$</b></p>", "formula"),
    ],
)
def test_the_checker_finds_what_is_broken(tmp_path: Path, body: str, problem: str) -> None:
    found = problems(tmp_path, body)
    assert len(found) == 1
    assert found[0].startswith("page.html: ")
    assert problem in found[0]
