"""Take the pictures of docs/instructor.md again: ``python -m tests.journeys.take_pictures``.

A simulated class of 60 hands in through Moodle; the archive is imported, graded and reported as an
instructor does in an evening, and the browser takes a picture of what there is to see. It takes a
few minutes. All names are made up.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from PIL import Image

from grader.authoring.simulate import write_class
from grader.exercises import assignment as assignments
from grader.paths import PROJECT, RELEASE
from tests.helpers.browser import (
    code_cell,
    fill_in,
    jupyter_lab,
    open_browser,
    open_notebook_for_marking,
    solve,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

NAME = "a4_deep_network"
STUDENTS = 60
SEED = 7
PICTURES = PROJECT / "docs" / "pictures"
LARGEST = 150_000

_GIVEN = (
    "Amira Bruno Chloe Daniel Elif Farid Greta Hugo Ines Jonas Keiko Luca Mara Nils Olga".split()
)
_FAMILY = "Almeida Berg Costa Dubois Fischer Hansen Ito Kowalski Moreau Novak Okafor Rossi".split()

_ANSWERS = (
    "All units of a layer get the same weights, so they compute the same activation. Going back, "
    "each gets the same gradient, and after the update they are still equal: the layer is worth "
    "one unit. I would start from small random numbers.",
    "The gradients are too small because all weights are 0.5. A larger learning rate helps.",
    "Every unit is the same and stays the same, because the gradients are the same too. Use "
    "`np.random.randn`.",
)
"""What students write under the question that a person marks; the rest leave it empty."""


def main() -> None:
    """Make the class, and take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, open_browser() as browser:
        folder = Path(scratch)
        root = folder / "class"
        os.environ["COURSE_ROOT"] = str(root)
        os.environ["CLASS_SECRET"] = "a class in pictures"
        archive, worksheet = moodle_download(folder)
        run("-m", "grader", "import", NAME, str(archive), f"--roster={worksheet}")
        run("-m", "grader", "autograde", NAME)
        in_formgrader(browser, root, folder)
        run("-m", "grader", "report", NAME)
        report(browser, root / "exports" / NAME / "report" / "index.html")
        as_a_student(browser, folder)


def run(*command: str) -> None:
    """Run a command of the project, and show what it says."""
    print("$ python", *command, flush=True)
    subprocess.run([sys.executable, *command], cwd=PROJECT, check=True)


# ------------------------------------------------------------------------------- the class


def moodle_download(folder: Path) -> tuple[Path, Path]:
    """A simulated class as Moodle hands it out: all submissions, and the grading worksheet."""
    group = write_class(NAME, STUDENTS, SEED, folder / "made up")
    chance = random.Random(SEED)
    names = [f"{given} {family}" for given, family in itertools.product(_GIVEN, _FAMILY)]
    start = datetime.datetime(2026, 3, 2, 18, 0)
    archive, rows = folder / "submissions.zip", []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for place, (student, name) in enumerate(
            zip(group, chance.sample(names, STUDENTS), strict=True)
        ):
            file = folder / "made up" / student.student_id / NAME / f"{NAME}.ipynb"
            number = 4_210_001 + place
            target.writestr(
                f"{name}_{number}_assignsubmission_file_/{file.name}", answered(file, chance)
            )
            handed_in = start + datetime.timedelta(minutes=chance.randint(0, 6 * 24 * 60))
            rows.append(
                {
                    "Identifier": f"Participant {number}",
                    "Full name": name,
                    "Status": "Submitted for grading",
                    "Grade": "",
                    "Maximum Grade": "110.00",
                    "Last modified (submission)": handed_in.strftime("%A, %d %B %Y, %I:%M %p"),
                }
            )
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    worksheet = folder / "worksheet.csv"
    worksheet.write_text(text.getvalue(), encoding="utf-8")
    return archive, worksheet


def answered(file: Path, chance: random.Random) -> str:
    """A notebook in which most students have answered the question for a person."""
    notebook = nbformat.read(file, as_version=4)
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown" and meta.get("solution") and chance.random() < 0.7:
            cell.source = chance.choice(_ANSWERS)
    return str(nbformat.writes(notebook))


# ------------------------------------------------------------------------------ the pictures


