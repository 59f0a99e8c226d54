"""Every folder of ``submissions/`` is a submission with the marks it must get.

``submissions/README.md`` describes the folders. A submission is graded by the pure function, in the
sandbox; afterwards the same worker grades a solved notebook, so that whatever a hostile one leaves
behind would show.
"""

from __future__ import annotations

import ast
import functools
import importlib.util
import json
import os
import re
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from course.language import LANGUAGE_KEY, speaking
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.judging.grade import GradedSubmission, grade
from grader.judging.graded import Graded
from grader.judging.plain_functions import plain_functions
from grader.judging.reference_process import reference_process
from grader.paths import PROJECT, RELEASE, released_notebook
from grader.release.reading_order import THE_COURSE
from grader.release.translation.catalogues import stored_translations
from grader.release.translation.code_units import translated_code
from grader.release.translation.compiled import catalogue_path
from grader.sandbox.host import bubblewrap
from grader.sandbox.host.worker import Worker
from grader.sandbox.limits import Limits
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.own_files import module_names, own_files
from grader.submission.repair import repair
from grader.submission.submitted_files import files_of_folder
from tests.helpers.commands import run_command
from tests.helpers.short_training import shortened

WarmWorker = Callable[[str, Limits], Worker]

SUBMISSIONS = Path(__file__).parents[1] / "submissions"
KINDS = ("honest", "careless", "broken", "hostile")
TRAINS_LONG = "a5_cat_classifier"
NEEDED = [one.name for one in THE_COURSE if not one.is_lesson and one.name != TRAINS_LONG]
CLASS_SECRET = "of the tests"
HOST_SECRET = os.environ["GRADER_TEST_SECRET"]
LONGEST_MESSAGE = 5_000

# What an honest notebook never comes near, and what keeps an endless one from keeping the tests.
PATIENT = Limits()
QUICK = Limits(cell_seconds=3, exercise_seconds=2, submission_seconds=40)

_SECTION = re.compile(r"^# %% (?P<after>after )?(?P<cell>[\w-]+)[ \t]*\n", re.MULTILINE)
_SOLUTION = re.compile(r"^[ \t]*# <solution of (\w+)>[ \t]*$", re.MULTILINE)
_MISTAKE = re.compile(r"^[ \t]*# <(\w+) with ([\w-]+)>[ \t]*$", re.MULTILINE)

UNAVAILABLE = bubblewrap.why_unavailable()
pytestmark = pytest.mark.skipif(UNAVAILABLE is not None, reason=str(UNAVAILABLE))


@dataclass(frozen=True)
class Section:
    """A section of ``cells.py``: the text of a cell, and which one it is or follows."""

    cell: str
    follows: bool
    text: str


