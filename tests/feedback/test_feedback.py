"""Feedback pages: nothing of a student's runs in them, and they say what a student needs.

The same attacks go through the pages that instructors see, formgrader's, since whoever opens an
autograded notebook must be as safe as whoever opens a feedback page.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from grader.exercises.assignment import Assignment
from grader.exercises.hand_graded import questions, squeezed
from grader.feedback.page import feedback_page
from grader.judging.graded import Graded, GradedExercise
from grader.paths import RELEASE
from grader.plugin.feedback import FairFeedback, FeedbackExporter
from grader.recording.autograded_notebook import autograded_notebook
from grader.recording.grading import Grading
from grader.recording.recorder import Recorder
from grader.submission.repair import repair
from tests.helpers.inert_html import HTML_ATTACKS, MARKDOWN_ATTACKS, PNG, SVG, Page, assert_inert
from tests.helpers.recording import record_marks


def hostile_notebook(assignment: Assignment, submission: Any) -> bytes:
    """A notebook with every attack in every place that a student can write to."""
    cells = {"initialize_parameters": "# </pre></code><script>evil()</script>"}
    notebook = nbformat.reads(submission(assignment, cells), as_version=4)
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "<script>evil()</script>"},
        {"output_type": "stream", "name": "stderr", "text": "<img src=x onerror=evil()>"},
        {
            "output_type": "error",
            "ename": "<b onclick=evil()>",
            "evalue": "evil()",
            "traceback": ["<script>evil()</script>"],
        },
    ]
    for attack in HTML_ATTACKS:
        for kind in ("text/html", "text/markdown", "text/latex", "application/javascript"):
            outputs.append(
                {
                    "output_type": "display_data",
                    "data": {kind: attack},
                    "metadata": {kind: {"isolated": True}},
                }
            )
    outputs.append(
        {
            "output_type": "execute_result",
            "execution_count": 1,
            "data": {"image/svg+xml": SVG, "image/png": PNG},
            "metadata": {"image/png": {"width": "1 onload=evil()", "alt": "' onload='evil()"}},
        }
    )
    code = nbformat.v4.new_code_cell("print('<script>evil()</script>')", outputs=outputs)
    code.metadata = NotebookNode(
        {
            "tags": ['x"onclick=evil()'],
            "name": "<script>evil()</script>",
            "transient": {"a": "evil"},
        }
    )
    notebook.cells.append(code)
    notebook.cells += [nbformat.v4.new_markdown_cell(attack) for attack in MARKDOWN_ATTACKS]
    raw_cell = nbformat.v4.new_raw_cell("<script>evil()</script>")
    raw_cell.metadata.raw_mimetype = "text/html"
    notebook.cells.append(raw_cell)
    picture = nbformat.v4.new_markdown_cell("![x](attachment:a.svg)")
    picture.attachments = {"a.svg": {"image/svg+xml": SVG}, "b.png": {"image/png": "evil"}}
    notebook.cells.append(picture)
    notebook.metadata.title = "</title><script>evil()</script>"
    notebook.metadata.widgets = {
        "application/vnd.jupyter.widget-state+json": {"state": {"</script><script>evil()": {}}}
    }
    return json.dumps(notebook).encode()


def graded_as(assignment: Assignment, message: str) -> Graded:
    """Marks whose messages hold what a student wrote."""
    exercises = [
        GradedExercise(
            e.name, "wrong", 2.5, e.points, ("a-mistake",), message, "a4_deep_network#cost"
        )
        for e in assignment.exercises[:1]
    ]
    exercises += [
        GradedExercise(e.name, "correct", e.points, e.points, message="Right.")
        for e in assignment.exercises[1:]
    ]
    return Graded(assignment.name, tuple(exercises), (f"The file was called {message}.",))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """nbgrader, configured for a class of its own."""
    from grader.settings.course import course_application

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(tmp_path_factory.mktemp("course")))
        yield course_application()


@pytest.fixture(scope="module")
def recorded(course: Any, a4: Assignment, submission: Any) -> Path:
    """The autograded notebook of a hostile submission, in the gradebook of a class."""
    from grader.recording.gradebook_setup import ensure_in_gradebook

    ensure_in_gradebook(a4, course.coursedir)
    raw = hostile_notebook(a4, submission)
    graded = graded_as(a4, "<script>evil()</script>")
    with Recorder(course.coursedir) as recorder:
        for student in ("ada", "bob"):
            nowhere = Path(course.coursedir.root, "nowhere")
            record_marks(recorder, student, graded, repair(raw, a4).notebook, nowhere)
    return Path(course.coursedir.root, "autograded", "ada", a4.name, f"{a4.name}.ipynb")


def test_a_recorded_notebook_is_valid_and_holds_nothing_of_a_students_metadata(
    recorded: Path,
) -> None:
    notebook = nbformat.read(recorded, as_version=4)
    nbformat.validate(notebook)
    assert set(notebook.metadata) == {"kernelspec", "language_info", "grading"}
    assert all(cell.cell_type != "raw" for cell in notebook.cells)
    kinds = {
        kind
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for kind in output.get("data", {})
    }
    assert kinds <= {"text/plain", "text/html", "image/png"}


def in_formgrader(recorded: Path) -> str:
    """The page on which formgrader shows an autograded notebook."""
    from nbconvert.exporters import HTMLExporter
    from nbgrader.server_extensions.formgrader import handlers
    from traitlets.config import Config

    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    resources = {
        "assignment_id": "a4_deep_network",
        "notebook_id": "a4_deep_network",
        "submission_id": "0",
        "index": 0,
        "total": 1,
        "base_url": "",
        "student": "ada",
        "last_name": "",
        "first_name": "",
        "notebook_path": "",
    }
    page, _resources = HTMLExporter(config=config).from_filename(str(recorded), resources=resources)
    return str(page)


def test_formgrader_shows_a_hostile_notebook_harmlessly(recorded: Path) -> None:
    page = in_formgrader(recorded)
    body = page[page.index('id="notebook-container"') :]
    student = body[: body.rindex('<div class="help">')]
    # formgrader's own inputs and buttons stand at each graded cell.
    assert_inert(f"<div {student}", ours=frozenset({"button", "input", "textarea", "a"}))
    assert "<script>evil" not in page
    assert "MathJax" not in student


def test_formgrader_shows_the_marking_guide_and_a_feedback_page_no_part_of_it(
    recorded: Path, course: Any, a4: Assignment
) -> None:
    secrets = {part for question in questions(a4) for part in question.secrets}
    seen_by_markers = squeezed(Page(in_formgrader(recorded)).text)
    seen_by_students = squeezed(Page(make_page(course)).text)
    assert secrets
    assert {part for part in secrets if part not in seen_by_markers} == set()
    assert {part for part in secrets if part in seen_by_students} == set()
    assert "marking guide" not in seen_by_students


def test_a_students_cell_cannot_pass_for_a_marking_guide(a4: Assignment, submission: Any) -> None:
    raw = json.loads(submission(a4))
    cell = nbformat.v4.new_markdown_cell("Give all points.", id="guide-symmetry_explained")
    cell.metadata.marking_guide = "symmetry_explained"
    raw["cells"].append(cell)
    repaired = repair(json.dumps(raw).encode(), a4).notebook
    made = autograded_notebook(repaired, graded_as(a4, ""), a4, Grading())
    nbformat.validate(made)
    guides = [cell.source for cell in made.cells if "marking_guide" in cell.metadata]
    assert len(guides) == len(questions(a4)) and "Give all points" not in "".join(guides)


def test_a_feedback_page_of_a_hostile_notebook_runs_and_loads_nothing(
    recorded: Path, course: Any
) -> None:
    page_text = make_page(course)
    page = assert_inert(page_text, ours=frozenset({"meta", "style"}))
    policy = [m["content"] for m in page.named("meta") if "http-equiv" in m]
    assert len(policy) == 1 and policy[0].startswith("default-src 'none'; img-src data:;")
    assert "script-src" not in policy[0] and "unsafe" not in policy[0]
    assert "http" not in re.sub(r"https?://(ok|www\.w3)\.", "", page.script)
    assert "<script>evil()</script>" in page.text  # shown, not run


def make_page(course: Any, student: str = "ada") -> str:
    """Make the feedback page with nbgrader's converter."""
    name = "a4_deep_network"
    course.coursedir.assignment_id, course.coursedir.student_id = name, student
    converter = FairFeedback(coursedir=course.coursedir, parent=course)
    converter.force = True
    converter.start()
    path = Path(course.coursedir.root, "feedback", student, name, f"{name}.html")
    return path.read_text(encoding="utf-8")


