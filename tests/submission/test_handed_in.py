"""Whatever form a notebook is handed in, it is read, with the student's own files and no others."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.paths import PROJECT, RELEASE
from grader.sandbox.host import bubblewrap
from grader.submission.large_notebook import CannotReduce, reduced
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.own_files import LARGEST, MOST
from grader.submission.repair import repair
from grader.submission.submission_folder import (
    Submission,
    digest_of_folder,
    read_given,
    read_submission,
)
from tests.helpers.commands import run_command

NAME = "a4_deep_network"
isolated = pytest.mark.skipif(bubblewrap.why_unavailable() is not None, reason="no isolation")


@pytest.fixture(scope="module")
def a4() -> Assignment:
    """The assignment that is handed in."""
    return assignments.load(NAME)


@pytest.fixture(scope="module")
def solved(a4: Assignment) -> bytes:
    """A notebook with everything solved."""
    cells = [nbformat.v4.new_code_cell(a4.solution(e.name)) for e in a4.exercises]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()


@pytest.fixture(scope="module")
def empty() -> bytes:
    """The notebook as it was released."""
    return (RELEASE / NAME / f"{NAME}.ipynb").read_bytes()


def zipped(**files: bytes) -> bytes:
    """A zip archive; ``__`` in a name stands for ``/``, ``_dot_`` for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), raw)
    return made.getvalue()


def tarred(mode: str = "w:gz", **files: bytes) -> bytes:
    """A tar archive, names as for a zip archive."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, raw in files.items():
            info = tarfile.TarInfo(name.replace("__", "/").replace("_dot_", "."))
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return made.getvalue()


def handed_in(folder: Path, **files: bytes) -> Path:
    """A folder with files, names as for an archive."""
    for name, raw in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return folder


def functions_in(submission: Submission, assignment: Assignment) -> int:
    """How many functions are solved in what was read."""
    repaired = repair(submission.raw, assignment)
    return len(set(repaired.functions) - repaired.untouched)


@pytest.mark.parametrize(
    "name",
    [
        "a4.ipynb.txt",
        "a4.ipynb.json",
        "a4.ipynb.ipynb",
        "a4 (1).ipynb",
        "a4.ipynb (1)",
        "a4.ipynb.download",
        "A4.IPYNB",
        "a4_ipynb",
        "a4.ipynb.html",
        "a4.json",
        "a4.txt",
        "inner/a4.ipynb.txt",
    ],
)
def test_a_notebook_is_found_under_any_name_that_systems_give_it(
    name: str, tmp_path: Path, a4: Assignment, solved: bytes
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(solved)
    found = read_submission(tmp_path, a4)
    assert functions_in(found, a4) == len(a4.exercises)
    assert any(name in str(sentence) for sentence in found.repairs)


def of_a_mac(raw: bytes) -> bytes:
    """An archive as macOS makes it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("__MACOSX/homework/._a4.ipynb", b"junk")
        archive.writestr("homework/.DS_Store", b"junk")
        archive.writestr("homework/a4.ipynb", raw)
    return made.getvalue()


def nested(raw: bytes) -> bytes:
    """An archive in an archive."""
    return zipped(homework_dot_zip=zipped(week_4__a4_dot_ipynb=raw))


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "homework.zip": lambda raw: zipped(a4_dot_ipynb=raw),
    "in folders.zip": lambda raw: zipped(x__y__a4_dot_ipynb=raw, x__notes_dot_txt=b"n"),
    "from a mac.zip": lambda raw: of_a_mac(raw),
    "nested.zip": nested,
    "renamed.zip": lambda raw: zipped(a4_dot_ipynb_dot_txt=raw),
    "homework.tar.gz": lambda raw: tarred(x__a4_dot_ipynb=raw),
    "homework.tgz": lambda raw: tarred(a4_dot_ipynb=raw),
    "homework.tar": lambda raw: tarred("w", a4_dot_ipynb=raw),
    "homework.tar.xz": lambda raw: tarred("w:xz", a4_dot_ipynb=raw),
    "a4.ipynb.gz": gzip.compress,
    "a4.ipynb.bz2": bz2.compress,
    "a4.ipynb": lambda raw: zipped(a4_dot_ipynb=raw),
}