@dataclass(frozen=True)
class Submission:
    """A submission as its folder describes it; the fields are the keys of ``case.toml``."""

    folder: Path
    does: str
    score: float | None = None
    assignment: str = "a4_deep_network"
    solved: bool | tuple[str, ...] = True
    variants: dict[str, str] | None = None
    verdicts: dict[str, str] | None = None
    misconceptions: dict[str, str] | None = None
    messages: dict[str, str] | None = None
    repairs: tuple[str, ...] = ()
    unreadable: str = ""
    limits: dict[str, float] | None = None
    examples: bool = True
    in_class: bool = False

    @property
    def name(self) -> str:
        """The kind and the name: ``hostile/replace_public_tests``."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def is_hostile(self) -> bool:
        """Whether it is an attack."""
        return self.folder.parent.name == "hostile"


def read_case(folder: Path) -> Submission:
    """The submission of a folder."""
    given = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    unknown = set(given) - {field.name for field in fields(Submission)}
    assert not unknown, f"{folder}: unknown keys {unknown}"
    if folder.parent.name == "hostile":
        given = {"examples": False} | given
    values: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in given.items()
    }
    return Submission(folder, **values)


def all_cases() -> list[Submission]:
    """All submissions, kind by kind."""
    paths = [path for kind in KINDS for path in sorted((SUBMISSIONS / kind).glob("*/case.toml"))]
    return [read_case(path.parent) for path in paths]


CASES = all_cases()


def sections_of(case: Submission, assignment: Assignment, sentinel: Path) -> list[Section]:
    """The cells that a submission replaces or adds."""
    path = case.folder / "cells.py"
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8").replace("<sentinel>", str(sentinel))
    text = text.replace("<project>", str(PROJECT))
    text = _SOLUTION.sub(lambda found: assignment.solution(found[1]), text)

    def mistaken(found: re.Match[str]) -> str:
        return assignment.variant_source(found[1], variant_of(assignment, found[1], found[2]))

    text = _MISTAKE.sub(mistaken, text)
    parts = _SECTION.split(text)
    return [
        Section(cell, after is not None, body.strip("\n"))
        for after, cell, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    ]


def variant_of(assignment: Assignment, exercise: str, name: str) -> Any:
    """The misconception or the correct variant of that name."""
    known = assignment.exercise(exercise)
    return next(v for v in (*known.misconceptions, *known.correct_variants) if v.name == name)


def filled_in(case: Submission, assignment: Assignment) -> dict[str, str]:
    """For each exercise that the submission solves the text of its cell."""
    names = [exercise.name for exercise in assignment.exercises]
    if case.solved is not True:
        names = [] if case.solved is False else list(case.solved)
    texts = {name: assignment.solution(name) for name in names}
    for name, variant in (case.variants or {}).items():
        # "one + other" is two mistakes at once
        chosen = [variant_of(assignment, name, part) for part in variant.split(" + ")]
        texts[name] = assignment.variant_source(name, *chosen)
    return texts


def submitted_bytes(
    case: Submission, assignment: Assignment, sentinel: Path, language: str = ""
) -> bytes:
    """The file that is handed in, in English or in the edition of another language."""
    key = (case.name, language)
    if key not in SUBMITTED:
        SUBMITTED[key] = _submitted_bytes(case, assignment, sentinel, language)
    return SUBMITTED[key]


SUBMITTED: dict[tuple[str, str], bytes] = {}


def _submitted_bytes(
    case: Submission, assignment: Assignment, sentinel: Path, language: str
) -> bytes:
    raw = notebook_bytes(assignment, filled_in(case, assignment), case, sentinel)
    if language:
        raw = in_edition(raw, assignment, language)
    maker = case.folder / "make.py"
    if not maker.exists():
        return raw
    spec = importlib.util.spec_from_file_location(f"make_{case.folder.name}", maker)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: bytes = module.make(raw)
    return made


def in_edition(raw: bytes, assignment: Assignment, language: str) -> bytes:
    """A notebook as it is where its student began with the edition of another language."""
    notebook = nbformat.v4.reads_json(raw.decode())
    notebook.metadata[LANGUAGE_KEY] = language
    other = RELEASE / language / assignment.name / f"{assignment.name}.ipynb"
    english = {c.id: c.source for c in released_cells(released_notebook(assignment.name))}
    translated = {c.id: c.source for c in released_cells(other)}
    known = stored_translations(catalogue_path(language, assignment.name), language)
    units = {text: translation for (_cell, text), translation in known.items()}
    for cell in notebook.cells:
        if cell.source == english.get(cell.id):
            cell.source = translated[cell.id]
        elif cell.cell_type == "code":
            cell.source = translated_code(cell.source, lambda unit: units.get(unit, unit))
    return str(nbformat.v4.writes_json(notebook)).encode()


@functools.cache
def released_cells(path: Path) -> list[NotebookNode]:
    """The cells of a released notebook."""
    return list(nbformat.read(path, as_version=4).cells)


def files_beside(case: Submission, assignment: Assignment) -> tuple[tuple[str, bytes], ...]:
    """The student's other files that grading takes from the folder ``files``."""
    folder = case.folder / "files"
    if not folder.is_dir():
        return ()
    return own_files(files_of_folder(folder), "", assignment.name).files


def notebook_bytes(
    assignment: Assignment, texts: dict[str, str], case: Submission | None, sentinel: Path
) -> bytes:
    """The released notebook with cells filled in, replaced and added."""
    path = RELEASE / assignment.name / f"{assignment.name}.ipynb"
    # What nbformat does beside this, and for long, is to validate what is valid.
    notebook = nbformat.v4.reads_json(path.read_text(encoding="utf-8"))
    known: dict[str, NotebookNode] = {cell.id: cell for cell in notebook.cells}
    for name, text in texts.items():
        known[name].source = text
    if case and not case.examples:
        kept = {exercise.name for exercise in assignment.exercises} | {"imports"}
        notebook.cells = [c for c in notebook.cells if c.cell_type != "code" or c.id in kept]
    added = 0
    for section in sections_of(case, assignment, sentinel) if case else []:
        cell = known[section.cell]
        if section.follows:
            added += 1
            fresh = nbformat.v4.new_code_cell(section.text, id=f"added-{added}")
            place = next(i for i, other in enumerate(notebook.cells) if other is cell)
            notebook.cells.insert(place + 1, fresh)
            known[section.cell] = fresh  # the next one for this cell comes after it
        else:
            cell.source = section.text
    return str(nbformat.v4.writes_json(notebook)).encode()


