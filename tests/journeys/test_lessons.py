"""The notebooks as a reader meets them: they run without a warning, and links lead somewhere.

Lessons run in the form in which they are downloaded, so these tests prove that form, too.
"""

from __future__ import annotations

import ast
import functools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from nbformat import NotebookNode

from grader.authoring.normalise import HIDDEN, stored_notebooks
from grader.exercises import assignment as assignments
from grader.exercises.hand_graded import questions
from grader.paths import NOTEBOOKS, PROJECT, RELEASE
from grader.site.downloads import lesson_files, lessons, unpack
from grader.site.execution import failures, run_notebook, undescribed_pictures
from grader.site.links import ANCHOR, heading_anchor, headings_of, links_of
from tests.helpers.pictures import LAY_OUT_ALONE

NAMES = assignments.names()
LESSONS = lessons()
SLIDERS = "move_the_sliders"

# Run at the end, when all names of the notebook have got their last values.
MOVE_SLIDERS = """
from ipywidgets import SelectionSlider
from ipywidgets.widgets import widget

for slider in [w for w in widget._instances.values() if isinstance(w, SelectionSlider)]:
    for index in (0, len(slider.options) - 1):
        slider.index = index
"""

every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
every_assignment = pytest.mark.parametrize("name", NAMES)
every_notebook = pytest.mark.parametrize(
    "path", stored_notebooks(), ids=lambda path: f"{path.relative_to(PROJECT).parts[0]}-{path.stem}"
)


def read(path: Path) -> NotebookNode:
    """A notebook of the project."""
    return nbformat.read(path, as_version=4)


# Running -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lessons as they are downloaded."""
    folder = tmp_path_factory.mktemp("lessons")
    unpack(lesson_files(LESSONS), folder)
    return folder / "notebooks"


@functools.cache
def run_lesson(path: Path, folder: Path) -> NotebookNode:
    """A lesson with its outputs, and with what its sliders do when they are moved."""
    notebook = read(path)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(LAY_OUT_ALONE, id="pictures"))
    notebook.cells.append(nbformat.v4.new_code_cell(MOVE_SLIDERS, id=SLIDERS))
    return run_notebook(notebook, folder, {"COURSE_STILL_PICTURES": "", "COURSE_PLAIN_QUIZ": ""})


@functools.cache
def run_source(name: str, scratch: Path) -> NotebookNode:
    """A source notebook, hidden checks and all, with outputs; cells that train in full left out.

    Demonstrations train for a tenth of their steps: `make site` runs them as they are, and tells
    every warning.
    """
    folder = scratch / name
    shutil.copytree(RELEASE / name, folder, ignore=shutil.ignore_patterns("__pycache__"))
    notebook = read(assignments.load(name).notebook_path)
    notebook.cells = [c for c in notebook.cells if "train" not in c.metadata.get("tags", [])]
    for cell in notebook.cells:
        if "demonstration" in cell.metadata.get("tags", []):
            cell.source = re.sub(r"\b(5|10)000\b", r"\g<1>00", cell.source)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(LAY_OUT_ALONE, id="pictures"))
    return run_notebook(notebook, folder, in_project=True)