@pytest.mark.parametrize("name", PACKERS)
def test_a_packed_notebook_is_unpacked(
    name: str, tmp_path: Path, a4: Assignment, solved: bytes
) -> None:
    (tmp_path / name).write_bytes(PACKERS[name](solved))
    for found in (read_submission(tmp_path, a4), read_given(tmp_path / name, a4)):
        assert functions_in(found, a4) == len(a4.exercises)
        assert any("taken out of" in str(sentence) for sentence in found.repairs)


def test_an_archive_with_the_solution_wins_over_the_released_notebook_beside_it(
    tmp_path: Path, a4: Assignment, solved: bytes, empty: bytes
) -> None:
    folder = handed_in(tmp_path, a4_dot_ipynb=empty, mine_dot_zip=zipped(b_dot_ipynb=solved))
    assert functions_in(read_submission(folder, a4), a4) == len(a4.exercises)


def test_a_solved_notebook_is_not_looked_for_in_other_files(
    tmp_path: Path, a4: Assignment, solved: bytes, empty: bytes
) -> None:
    folder = handed_in(
        tmp_path, a4_dot_ipynb=solved, mine_dot_zip=zipped(b_dot_ipynb=empty), x_dot_py=b"import os"
    )
    assert read_submission(folder, a4).raw == solved


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("a4.html", b"<!DOCTYPE html><html><body>cells</body></html>", "web page"),
        ("a4.pdf", b"%PDF-1.7 ...", "PDF"),
        ("report.docx", zipped(word__document_dot_xml=b"<x/>"), "no notebook"),
        ("a4.zip", zipped(notes_dot_txt=b"nothing"), "no notebook"),
        ("a4.zip", b"PK\x03\x04" + bytes(500), "no notebook can be found"),
        ("a4.zip", nested(nested(b"{}")), "no notebook"),
        ("helper.py", b"import os\n\ndef f(x):\n    return x\n", "no function of the assignment"),
        ("picture.png", b"\x89PNG", "picture.png"),
    ],
)
def test_what_is_no_notebook_is_refused_with_a_sentence_that_says_what_it_is(
    name: str, raw: bytes, words: str, tmp_path: Path, a4: Assignment
) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(UnreadableNotebook, match=words):
        read_submission(tmp_path, a4)


def test_a_folder_that_is_gone_is_said(tmp_path: Path, a4: Assignment) -> None:
    with pytest.raises(UnreadableNotebook, match="The folder cannot be read: No such file"):
        read_submission(tmp_path / "gone", a4)


def test_a_bomb_in_an_archive_is_refused(tmp_path: Path, a4: Assignment) -> None:
    text = b'{"cells": [{"cell_type": "code", "source": "' + b"x" * 60_000_000
    (tmp_path / "a4.zip").write_bytes(zipped(a4_dot_ipynb=text))
    with pytest.raises(UnreadableNotebook, match="archive"):
        read_submission(tmp_path, a4)


def as_script(notebook: bytes, kind: str) -> str:
    """The notebook as an editor exports it."""
    parts = []
    for number, cell in enumerate(json.loads(notebook)["cells"]):
        source = "".join(cell["source"])
        if kind == "percent":
            parts.append(f"# %%\n{source}\n")
        elif kind == "nbconvert":
            parts.append(f"# In[{number}]:\n\n\n{source}\n\n")
        elif kind == "colab":
            parts.append(f'{source}\n\n"""## Part {number}"""\n')
        else:
            parts.append(source)
    head = {
        "percent": "# ---\n# jupyter:\n#   kernelspec:\n# ---\n\n# %% [markdown]\n# # Title\n\n",
        "nbconvert": "#!/usr/bin/env python\n# coding: utf-8\n\n# # Title\n\n",
        "colab": '# -*- coding: utf-8 -*-\n"""a4.ipynb\n\nAutomatically generated by Colab.\n"""'
        "\n\n# !pip install x\n",
    }
    return head.get(kind, "import numpy as np\n") + "\n\n".join(parts)