def in_formgrader(browser: Browser, root: Path, folder: Path) -> None:
    """The assignments, the submissions, one of them marked by hand, and its feedback page."""
    private = folder / "formgrader"
    private.mkdir()
    here = {name: os.environ[name] for name in ("COURSE_ROOT", "CLASS_SECRET")}
    with jupyter_lab(root, private, environment=here) as lab:
        page = browser.new_page(viewport={"width": 1200, "height": 720})
        page.goto(lab.url("formgrader"))
        row = page.locator("tr", has_text=NAME)
        row.wait_for()
        take(page, "formgrader-assignments")

        row.locator(".num-submissions a").click()
        page.locator(".score", has_text="/").first.wait_for()
        take(page, "formgrader-submissions")

        student, exercise = somebody_with_a_mistake(root)
        row = page.locator("tr").filter(has=page.locator(".student-id", has_text=student))
        row.locator(".student-name a").click()
        open_notebook_for_marking(page, NAME)
        page.wait_for_load_state("networkidle")
        show(page, page.locator(f"#{exercise}_check"), above=330)
        take(page, "formgrader-verdict")

        by_hand = page.locator("input.score:not([id$=_check])").first
        write(page, by_hand, "8")
        comment = page.locator(f"#{by_hand.get_attribute('id')}-comment")
        write(page, comment, "Right in the main; say also why the gradients are equal.")
        show(page, by_hand, above=420)
        take(page, "formgrader-question-marked-by-hand")
        page.close()
    run("-m", "nbgrader", "generate_feedback", NAME, f"--student={student}", "--log-level=WARN")
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.goto((root / "feedback" / student / NAME / f"{NAME}.html").as_uri())
    take(page, "feedback-page")
    show(page, page.locator("article.bad").first, above=480)
    take(page, "feedback-page-exercise")
    page.close()


def somebody_with_a_mistake(root: Path) -> tuple[str, str]:
    """A student with one wrong exercise who has answered the question, and that exercise."""
    for file in sorted(root.glob(f"autograded/*/{NAME}/.grading.json")):
        verdicts = {
            one["name"]: one["verdict"] for one in json.loads(file.read_bytes())["exercises"]
        }
        wrong = [name for name, verdict in verdicts.items() if verdict == "wrong"]
        answered = any(
            text[:30] in file.with_name(f"{NAME}.ipynb").read_text() for text in _ANSWERS
        )
        if answered and len(wrong) == 1 and "not attempted" not in verdicts.values():
            return file.parent.parent.name, wrong[0]
    raise LookupError("nobody in this class has one mistake")


def report(browser: Browser, file: Path) -> None:
    """The class report: its beginning, and what the class got wrong."""
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(file.as_uri())
    take(page, "class-report")
    for section in ("exercises", "misconceptions"):
        show(page, page.locator(f"#{section}"), above=20)
        take(page, f"class-report-{section}")
    page.close()


def as_a_student(browser: Browser, folder: Path) -> None:
    """A wrong answer and its diagnosis, and what Validate says of it."""
    assignment = assignments.load(NAME)
    known = assignment.exercise("linear_backward").misconceptions
    mistake = next(one for one in known if one.name == "dW-not-averaged")
    root, private = folder / "student", folder / "lab"
    private.mkdir()
    shutil.copytree(RELEASE / NAME, root / NAME)
    solve(root / NAME / f"{NAME}.ipynb", assignment, but={"linear_backward": None})
    with jupyter_lab(root, private) as lab:
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        lab.open_notebook(page, f"{NAME}/{NAME}.ipynb")
        answer = code_cell(page, "def linear_backward(")
        check = code_cell(page, "linear_backward_test(linear_backward)")
        answer.locator(".cm-content").click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Above Selected Cell").click()
        fill_in(page, answer, assignment.variant_source("linear_backward", mistake))
        page.keyboard.press("Shift+Enter")
        page.keyboard.press("Control+Enter")
        check.locator(".jp-RenderedMarkdown").wait_for()  # where to read on comes last
        check.evaluate("cell => cell.scrollIntoView({block: 'center'})")
        take(page, "student-diagnosis")
        page.get_by_role("button", name="Validate", exact=True).click()
        page.get_by_role("dialog").get_by_text("The following cell failed").first.wait_for()
        take(page, "student-validate")
        page.close()


# ---------------------------------------------------------------------------------- helpers


def write(page: Page, field: Locator, text: str) -> None:
    """Write into a field of formgrader, and wait until it is saved."""
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        field.fill(text)
        field.press("Tab")


def show(page: Page, element: Locator, above: int) -> None:
    """Scroll so that an element is ``above`` pixels below the top of the window."""
    element.evaluate(
        "(element, above) => scrollTo(0, element.getBoundingClientRect().top + scrollY - above)",
        above,
    )


def take(page: Page, name: str) -> None:
    """Take a picture of the window, with few colours, so that it is small."""
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    file = PICTURES / f"{name}.png"
    picture.quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    assert size < LARGEST, f"{file} has {size} bytes"
    print(f"  {file.relative_to(PROJECT)}: {picture.width} x {picture.height}, {size // 1000} kB")


if __name__ == "__main__":
    main()