def anchors_of(notebook: NotebookNode) -> set[str]:
    """All names that a link can give after ``#`` to get to a place in the notebook."""
    found: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found |= set(ANCHOR.findall(cell.source))
            found |= {heading_anchor(title) for title in headings_of(cell.source)}
    return found


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where source notebooks run."""
    return tmp_path_factory.mktemp("sources")


@every_lesson
def test_a_lesson_runs_from_a_clean_kernel_without_a_warning(path: Path, unpacked: Path) -> None:
    found = list(failures(run_lesson(path, unpacked)))
    assert [problem for problem in found if SLIDERS not in problem] == []


@every_lesson
def test_the_sliders_of_a_lesson_can_be_moved_to_their_ends(path: Path, unpacked: Path) -> None:
    found = list(failures(run_lesson(path, unpacked)))
    assert [problem for problem in found if SLIDERS in problem] == []


@every_lesson
def test_every_picture_of_a_lesson_has_a_description(path: Path, unpacked: Path) -> None:
    assert list(undescribed_pictures(run_lesson(path, unpacked))) == []


@every_assignment
def test_a_source_notebook_runs_from_a_clean_kernel_without_a_warning(
    name: str, scratch: Path
) -> None:
    assert list(failures(run_source(name, scratch))) == []


@every_assignment
def test_every_picture_of_an_assignment_has_a_description(name: str, scratch: Path) -> None:
    assert list(undescribed_pictures(run_source(name, scratch))) == []


def printed_by_checks(name: str, scratch: Path) -> Iterator[str]:
    """What the check of each exercise has printed in the source notebook, without colours."""
    cells = {cell.id: cell for cell in run_source(name, scratch).cells}
    for exercise in assignments.load(name).exercises:
        outputs = cells[f"{exercise.name}_check"].outputs
        printed = "".join(o.text for o in outputs if o.output_type == "stream")
        yield re.sub(r"\x1b\[[0-9;]*m", "", printed).strip()


@every_assignment
def test_a_solved_notebook_passes_every_check(name: str, scratch: Path) -> None:
    for printed in printed_by_checks(name, scratch):
        assert "All tests passed." in printed


@every_assignment
def test_a_check_of_a_solved_notebook_prints_what_the_text_below_shows(
    name: str, scratch: Path
) -> None:
    cells = read(RELEASE / name / f"{name}.ipynb").cells
    shown = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert [one for one in printed_by_checks(name, scratch) if one not in shown] == []


def test_a_warning_of_a_notebook_is_not_lost(tmp_path: Path) -> None:
    warns = nbformat.v4.new_code_cell("import warnings\nwarnings.warn('rough seas')", id="warns")
    notebook = nbformat.v4.new_notebook(cells=[warns])
    assert list(failures(run_notebook(notebook, tmp_path))) == [
        "cell warns fails: UserWarning: rough seas"
    ]


def test_a_picture_without_a_description_is_found() -> None:
    picture = nbformat.v4.new_output("display_data", {"image/png": "aGVsbG8="})
    described = nbformat.v4.new_output(
        "display_data",
        {"image/png": "aGVsbG8="},
        metadata={"image/png": {"alt": "A cat that sits on a mat."}},
    )
    cells = [
        nbformat.v4.new_code_cell(id="bare", outputs=[picture]),
        nbformat.v4.new_code_cell(id="told", outputs=[described]),
    ]
    found = list(undescribed_pictures(nbformat.v4.new_notebook(cells=cells)))
    assert [problem.split()[1] for problem in found] == ["bare"]


# Cells that are folded away ----------------------------------------------------------------------


def only_draws(source: str) -> bool:
    """Whether a cell of five lines or more imports, or arranges a figure, and does nothing else."""
    lines = [line for line in source.splitlines() if not line.startswith("%")]
    statements = ast.parse("\n".join(lines)).body
    makers = {node.name for node in statements if isinstance(node, ast.FunctionDef)}

    def calls_a_figure(node: ast.AST) -> bool:
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        return name in makers or name.startswith(("draw_", "plot_", "show_")) or name == "play"

    return len(lines) > 4 and all(
        isinstance(node, (ast.Import, ast.ImportFrom))
        or (isinstance(node, ast.Expr) and calls_a_figure(node.value))
        or (isinstance(node, ast.FunctionDef) and any(map(calls_a_figure, ast.walk(node))))
        for node in statements
    )


@every_notebook
def test_imports_and_cells_that_only_draw_are_folded_away(path: Path) -> None:
    """In JupyterLab and on the site; what an exercise asks for never is."""
    for cell in read(path).cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code":
            assert only_draws(cell.source) <= (HIDDEN in tags), cell.id
            assert ("setup" in tags) <= (HIDDEN in tags), cell.id
        folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        assert folded == (HIDDEN in tags), cell.id
        assert not (folded and cell.metadata.get("nbgrader", {}).get("solution")), cell.id


@every_notebook
def test_no_line_of_code_is_cut_off_on_a_page(path: Path) -> None:
    code = [cell for cell in read(path).cells if cell.cell_type == "code"]
    lines = [(cell.id, line) for cell in code for line in cell.source.splitlines()]
    assert [line for line in lines if len(line[1]) > 100] == []


# Links -------------------------------------------------------------------------------------------


def broken_links(path: Path) -> list[str]:
    """The links of a notebook that lead to no file of the project, or to no place in a notebook."""
    notebook, broken = read(path), []
    for cell in notebook.cells:
        for link in links_of(cell.source) if cell.cell_type == "markdown" else ():
            address, _, section = unquote(link).partition("#")
            if "://" in address:
                continue
            goal = (path.parent / address) if address else path
            if not goal.is_file():
                broken.append(f"{cell.id}: {link}: no such file")
            elif section and goal.suffix == ".ipynb" and section not in anchors_of(read(goal)):
                broken.append(f"{cell.id}: {link}: no such place")
    return broken


@every_notebook
def test_every_link_of_a_notebook_leads_somewhere(path: Path) -> None:
    assert broken_links(path) == []


@every_notebook
def test_no_two_places_of_a_notebook_have_the_same_name(path: Path) -> None:
    cells = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    names = ANCHOR.findall("\n".join(cells))
    assert sorted(names) == sorted(set(names))


@every_notebook
def test_a_notebook_has_one_title(path: Path) -> None:
    cells = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    text = re.sub(r"^```.*?^```", "", "\n\n".join(cells), flags=re.MULTILINE | re.DOTALL)
    assert len(re.findall(r"^# \S", text, flags=re.MULTILINE)) == 1


@pytest.mark.parametrize("name", NAMES)
def test_an_assignment_links_to_nothing_outside_its_folder(name: str) -> None:
    notebook = read(RELEASE / name / f"{name}.ipynb")
    links = [
        link for c in notebook.cells if c.cell_type == "markdown" for link in links_of(c.source)
    ]
    assert [link for link in links if link.startswith(("..", "/"))] == []


@every_notebook
def test_the_figures_of_a_notebook_are_numbered_and_their_captions_stand_alone(path: Path) -> None:
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    captions = re.findall(r"^\*Figure\b.*$", text, re.MULTILINE)
    numbers = [re.match(r"\*Figure (\d+)\. \S.*\*$", caption) for caption in captions]
    assert [caption for caption, number in zip(captions, numbers, strict=True) if not number] == []
    assert [int(number[1]) for number in numbers if number] == list(range(1, len(captions) + 1))
    named = {int(number) for number in re.findall(r"\b[Ff]igure (\d+)", text)}
    assert named <= set(range(1, len(captions) + 1))


@every_assignment
def test_an_assignment_names_all_its_points_in_one_sum(name: str) -> None:
    """What the headings give, what the introduction says, and what is marked agree."""
    assignment = assignments.load(name)
    text = "\n".join(c.source for c in read(assignment.notebook_path).cells)
    headings = re.findall(r"^##+ .*\((\d+) points\)$", text, re.MULTILINE)
    total = assignment.max_score + sum(question.points for question in questions(assignment))
    assert sum(map(int, headings)) == total
    assert set(re.findall(r"(\d+) in all", text)) == {f"{total:g}"}


@every_assignment
def test_every_lesson_that_a_diagnosis_names_is_there(name: str) -> None:
    missing = []
    for exercise in assignments.load(name).exercises:
        page, _, section = exercise.lesson.partition("#")
        found = [p for p in stored_notebooks() if p.stem == page and "source" not in p.parts]
        if not found or (section and section not in anchors_of(read(found[0]))):
            missing.append(f"{exercise.name}: {exercise.lesson}")
    assert missing == []


def test_every_lesson_is_in_the_list_of_lessons() -> None:
    listed = links_of((NOTEBOOKS / "README.md").read_text(encoding="utf-8"))
    assert [link for link in listed if link.endswith(".ipynb") and "/" not in link] == [
        path.name for path in LESSONS
    ]


def test_brackets_in_formulas_and_in_code_are_no_links() -> None:
    text = r"$a^{[1](i)}$, `x[0](1)`, [one](#1), $$z^{[2](3)}$$ and [two](b.ipynb#c)"
    assert links_of(text) == ["#1", "b.ipynb#c"]