@pytest.mark.parametrize("kind", ["percent", "nbconvert", "colab", "plain"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_notebook_exported_as_a_script_is_read(
    kind: str, encoding: str, tmp_path: Path, a4: Assignment, solved: bytes
) -> None:
    (tmp_path / "a4.py").write_bytes(as_script(solved, kind).encode(encoding))
    found = read_submission(tmp_path, a4)
    assert functions_in(found, a4) == len(a4.exercises)
    assert any("a4.py" in str(sentence) for sentence in found.repairs)


def test_a_slip_in_one_function_of_a_script_costs_no_other(a4: Assignment, solved: bytes) -> None:
    text = as_script(solved, "plain").replace("def compute_cost(AL, Y):", "def compute_cost(AL Y):")
    repaired = repair(text.encode(), a4)
    assert len(repaired.functions) == len(a4.exercises)


# ------------------------------------------------------------------ large notebooks


def write_large(path: Path, solved: bytes, megabytes: int, lines: bool) -> None:
    """A notebook with one output of so many MB: many lines, or one of them."""
    notebook = json.loads(solved)
    notebook["cells"][0]["outputs"] = "HERE"
    before, after = json.dumps(notebook).encode().split(b'"HERE"')
    line = json.dumps("Cost after iteration 100: 0.69\n").encode() + b",\n  "
    part = line * (1_000_000 // len(line)) if lines else b"A" * 1_000_000
    with path.open("wb") as file:
        file.write(before + b'[{"output_type": "stream", "name": "stdout", "text": ')
        file.write(b"[" if lines else b'"')
        for _number in range(megabytes):
            file.write(part)
        file.write(b'"end"]' if lines else b'"')
        file.write(b"}]" + after)


LIMITED = """
import resource, sys
from pathlib import Path
from grader.exercises import assignment as assignments
from grader.submission.repair import repair
from grader.submission.submission_folder import read_submission
a4 = assignments.load("a4_deep_network")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = read_submission(Path(sys.argv[1]), a4)
print(len(repair(found.raw, a4).functions), *found.repairs)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize(("megabytes", "lines"), [(60, True), (200, False)])
def test_a_notebook_made_large_by_its_outputs_is_read_in_little_memory(
    megabytes: int, lines: bool, tmp_path: Path, solved: bytes, a4: Assignment
) -> None:
    write_large(tmp_path / f"{NAME}.ipynb", solved, megabytes, lines)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    said, memory = done.stdout.splitlines()
    assert said.startswith(str(len(a4.exercises)))
    assert "MB; the outputs of its cells were left out to read it." in said
    assert int(memory) < 50


@pytest.mark.parametrize("where", ["attachments", "cell metadata", "metadata", "unknown key"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_notebook_made_large_by_anything_but_its_text_is_read(
    where: str, encoding: str, tmp_path: Path, solved: bytes, a4: Assignment
) -> None:
    notebook: dict[str, Any] = json.loads(solved)
    large = {"a.png": {"image/png": "A" * 25_000_000}}
    cell = notebook["cells"][0]
    if where == "metadata":
        notebook["metadata"]["widgets"] = large
    elif where == "cell metadata":
        cell["metadata"]["large"] = large
    else:
        cell["attachments" if where == "attachments" else "large"] = large
    text = json.dumps(notebook)
    (tmp_path / f"{NAME}.ipynb").write_bytes(text.encode(encoding))
    found = read_submission(tmp_path, a4)
    assert functions_in(found, a4) == len(a4.exercises)


def test_reading_a_stream_gives_what_reading_the_whole_gives(solved: bytes) -> None:
    notebook = json.loads(solved)
    notebook["cells"][0]["outputs"] = [{"text": ['a\\"]}', "{[", "ü\u2028"]}]
    notebook["cells"][1]["metadata"] = {"deep": [[[{"x": [1, -2.5e3, None, True]}]]]}
    for indent in (None, 1):
        raw = json.dumps(notebook, indent=indent, ensure_ascii=False).encode()
        made = json.loads(reduced(io.BytesIO(raw), 10**7))
        assert made["cells"][0].pop("outputs") is None
        assert all(not cell.pop("outputs", None) for cell in made["cells"])
        expected = json.loads(raw)
        for cell in expected["cells"]:
            cell.pop("outputs", None)
        assert made == expected
        for end in range(1, len(raw) - 1, 97):
            with pytest.raises(CannotReduce, match="cut"):
                reduced(io.BytesIO(raw[:end]), 10**7)


@pytest.mark.parametrize(
    "raw",
    [
        *(b"{5: 1}", b'{"a": 1, 5: 2}', b'{"a" 1}', b'{"a": }', b'{"a": 1 "b": 2}'),
        *(b'{"cells": [1 2]}', b'{"cells": [{"source": }]}', b'{"cells": [{]}'),
    ],
)
def test_a_damage_is_found_in_a_stream_where_reading_the_whole_finds_it(raw: bytes) -> None:
    with pytest.raises(json.JSONDecodeError) as whole:
        json.loads(raw)
    with pytest.raises(CannotReduce, match="damaged") as stream:
        reduced(io.BytesIO(raw), 1000)
    assert stream.value.place == whole.value.pos


def test_a_name_of_any_length_leaves_the_rest_of_a_stream_as_it_is() -> None:
    raw = json.dumps({"x" * 10**6: {"a": 1}, "cells": [{"source": "x"}]}).encode()
    assert json.loads(reduced(io.BytesIO(raw), 1000))["cells"] == [{"source": "x"}]


# ------------------------------------------------------------------ the student's own files


def test_own_files_are_read_and_released_ones_are_not(
    tmp_path: Path, a4: Assignment, solved: bytes
) -> None:
    folder = handed_in(
        tmp_path,
        a4_dot_ipynb=solved,
        timestamp_dot_txt=b"2026-01-01",
        my_helpers_dot_py=b"x = 1",
        package__module_dot_py=b"x = 1",
        data__table_dot_csv=b"1,2",
        public_tests_dot_py=b"bad",
        DNN_Utils_dot_py=b"bad",
        dnn_utils_v2_dot_py=b"bad",
        testCases_v4a_dot_py=b"bad",
        course__study__show_dot_py=b"bad",
        Course__mine_dot_py=b"bad",
        _dot_hidden=b"no",
        homework_dot_zip=b"no",
    )
    (folder / "link.txt").symlink_to("/etc/hostname")
    (folder / "folder").symlink_to("/etc")
    os.mkfifo(folder / "pipe.txt")
    found = dict(read_submission(folder, a4).own_files)
    assert set(found) == {"my_helpers.py", "package/module.py", "data/table.csv"}


def test_large_and_many_files_are_left_out_and_modules_come_first(
    tmp_path: Path, a4: Assignment, solved: bytes
) -> None:
    folder = handed_in(tmp_path, a4_dot_ipynb=solved, zz_helper_dot_py=b"x = 1")
    for number in range(MOST + 20):
        (folder / f"picture{number:04}.png").write_bytes(b"x")
    with (folder / "huge.bin").open("wb") as file:
        file.truncate(LARGEST * 10_000)
    found = read_submission(folder, a4)
    assert len(found.own_files) == MOST
    assert "zz_helper.py" in dict(found.own_files)
    assert "22 files beside the notebook" in str(found.repairs[-1])


def test_a_notebook_is_found_among_thousands_of_files(
    tmp_path: Path, a4: Assignment, solved: bytes
) -> None:
    for number in range(2_500):
        (tmp_path / f"a{number}.png").write_bytes(b"")
    handed_in(tmp_path, z_dot_ipynb=solved, z_helper_dot_py=b"x = 1")
    found = read_submission(tmp_path, a4)
    assert found.raw == solved
    assert "z_helper.py" in dict(found.own_files)


def test_a_changed_file_makes_another_submission(
    tmp_path: Path, a4: Assignment, solved: bytes
) -> None:
    folder = handed_in(tmp_path, a4_dot_ipynb=solved, helper_dot_py=b"x = 1")
    before = read_submission(folder, a4).digest
    assert read_submission(folder, a4).digest == before
    (folder / "helper.py").write_bytes(b"x = 2")
    assert read_submission(folder, a4).digest != before


@pytest.mark.parametrize("name", ["a4.ipynb", "a4.txt", "homework.zip", "a4.ipynb.gz"])
def test_the_digest_of_a_folder_is_that_of_the_submission_in_it(
    name: str, tmp_path: Path, a4: Assignment, solved: bytes, empty: bytes
) -> None:
    packed = PACKERS[name](solved) if name.endswith(("zip", "gz")) else solved
    (tmp_path / name).write_bytes(packed)
    (tmp_path / "helper.py").write_bytes(b"x = 1")
    alone = digest_of_folder(tmp_path, a4)
    assert alone == read_submission(tmp_path, a4).digest
    (tmp_path / "another.ipynb").write_bytes(empty)
    assert alone != digest_of_folder(tmp_path, a4) == read_submission(tmp_path, a4).digest


def test_a_digest_is_told_without_repairing_and_a_fault_in_that_becomes_a_sentence(
    tmp_path: Path,
    a4: Assignment,
    solved: bytes,
    empty: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from grader.classes.folder_grader import digest_in, read
    from grader.submission import notebook_choice

    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError("of the grader's own")

    folder = handed_in(tmp_path, a4_dot_ipynb=empty, mine_dot_ipynb=solved)
    digest = digest_of_folder(folder, a4)
    monkeypatch.setattr(notebook_choice, "repair", fail)
    assert digest_of_folder(folder, a4) == digest_in(folder, a4) == digest
    assert "The grader failed on this submission (ZeroDivisionError" in str(read(folder, a4))


def test_files_lie_beside_the_notebook_in_an_archive_too(
    tmp_path: Path, a4: Assignment, solved: bytes
) -> None:
    packed = zipped(hw__a4_dot_ipynb=solved, hw__helper_dot_py=b"x = 1", other_dot_py=b"no")
    folder = handed_in(tmp_path, a4_dot_zip=packed, outside_dot_py=b"no")
    assert read_submission(folder, a4).own_files == (("helper.py", b"x = 1"),)


def test_a_single_notebook_takes_the_files_of_its_folder_only_where_that_is_its_own(
    tmp_path: Path, a4: Assignment, solved: bytes
) -> None:
    alone = handed_in(tmp_path / "ada", a4_dot_ipynb=solved, helper_dot_py=b"x = 1")
    assert read_given(alone / "a4.ipynb", a4).own_files == (("helper.py", b"x = 1"),)
    handed_in(alone, bob_dot_ipynb=solved)
    assert read_given(alone / "a4.ipynb", a4).own_files == ()
    source = PROJECT / "source" / NAME / f"{NAME}.ipynb"
    assert read_given(source, a4).own_files == ()
    assert read_given(PROJECT / "release" / NAME / f"{NAME}.ipynb", a4).own_files == ()


@isolated
@pytest.mark.parametrize("sandbox", [[], ["--no-sandbox"]])
def test_the_command_grades_a_notebook_with_the_files_beside_it(
    sandbox: list[str], tmp_path: Path, a4: Assignment, solved: bytes
) -> None:
    notebook = json.loads(solved)
    source = "from my_helpers import SCALE\nwhole = open('scale.txt').read()\n"
    source += "from test import quarter\n"
    use = "from utils import half\nimport os\nassert 'scale.txt' in os.listdir()\nEPS = 0.0"
    cost = a4.solution("compute_cost").replace(
        "    return cost", "    return cost * SCALE * float(whole) * half * quarter * 8 + EPS"
    )
    cell = next(c for c in notebook["cells"] if "def compute_cost" in "".join(c["source"]))
    assert "* SCALE" in cost
    cell["source"] = cost
    notebook["cells"].insert(0, nbformat.v4.new_code_cell(source + use))
    folder = handed_in(
        tmp_path,
        a4_dot_ipynb=json.dumps(notebook).encode(),
        my_helpers_dot_py=b"SCALE = 1.0\n",
        scale_dot_txt=b"1.0",
        utils_dot_py=b"half = 0.5\n",
        test_dot_py=b"quarter = 0.25\n",
        numpy_dot_py=b"raise SystemExit\n",
        public_tests_dot_py=b"raise SystemExit\n",
    )
    command = ("-m", "grader", "grade", str(folder / "a4.ipynb"), "-a", "a4", "--json", *sandbox)
    done = run_command(*command, environment=os.environ)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["score"] == a4.max_score, done.stdout
