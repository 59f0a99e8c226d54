"""Notebooks of any editor, edition and encoding are read, and files that are none are refused."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from grader.exercises import assignment as assignments
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.notebook_file import open_notebook
from grader.submission.notebook_outputs import MAX_TEXT
from grader.submission.notebook_script import document_of_script
from grader.submission.repair import repair
from tests.helpers.repairing import (
    CHECK,
    FUNCTION,
    NAME,
    Cell,
    as_bytes,
    assert_fully_solved,
    bare,
    cell_of,
    code,
    code_cells,
    names,
    repaired,
    said,
    solution,
    solved,
    text_of,
)

# ------------------------------------------------------------------ editors and formats


def test_a_notebook_saved_by_colab_is_read() -> None:
    notebook = solved()
    notebook["nbformat_minor"] = 0
    notebook["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3"}}
    for number, cell in enumerate(notebook["cells"]):
        del cell["id"]
        cell["metadata"]["id"] = f"aB{number}_-"
        cell["metadata"]["cellView"] = "form"
        if cell["cell_type"] == "code":
            cell["metadata"]["colab"] = {"base_uri": "https://localhost:8080/"}
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["hello\n"]}]
    result = repaired(notebook)
    assert_fully_solved(result)
    assert result.repairs == ()


def test_a_notebook_saved_by_vs_code_is_read() -> None:
    notebook = solved()
    notebook["metadata"]["vscode"] = {"interpreter": {"hash": "1"}}
    for cell in notebook["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python"}
    result = repaired(notebook)
    assert_fully_solved(result)
    assert result.repairs == ()


def test_notebook_format_3_is_converted() -> None:
    cells: list[Cell] = [{"cell_type": "heading", "level": 2, "source": "Title", "metadata": {}}]
    for cell in code_cells(solved()):
        old = {"cell_type": "code", "input": text_of(cell), "prompt_number": 3, "metadata": {}}
        old["outputs"] = [
            {"output_type": "pyout", "prompt_number": 3, "text": ["1"], "metadata": {}},
            {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": ["t"]},
            {"output_type": "stream", "stream": "stdout", "text": "hello"},
        ]
        cells.append({**old, "language": "python", "collapsed": False})
    old_notebook = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}}
    result = repaired({**old_notebook, "worksheets": [{"cells": cells, "metadata": {}}]})
    assert_fully_solved(result)
    assert said(result, "converted from notebook format 3")
    assert result.notebook.cells[0].source == "## Title"


@pytest.mark.parametrize(
    "version", [(4, 0), (4, 4), (4, 5), (4, 99), (5, 0), (None, None), ("4", "5"), (4.0, [])]
)
def test_any_version_number_is_read(version: tuple[Any, Any]) -> None:
    notebook = {**solved(), "nbformat": version[0], "nbformat_minor": version[1]}
    assert_fully_solved(repaired(notebook))


def test_a_script_has_the_cells_that_its_marks_say() -> None:
    script = "# %% [markdown]\n# # Title\n# in words\n# %% a name\nx = 1\n# %% [raw]\n# text\n"
    document = document_of_script(script)
    assert document is not None
    cells = [(cell["cell_type"], cell["source"]) for cell in document["cells"]]
    assert cells == [("markdown", "# Title\nin words"), ("code", "x = 1"), ("markdown", "text")]


def test_missing_keys_of_cells_and_notebook_are_added() -> None:
    notebook = solved()
    for cell in notebook["cells"]:
        for key in ("id", "metadata", "outputs", "execution_count"):
            cell.pop(key, None)
    assert_fully_solved(repaired({"cells": notebook["cells"]}))


@pytest.mark.parametrize("source", [None, 3, 1.5, True, {}, [None, 1], [["x"]], [], ""])
def test_a_source_that_is_no_text_costs_its_cell_only(source: Any) -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["source"] = source
    assert set(repaired(notebook).functions) == set(names()) - {FUNCTION}


def test_a_source_may_be_a_list_of_lines() -> None:
    notebook = solved()
    for cell in notebook["cells"]:
        cell["source"] = text_of(cell).splitlines(keepends=True)
    result = repaired(notebook)
    assert_fully_solved(result)
    assert result.repairs == ()


def test_lines_without_line_ends_do_not_run_into_one_another() -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["source"] = solution().split("\n")
    assert repaired(notebook).functions[FUNCTION] == solution()


@pytest.mark.parametrize("cell_id", [None, "", 5, "with blanks", "x" * 100, ["a"], "ü"])
def test_invalid_cell_ids_are_replaced(cell_id: Any) -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["id"] = cell_id
    assert_fully_solved(repaired(notebook))


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(line_end: str) -> None:
    notebook = solved()
    for cell in notebook["cells"]:
        cell["source"] = text_of(cell).replace("\n", line_end)
    raw = json.dumps(notebook, indent=1).replace("\n", line_end).encode()
    result = repaired(raw)
    assert_fully_solved(result)
    assert result.functions[FUNCTION] == solution()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_of_unicode_are_read(encoding: str) -> None:
    assert_fully_solved(repaired(json.dumps(solved()).encode(encoding)))


@pytest.mark.parametrize(
    ("encoding", "text"), [("gbk", "正向传播的线性部分"), ("latin-1", "Größe für jeden Fluß")]
)
def test_encodings_of_before_are_read(encoding: str, text: str) -> None:
    notebook = bare(f"# {text}\n" + solution())
    raw = json.dumps(notebook, ensure_ascii=False).encode(encoding)
    result = repaired(raw)
    assert text in result.functions[FUNCTION]
    assert said(result, "not encoded as UTF-8")


def test_bytes_that_are_of_no_encoding_of_before_cost_nothing() -> None:
    raw = json.dumps(bare("# HERE\n" + solution())).encode()
    result = repaired(raw.replace(b"HERE", b"\xd5\xfd\xcf\xf2\x80"))
    assert "ÕýÏò€" in result.functions[FUNCTION]
    assert said(result, "read as Latin-1")


def test_zero_bytes_and_half_surrogates_are_removed() -> None:
    notebook = bare(solution() + "\n# \\ud800 \ud800 \0")
    raw = json.dumps(notebook).encode() + b"\0\0"
    result = repaired(raw)
    assert result.functions[FUNCTION].startswith(solution())
    assert "\0" not in result.functions[FUNCTION]


def test_a_kernel_of_another_language_is_noted_and_replaced() -> None:
    notebook = solved()
    notebook["metadata"] = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    result = repaired(notebook)
    assert said(result, "kernel for R")
    assert result.notebook.metadata.kernelspec.name == "python3"


def test_entries_that_are_no_cells_are_left_out() -> None:
    notebook = solved()
    notebook["cells"] += [None, 1, "text", [], {}, {"cell_type": 5, "source": "x"}]
    result = repaired(notebook)
    assert_fully_solved(result)
    assert said(result, "5 entries")


def test_numbers_that_json_does_not_know_and_doubled_keys_are_read() -> None:
    text = json.dumps(solved())
    extra = '{"a": NaN, "a": Infinity, "b": 1' + "0" * 5000 + ', "nbformat": 3, '
    assert_fully_solved(repaired((extra + text[1:]).encode()))


def test_thousands_of_cells_are_read() -> None:
    notebook = solved()
    notebook["cells"] += [code(f"x_{i} = {i}") for i in range(5000)]
    assert_fully_solved(repaired(notebook))


def test_a_notebook_wrapped_by_the_jupyter_server_is_read() -> None:
    reply = {"name": "a.ipynb", "type": "notebook", "content": solved()}
    assert_fully_solved(repaired(reply))


def test_a_function_divided_without_end_is_joined_only_so_often() -> None:
    parts = [code("    return 1") for _ in range(2000)]
    notebook = bare("def helper():\n    pass")
    notebook["cells"] += parts
    longest = max(len(source.splitlines()) for _cell_id, source in repaired(notebook).cells)
    assert 3 < longest <= 25


# ------------------------------------------------------------------ outputs


def test_outputs_of_the_student_are_kept_and_those_of_check_cells_are_not() -> None:
    notebook = solved()
    hello = {"output_type": "stream", "name": "stdout", "text": "hello"}
    for cell_id in (FUNCTION, CHECK):
        cell_of(notebook, cell_id)["outputs"] = [hello]
    recorded = {cell.id: cell for cell in repaired(notebook).notebook.cells}
    assert recorded[FUNCTION].outputs == [hello]
    assert recorded[CHECK].outputs == []


def test_very_long_outputs_are_shortened_and_say_so() -> None:
    notebook = solved()
    long = {"output_type": "stream", "name": "stdout", "text": "x" * 1_000_000}
    cell_of(notebook, FUNCTION)["outputs"] = [long, copy.deepcopy(long)]
    result = repaired(notebook)
    recorded = {cell.id: cell for cell in result.notebook.cells}
    texts = [output.text for output in recorded[FUNCTION].outputs]
    assert texts[0] == "x" * MAX_TEXT
    assert "1,934,464 characters" in texts[-1]
    assert said(result, "outputs", "shortened")


def test_of_a_very_long_traceback_the_first_lines_are_kept() -> None:
    notebook = solved()
    error = {"output_type": "error", "ename": "E", "evalue": "e"}
    cell_of(notebook, FUNCTION)["outputs"] = [{**error, "traceback": [x * 40_000 for x in "xyz"]}]
    recorded = {cell.id: cell for cell in repaired(notebook).notebook.cells}
    left = MAX_TEXT - len("Ee") - 40_000
    assert recorded[FUNCTION].outputs[0].traceback == ["x" * 40_000, "y" * left]


@pytest.mark.parametrize(
    "outputs",
    [
        None,
        "text",
        [None, 1, "x", []],
        [{}],
        [{"output_type": "stream"}],
        [{"output_type": ["stream"]}],
        [{"output_type": "error", "traceback": "text"}],
        [{"output_type": "display_data", "data": None}],
        [{"output_type": "display_data", "data": {"image/png": 5, "text/plain": {"a": 1}}}],
        [{"output_type": "execute_result", "data": {"text/plain": "1"}, "execution_count": "x"}],
        [{"output_type": "unknown", "data": {}}],
    ],
)
def test_outputs_that_are_none_are_dropped(outputs: Any) -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["outputs"] = outputs
    assert_fully_solved(repaired(notebook))


def test_pictures_in_text_cells_are_kept() -> None:
    notebook = solved()
    picture = {"a.png": {"image/png": "aGVsbG8="}, "bad": 5, "worse": {"image/png": None}}
    cell = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "![](attachment:a)"}
    notebook["cells"].append({**cell, "attachments": picture})
    recorded = {cell.id: cell for cell in repaired(notebook).notebook.cells}
    assert recorded["mine"].attachments == {"a.png": {"image/png": "aGVsbG8="}}


def test_a_huge_notebook_is_read_without_its_outputs() -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["outputs"] = [
        {"output_type": "display_data", "data": {"image/png": "A" * 60_000_000}, "metadata": {}},
        {"output_type": "stream", "name": "stdout", "text": ["cost\n"] * 3_000_000},
    ]
    result = repaired(notebook)
    assert_fully_solved(result)
    assert said(result, "left out")


# ------------------------------------------------------------------ files that are no notebooks


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"  \n\0 ", "empty"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08....", "gzip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\n<!DOCTYPE html>\n<html><body>Sign in</body></html>", "web page"),
        (b"import duties are what countries\n  demand from one another", "not JSON"),
        (b"I could not finish it.", "not JSON"),
        (b"[]", "no list of cells"),
        (b"5", "no list of cells"),
        (b'{"cells": {"0": {}}}', "no list of cells"),
        (b'{"a": 1}', "no list of cells"),
        (b'{"cells": [{"cell_type": "code",}]}', "a comma stands before a closing bracket"),
        (b'{"cells": [1, \n ]}', "a comma stands before a closing bracket"),
        (b'{"cells": [}', "damaged in line 1"),
        (b'{"cells": ["a\\', "breaks off in line 1"),
        (b'{"cells": ["a\\"b', "breaks off in line 1"),
        (b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> main\n]}', "Git merge (line 2)"),
        (b'{"a":' * 100_000, "nested"),
        (b"[" * 100_000, "nested"),
        (b"from " + b"x" * 21_000_000, "not JSON"),
        (b" " * 60_000_000 + b"{}", "no list of cells"),
        (b'{"cells": [{"source": "' + b"x" * 30_000_000 + b'"}]}', "more than 20 MB of text"),
        (b'{"cells": [{"outputs": "' + b"x" * 30_000_000, "breaks off"),
        (b'{"cells": [1 2], "x": "' + b"x" * 30_000_000 + b'"}', "damaged near byte 13"),
        (b"<!DOCTYPE html><html>" + b"x" * 30_000_000, "web page"),
        (b"[" + b"1," * 20_000_000 + b"1]", "no notebook"),
    ],
)
def test_a_file_that_is_no_notebook_is_refused_with_one_clear_sentence(
    raw: bytes, words: str
) -> None:
    with pytest.raises(UnreadableNotebook) as refused:
        repair(raw, assignments.load(NAME))
    message = str(refused.value)
    assert words in message
    assert message.endswith(".")
    assert "\n" not in message


def test_a_file_that_breaks_off_anywhere_is_said_to_be_there_only_in_part() -> None:
    cell = {"cell_type": "raw", "metadata": {"a": True, "b": False, "c": None, "d": -1.5e-17}}
    cells = [cell | {"source": '\u2014 \U0001f600\n"\\'}]
    raw = json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}).encode()
    for length in range(1, len(raw)):
        with pytest.raises(UnreadableNotebook, match="only in part"):
            open_notebook(raw[:length])


@pytest.mark.parametrize("part", [0.05, 0.3, 0.5, 0.9, 0.999])
def test_half_a_file_is_refused(part: float) -> None:
    raw = as_bytes(solved())
    with pytest.raises(UnreadableNotebook, match="only in part"):
        open_notebook(raw[: int(len(raw) * part)])


def test_text_after_the_end_of_the_notebook_is_left_out() -> None:
    result = repaired(as_bytes(solved()) + b' of an older, longer version"}]}')
    assert_fully_solved(result)
    assert said(result, "after the end")