def test_the_style_of_a_page_is_the_one_that_its_policy_allows(recorded: Path, course: Any) -> None:
    import hashlib

    text = make_page(course)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in Page(text).named("meta")[1]["content"]


def test_a_page_says_verdict_points_diagnosis_lesson_and_repairs(
    recorded: Path, course: Any
) -> None:
    text = make_page(course)
    page = Page(text)
    said = " ".join(page.text.split())
    assert "102.5 of 130 points" in said  # with what a person marks
    assert "initialize_parameters ✗ not right yet 2.5 / 10" in said
    assert "linear_forward ✓ right 10 / 10" in said
    assert "Read on: 5. The cost" in said
    assert "The file was called <script>evil()</script>." in said


def test_a_page_can_be_read_by_a_screen_reader_and_on_a_phone(recorded: Path, course: Any) -> None:
    text = make_page(course)
    page = Page(text)
    assert text.startswith("<!DOCTYPE html>")
    assert page.named("html")[0]["lang"] == "en"
    assert [m for m in page.named("meta") if m.get("name") == "viewport"]
    assert len(page.named("main")) == len(page.named("header")) == len(page.named("h1")) == 1
    student = text.index('id="notebook"')
    ours = Page(text[:student])
    levels = [int(tag[1]) for tag, _a in ours.tags if re.fullmatch("h[1-6]", tag)]
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))
    assert all(th.get("scope") in ("col", "row") for th in ours.named("th"))
    assert all("alt" in img for img in page.named("img"))
    ids = [a["id"] for _tag, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in page.named("a") if a.get("href", "").startswith("#")} <= set(ids)
    assert "white-space: pre-wrap" in page.script and "prefers-color-scheme: dark" in page.script
    assert "@media print" in page.script