def honest_points(case: Submission, assignment: Assignment, sentinel: Path) -> float:
    """What the same notebook is worth without the attack."""
    texts = filled_in(case, assignment)
    sections = sections_of(case, assignment, sentinel)
    attacked = {section.cell for section in sections if not section.follows}
    worth = set(texts) - attacked - set(case.variants or {})
    return sum(assignment.exercise(name).points for name in worth)


@pytest.fixture(scope="session")
def sentinel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the instructor's that a careless umask has opened to everybody."""
    folder = tmp_path_factory.mktemp("instructor")
    for parent in (folder, *folder.parents):
        if parent.owner() == folder.owner() and parent != Path(parent.root):
            parent.chmod(parent.stat().st_mode | 0o005)
    folder.chmod(0o777)
    for name in ("gradebook.db", "another_submission.ipynb"):
        (folder / name).write_text(HOST_SECRET)
        (folder / name).chmod(0o666)
    return folder


def worker_for(assignment: str, warm_worker: WarmWorker, limits: Limits) -> Worker:
    """The warm worker of an assignment; limits count from the next submission on."""
    worker = warm_worker(assignment, limits)
    worker.start()
    return worker


def limits_of(case: Submission) -> Limits:
    """The limits under which a submission is graded."""
    if not case.limits:
        return QUICK if case.is_hostile else PATIENT
    return replace(QUICK, **case.limits)


