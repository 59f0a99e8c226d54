"""f-strings that only Python 3.12 and newer read mean the same on an older one."""

from __future__ import annotations

import ast
import sys
from typing import Any

import pytest

from grader.submission.newer_strings import in_older_strings, module_read_here
from tests.helpers.repairing import FUNCTION, cell_of, repaired, solution, solved

KNOWN: dict[str, Any] = {"p": {"W1": (2, 3), "it's": 1}, "x": 5, "pi": 3.14159, "names": ["a", "b"]}

STRINGS = {
    r'''f"W1: {p["W1"]}"''': "W1: (2, 3)",
    r"""f'{p['W1']} {p["W1"]!r:>8}'""": "(2, 3)   (2, 3)",
    r'''f"{"\n".join(names)}|"''': "a\nb|",
    r'''f"{pi:.2f} {p["W1"][0]:{x}.{1}f}"''': "3.14   2.0",
    r'''f"{x=} {p["W1"][1]}"''': "x=5 3",
    r'''f"{f"{x}"}"''': "5",
    r'''f"{f'{p["W1"]}'}"''': "(2, 3)",
    r'''f"{", ".join(f"{k}: {len(v["a"])}" for k, v in {"q": {"a": "bc"}}.items())}"''': "q: 2",
    r'''f"{"it's"} {p["it's"]}"''': "it's 1",
    r'''f"{'\''}{"é"}{"\u00e9"}{b"ab"[0]}"''': "'éé97",
    r'''"a" f"{p["W1"]}" "b"''': "a(2, 3)b",
    r'''f"{x!r}" f"{x:>{"4"}}"''': "5   5",
    'f"{\n    x  # a number\n    + 1}"': "6",
    r'''f"{{}} {p["W1"]} {{{x}}}"''': "{} (2, 3) {5}",
    r'''rf"\d{p["W1"]}" f"\N{BULLET}{p["W1"]}"''': "\\d(2, 3)•(2, 3)",
    r'''f"{ {"a": 1}["a"] }{x if x != 3 else "no"}{x == 5}"''': "15True",
    r'''f"{"#" if x >= 4 else "{"}{"{"}"''': "#{",
}


@pytest.mark.parametrize("string", STRINGS)
def test_a_string_means_the_same_when_it_is_put_as_older_versions_take_it(string: str) -> None:
    older = in_older_strings(string)
    assert eval(older, dict(KNOWN)) == STRINGS[string]
    assert in_older_strings(older) == older
    if sys.version_info >= (3, 12):
        assert eval(string, dict(KNOWN)) == STRINGS[string]


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline\nx = f'{x:.2f}'  # it's \"right\"",
        r'''print(f"""{p["W1"]} {p['W1']}""", f'{p["W1"]}', "{", 'f"')''',
        'print("one", "two" f"{x}" rb"a\\n")',
        'f"{p["W1"]',
        'f"{',
        "f'{x!}'",
        'f"{p["a"]=}"',
        "'unfinished",
    ],
)
def test_what_older_versions_read_stays_as_it_is_and_so_does_what_nobody_reads(
    source: str,
) -> None:
    assert in_older_strings(source) == source


def test_strings_inside_each_other_without_end_are_left() -> None:
    deep = "x"
    for _ in range(200):
        deep = f'f"{{{deep}}}"'
    assert in_older_strings(deep) == deep


def test_a_cell_and_a_module_are_read_and_the_student_finds_the_cell_as_it_was() -> None:
    text = solution(FUNCTION).replace(
        "    # YOUR CODE STARTS HERE", '    print(f"{np.shape}: {len("ab")}")', 1
    )
    assert text != solution(FUNCTION)
    notebook = solved()
    cell_of(notebook, FUNCTION)["source"] = text
    result = repaired(notebook)
    assert [ast.parse(source) for _id, source in result.cells if "len(" in source]
    assert FUNCTION in result.functions
    assert text in [cell.source for cell in result.notebook.cells]
    ast.parse(module_read_here(text.encode()))
    noted = [note for note in result.repairs if "3.12" in note]
    assert len(noted) == (sys.version_info < (3, 12))