def test_a_graders_comment_and_marks_stand_in_the_page_escaped(recorded: Path, course: Any) -> None:
    from nbgrader.api import Gradebook

    name = "a4_deep_network"
    with Gradebook(course.coursedir.db_url, course.coursedir.course_id) as gradebook:
        comment = gradebook.find_comment("initialize_parameters", name, name, "bob")
        comment.manual_comment = "Nice try <script>evil()</script>"
        grade = gradebook.find_grade("initialize_parameters_check", name, name, "bob")
        grade.manual_score = 4
        gradebook.db.commit()
    page = assert_inert(make_page(course, "bob"), ours=frozenset({"meta", "style"}))
    said = " ".join(page.text.split())
    assert "Comment: Nice try <script>evil()</script>" in said
    assert "initialize_parameters ✗ not right yet, changed by a grader 4 / 10" in said
    assert "The points were changed by a grader." in said


def test_nothing_hidden_reaches_a_page(recorded: Path, course: Any, a4: Assignment) -> None:
    notebook = nbformat.read(a4.notebook_path, as_version=4)
    page = feedback_page(notebook, {"assignment": a4.name, "student": "ada"})
    for text in (page, make_page(course), recorded.read_text(encoding="utf-8")):
        assert "HIDDEN TESTS" not in text
        assert "hidden_test" not in text


def test_a_lesson_is_a_link_to_the_section_of_the_course_on_the_page(
    recorded: Path, course: Any
) -> None:
    page = Page(make_page(course))
    ids = [attributes.get("id") for _tag, attributes in page.tags]
    assert "#section-cost" in [link["href"] for link in page.named("a")]
    assert ids.count("section-cost") == 1


def test_a_section_that_a_student_has_copied_is_linked_once(a4: Assignment) -> None:
    notebook = nbformat.read(a4.given_notebook, as_version=4)
    notebook.cells += [cell.copy() for cell in notebook.cells if 'id="cost"' in cell.source]
    text = feedback_page(notebook, {"assignment": a4.name, "student": "ada"})
    assert text.count('id="section-cost"') == 1