def descendants(process_id: int | None) -> set[int]:
    """The processes below a process, however deep, in whatever namespace."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:  # it has just ended
            continue
        parent = int(text.rpartition(")")[2].split()[1])
        children.setdefault(parent, []).append(int(path.parent.name))
    found: set[int] = set()
    waiting = [process_id or 0]
    while waiting:
        below = children.get(waiting.pop(), [])
        found.update(below)
        waiting += below
    return found


@contextmanager
def touching_nothing(worker: Worker, sentinel: Path) -> Iterator[None]:
    """Check that what happens inside leaves no process, no file and no descriptor behind."""
    contents = {path.name: path.read_text() for path in sentinel.iterdir()}
    processes = descendants(worker.process_id)
    own_files = len(os.listdir("/proc/self/fd"))
    released = fingerprint_of(RELEASE / worker.assignment)
    yield
    assert worker.process_id is not None, "the worker was lost"
    deadline = time.monotonic() + 60
    while (left := descendants(worker.process_id) - processes) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, "processes were left behind"
    assert {path.name: path.read_text() for path in sentinel.iterdir()} == contents
    assert fingerprint_of(RELEASE / worker.assignment) == released
    assert len(os.listdir("/proc/self/fd")) <= own_files, "descriptors were left open in the host"


def fingerprint_of(folder: Path) -> dict[Path, bytes]:
    """The modules that every submission can read, as they are."""
    return {path: path.read_bytes() for path in folder.rglob("*.py")}


def counted(points: dict[str, float], assignment: Assignment) -> float:
    """The marks of the hundred, without those of a function that is to be mended."""
    return sum(points[name] for name in points if not assignment.broken(name))


def check(case: Submission, graded: Graded, assignment: Assignment) -> None:
    """Check the marks and what is said about them.

    Functions that are to be mended are left out where the submission does not name them.
    """
    verdicts = {exercise.name: exercise.verdict for exercise in graded.exercises}
    every = [exercise.name for exercise in assignment.exercises]
    mended = {name for name in every if assignment.broken(name)}
    names = [name for name in every if name not in mended - set(case.verdicts or {})]
    solved = set(names if case.solved is True else case.solved or ())
    expected = {name: "correct" if name in solved else "not attempted" for name in names}
    expected |= case.verdicts or {}
    wrong = {
        name: f"{verdicts[name]}, not {expected[name]}"
        for name in names
        if verdicts[name] not in expected[name].split(" or ")
    }
    said = "\n".join(f"{e.name}: {e.message}" for e in graded.exercises if e.name in wrong)
    assert not wrong, f"{wrong}\n{said}"
    if case.score is not None:
        assert counted({e.name: e.points for e in graded.exercises}, assignment) == case.score
    for exercise in graded.exercises:
        if exercise.name in (case.misconceptions or {}):
            expected_mistake = (case.misconceptions or {})[exercise.name]
            assert " + ".join(exercise.misconceptions) == expected_mistake, exercise.message
        if exercise.name in (case.messages or {}):
            assert (case.messages or {})[exercise.name] in exercise.message
    for sentence in case.repairs:
        assert any(sentence in repair for repair in graded.repairs), graded.repairs
    if not case.repairs and not case.is_hostile:
        assert graded.repairs == ()


def check_that_nothing_leaks(done: GradedSubmission) -> None:
    """Check that what is recorded can be written, is of a sensible size, and tells no secret."""
    text = json.dumps(done.graded.as_dict("notebook"), ensure_ascii=False)
    text.encode()  # a lone surrogate would fail here, and in every file and database later
    assert HOST_SECRET not in text
    assert CLASS_SECRET not in text
    assert all(len(exercise.message) < LONGEST_MESSAGE for exercise in done.graded.exercises)
    nbformat.validate(done.notebook)
    nbformat.writes(done.notebook).encode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_submission(case: Submission, warm_worker: WarmWorker, sentinel: Path) -> None:
    assignment = shortened(case.assignment)
    worker = worker_for(assignment.name, warm_worker, limits_of(case))
    raw = submitted_bytes(case, assignment, sentinel)
    files = files_beside(case, assignment)
    if case.unreadable:
        with pytest.raises(UnreadableNotebook, match=re.escape(case.unreadable)):
            grade(raw, assignment, worker, CLASS_SECRET)
        return
    if not case.is_hostile:
        graded = grade(raw, assignment, worker, CLASS_SECRET, own_files=files).graded
        AT_FIRST_SIGHT[case.name] = graded
        check(case, graded, assignment)
        assert graded.max_score == assignment.max_score
        return
    # The process that answers for all submissions is started by the first one that asks.
    reference_process(assignment).allowing(())(b"{}", time.monotonic() + 60)
    with touching_nothing(worker, sentinel):
        done = grade(raw, assignment, worker, CLASS_SECRET, own_files=files)
    AT_FIRST_SIGHT[case.name] = done.graded
    check_that_nothing_leaks(done)
    check(case, done.graded, assignment)
    assert done.graded.score <= honest_points(case, assignment, sentinel), "a point was gained"
    check_the_next_one(assignment, worker)


AT_FIRST_SIGHT: dict[str, Graded] = {}
"""What :func:`test_submission` has graded, so that the next test need not do it again."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_fast_way_to_a_verdict_leads_where_the_long_way_does(
    case: Submission, warm_worker: WarmWorker, sentinel: Path
) -> None:
    assignment = shortened(case.assignment)
    raw = submitted_bytes(case, assignment, sentinel)
    files = files_beside(case, assignment)
    if case.unreadable or not has_plain_functions(raw, assignment, files):
        return  # there is one way only
    worker = worker_for(assignment.name, warm_worker, limits_of(case))

    def graded(first_sight: bool) -> Graded:
        return grade(
            raw, assignment, worker, CLASS_SECRET, own_files=files, first_sight=first_sight
        ).graded

    fast = AT_FIRST_SIGHT.get(case.name) or graded(first_sight=True)
    assert marks_of(graded(first_sight=False)) == marks_of(fast)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_submission_gets_the_same_marks_in_the_edition_of_another_language(
    case: Submission, warm_worker: WarmWorker, sentinel: Path
) -> None:
    """What runs is the same but for comments; a few of each assignment are graded too."""
    assignment = shortened(case.assignment)
    files = files_beside(case, assignment)
    raw = submitted_bytes(case, assignment, sentinel, "zh_CN")
    if case.unreadable:
        with speaking("en"), pytest.raises(UnreadableNotebook, match=re.escape(case.unreadable)):
            repair(raw, assignment)
        return
    english = repair(submitted_bytes(case, assignment, sentinel), assignment, files)
    chinese = repair(raw, assignment, files)
    check_that_the_same_runs(chinese.cells, english.cells)
    check_that_the_same_runs(chinese.functions.items(), english.functions.items())
    assert (chinese.untouched, chinese.absent) == (english.untouched, english.absent)
    assert len(chinese.repairs) == len(english.repairs)
    if case not in GRADED_IN_EDITIONS:
        return  # the same code is judged as the same
    worker = worker_for(assignment.name, warm_worker, limits_of(case))
    graded = grade(raw, assignment, worker, CLASS_SECRET, own_files=files).graded
    known = AT_FIRST_SIGHT.get(case.name)
    if known is None:
        own = submitted_bytes(case, assignment, sentinel)
        known = grade(own, assignment, worker, CLASS_SECRET, own_files=files).graded
    assert marks_of(graded) == marks_of(known)


