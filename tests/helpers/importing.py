"""Archives of what was handed in, and the course that they are imported into."""

from __future__ import annotations

import hashlib
import json
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.authoring.packing import MadeUpPerson
from grader.cli.main import main

NAME = "a4_deep_network"
EARLY = datetime(2026, 11, 1, 10, 20, 30, tzinfo=UTC)
AS_MACOS_WRITES_IT = unicodedata.normalize("NFD", "José/a4.ipynb")


class Course:
    """A course folder, and the command run in it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.capsys = capsys
        self.out = self.err = ""

    def run(self, archive: Path, *options: str) -> int:
        status = main(["import", NAME, str(archive), *options])
        self.out, self.err = self.capsys.readouterr()
        return status

    def students(self) -> list[str]:
        found = (self.root / "submitted").glob(f"*/{NAME}/{NAME}.ipynb")
        return sorted(path.parent.parent.name for path in found)

    def notebook(self, student: str) -> bytes:
        return (self.folder(student) / f"{NAME}.ipynb").read_bytes()

    def folder(self, student: str) -> Path:
        return self.root / "submitted" / student / NAME

    def record(self) -> dict[str, dict[str, object]]:
        path = self.root / "submitted" / ".lms" / "records" / f"{NAME}.json"
        students: dict[str, dict[str, object]] = json.loads(path.read_text("utf-8"))["students"]
        return students

    def everything(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


def notebook(text: str = "") -> bytes:
    """A small notebook that differs by its text."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [text]}
    content = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content).encode()


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """An archive of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return path


def person(student_id: str, first: str, last: str, number: int) -> MadeUpPerson:
    """Somebody, as the packers of archives want to have them."""
    return MadeUpPerson(student_id, first, last, student_id, number, f"{student_id}@example.org")


def moodle_name(name: str, number: int | str, file: str = "a4.ipynb") -> str:
    """What Moodle calls a file of an archive."""
    return f"{name}_{number}_assignsubmission_file/{file}"