def test_a_configured_lesson_address_becomes_a_link_and_a_script_does_not() -> None:
    cell = nbformat.v4.new_code_cell("f_test(f)")
    cell.metadata.nbgrader = {"grade": True, "grade_id": "f_check", "points": 10, "score": 0.0}
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata.grading = {
        "exercises": [
            {
                "name": "f",
                "verdict": "wrong",
                "points": 0,
                "message": "No.",
                "lesson": "05_deep_networks#cost",
            }
        ]
    }
    marks = {"student": "ada", "assignment": "none", "score": 0.0, "max_score": 10.0}
    page = Page(feedback_page(notebook, marks, "https://course.example/{notebook}.html#{section}"))
    addresses = [a["href"] for a in page.named("a")]
    assert "https://course.example/05_deep_networks.html#cost" in addresses
    page = Page(feedback_page(notebook, marks, "javascript:evil('{notebook}')"))
    assert not [a for a in page.named("a") if "evil" in a["href"]]


def test_a_notebook_that_was_graded_elsewhere_gets_an_inert_page_too() -> None:
    """Notebooks that nbgrader alone has recorded are not inert; their pages are."""
    cells = [nbformat.v4.new_markdown_cell(attack) for attack in MARKDOWN_ATTACKS]
    cells.append(nbformat.v4.new_raw_cell("<script>evil()</script>"))
    output = nbformat.v4.new_output("display_data", {"text/html": "<script>evil()</script>"})
    cells.append(nbformat.v4.new_code_cell("1", outputs=[output]))
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"nbgrader": {"student": "<script>evil()</script>", "assignment": "none"}}
    text, _resources = FeedbackExporter().from_notebook_node(notebook, resources)
    assert_inert(text, ours=frozenset({"meta", "style"}))


@pytest.mark.parametrize("waiting", [True, False])
def test_a_page_says_which_points_a_person_has_yet_to_give(waiting: bool) -> None:
    cell = nbformat.v4.new_markdown_cell("Because all units are alike.")
    cell.metadata.nbgrader = {
        "grade": True,
        "solution": True,
        "grade_id": "explained",
        "points": 10,
        "score": 0.0,
        "waiting": waiting,
    }
    notebook = nbformat.v4.new_notebook(cells=[cell])
    marks = {"student": "ada", "assignment": "none", "score": 90.0, "max_score": 110.0}
    said = " ".join(Page(feedback_page(notebook, marks)).text.split())
    assert ("10 of these points are given by a person" in said) is waiting
    assert ("waits to be marked" in said) is waiting
    assert ("marked by hand" in said) is not waiting


@pytest.fixture(scope="module")
def in_chinese(a4: Assignment) -> bytes:
    """A notebook of the Chinese edition in which nothing is done."""
    return (RELEASE / "zh_CN" / a4.name / f"{a4.name}.ipynb").read_bytes()


def page_of(raw: bytes, assignment: Assignment, **marks: Any) -> str:
    """The feedback page of a notebook in which everything is still to be done."""
    repaired = repair(raw, assignment)
    verdicts = (GradedExercise(e.name, "missing", 0, e.points) for e in assignment.exercises)
    graded = Graded(assignment.name, tuple(verdicts), repaired.repairs)
    notebook = autograded_notebook(
        repaired.notebook, graded, assignment, Grading.of(graded, assignment)
    )
    return feedback_page(notebook, {"student": "ada", "assignment": assignment.name} | marks)


def test_a_notebook_in_chinese_gets_a_page_in_chinese_whatever_is_set(
    a4: Assignment, in_chinese: bytes
) -> None:
    page = page_of(in_chinese, a4)
    assert '<html lang="zh-CN">' in page
    assert "<h1>一步一步搭建深层神经网络</h1>" in page
    assert "What to look at" not in page and "Your notebook" not in page
    assert "Your code" not in page
    assert page.count("<details>") == page_of(given_bytes(a4), a4).count("<details>")


def test_a_notebook_in_english_gets_the_page_of_a_class_that_has_set_nothing(
    a4: Assignment,
) -> None:
    assert '<html lang="en">' in page_of(given_bytes(a4), a4)


def given_bytes(assignment: Assignment) -> bytes:
    """The English release."""
    return assignment.given_notebook.read_bytes()


@pytest.mark.parametrize(
    "named",
    ["<script>", "zz", "../../zh_CN", "x" * 100_000, 7, None, ["zh_CN"], {"zh_CN": 1}],
)
def test_whatever_a_notebook_names_as_its_language_reaches_no_page(
    a4: Assignment, named: object
) -> None:
    notebook = json.loads(given_bytes(a4))
    notebook["metadata"]["course_language"] = named
    assert page_of(json.dumps(notebook).encode(), a4) == page_of(given_bytes(a4), a4)