def _first_of_each() -> list[Submission]:
    """For each assignment, and each kind that is not hostile, a case in which nothing hangs."""
    quiet = [c for c in CASES if not (c.is_hostile or c.limits or c.unreadable)]
    first = {(c.assignment, c.folder.parent.name): c for c in reversed(quiet)}
    return list(first.values())


GRADED_IN_EDITIONS = _first_of_each()


def check_that_the_same_runs(
    one: Iterable[tuple[str, str]], other: Iterable[tuple[str, str]]
) -> None:
    """Check that Python reads the same in both: without comments, docstrings and idle texts."""
    for (name, source), (other_name, other_source) in zip(one, other, strict=True):
        assert name == other_name
        if source != other_source:
            assert without_texts(source) == without_texts(other_source)


def without_texts(source: str) -> str:
    """The code of a cell; of one that is no Python, or too deep, the lines that are no comments."""
    try:
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
                node.body[0] = ast.Pass()
        return ast.unparse(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return re.sub(r'""".*?"""', "", re.sub(r"#.*", "", source), flags=re.DOTALL)


def has_plain_functions(
    raw: bytes, assignment: Assignment, files: tuple[tuple[str, bytes], ...]
) -> bool:
    """Whether anything of a notebook is judged at first sight."""
    cells = repair(raw, assignment, files).cells
    names = {exercise.name for exercise in assignment.exercises}
    known = assignment.given_functions | names
    own = module_names(path for path, _raw in files)
    return bool(plain_functions([source for _id, source in cells], known, own) & names)


def marks_of(graded: Graded) -> dict[str, tuple[str, float, tuple[str, ...]]]:
    """The verdicts, the points and the mistakes that are named."""
    return {e.name: (e.verdict, e.points, e.misconceptions) for e in graded.exercises}


def check_the_next_one(assignment: Assignment, worker: Worker) -> None:
    """Check that the next submission on the same worker gets all its marks."""
    worker.limits = PATIENT
    before = worker.process_id
    cells = [nbformat.v4.new_code_cell(assignment.solution(e.name)) for e in assignment.exercises]
    raw = nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()
    following = grade(raw, assignment, worker, CLASS_SECRET).graded
    assert following.score == assignment.max_score, "the next submission lost marks"
    assert worker.process_id == before, "the worker was lost"


def test_a_class_keeps_its_marks_whoever_is_in_it(sentinel: Path, tmp_path: Path) -> None:
    assignment = assignments.load("a4_deep_network")
    chosen = [case for case in CASES if case.in_class]
    kinds = {case.folder.parent.name for case in chosen}
    assert kinds == set(KINDS)
    for number, case in enumerate(chosen):
        raw = submitted_bytes(case, assignment, sentinel)
        (tmp_path / f"{number:02}.ipynb").write_bytes(raw)
    course = tmp_path / "course"
    course.mkdir()
    setting = f"c.FairGrading.exercise_seconds = {QUICK.exercise_seconds}"
    (course / "nbgrader_config.py").write_text(f"c = get_config()\n{setting}\n")
    variables = {"CLASS_SECRET": CLASS_SECRET}
    done = run_command(
        *("-m", "grader", "grade", str(tmp_path), "-a", "a4", "--json"),
        environment=os.environ | variables | {"COURSE_ROOT": str(course)},
    )
    assert done.returncode == 2, done.stderr  # some of them are no notebooks
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(line["path"]).name for line in lines] == [
        f"{number:02}.ipynb" for number in range(len(chosen))
    ]
    marks = {
        case.name: counted({e["name"]: e["points"] for e in line["exercises"]}, assignment)
        for case, line in zip(chosen, lines, strict=True)
    }
    expected = {case.name: 0 if case.unreadable else case.score for case in chosen}
    assert marks == expected
    assert "Traceback" not in done.stderr
    assert HOST_SECRET not in done.stdout + done.stderr
    unreadable = [case.name for case in chosen if case.unreadable]
    assert [case.name for case, line in zip(chosen, lines, strict=True) if "error" in line] == (
        unreadable
    )


def test_there_are_submissions_of_every_kind() -> None:
    counts = {kind: sum(case.folder.parent.name == kind for case in CASES) for kind in KINDS}
    assert all(count >= 10 for count in counts.values()), counts
    assert len(CASES) >= 60
    assert all(case.does.endswith(".") for case in CASES)


@pytest.mark.parametrize("assignment", NEEDED)
def test_every_assignment_has_honest_and_careless_submissions(assignment: str) -> None:
    kinds = [case.folder.parent.name for case in CASES if case.assignment == assignment]
    assert kinds.count("honest") >= 3
    assert kinds.count("careless") >= 3
