"""The order in which lessons and assignments are read: everywhere the same.

The README, the list of lessons, the page with which ``make lab`` opens and the first page of the
site follow it, and each lesson says at its end what comes next. Notebooks that are not named here
come last, with their title and first sentence: nobody has to list them. Another course names none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course.language import ENGLISH, N_, _, speaking
from grader.exercises import assignment as assignments
from grader.files import write_whole
from grader.paths import NOTEBOOKS, PROJECT, RELEASE, SOURCE


@dataclass(frozen=True)
class Reading:
    """A lesson or an assignment.

    Attributes:
        name: the name of its notebook, without a suffix.
        title: what it is called in lists.
        subject: what it is about, in half a sentence.
    """

    name: str
    title: str
    subject: str

    @property
    def is_lesson(self) -> bool:
        """Whether it is one of the lessons."""
        return self.name[:1].isdigit()

    @property
    def place(self) -> str:
        """Where its notebook lies, seen from the folder of the course."""
        folder = NOTEBOOKS.name if self.is_lesson else f"{RELEASE.name}/{self.name}"
        return f"{folder}/{self.name}.ipynb"

    def in_table(self, place: str) -> str:
        """Two cells of a table of Markdown: the title, which leads to a place, and the subject.

        Both are in the reader's language.
        """
        title, subject = (text.replace("|", "\\|") for text in (_(self.title), _(self.subject)))
        return f"[{title}]({place}) | {subject}"


THE_COURSE = (
    Reading(
        "01_introduction",
        N_("Lesson 1: Introduction"),
        N_("what a network is, which kind suits which task, the notation of the course"),
    ),
    Reading(
        "02_logistic_regression",
        N_("Lesson 2: Logistic regression"),
        N_("one unit answers yes or no: cost, gradient descent, the chain rule"),
    ),
    Reading(
        "03_python_and_vectorization",
        N_("Lesson 3: Python and vectorization"),
        N_("whole arrays in place of loops, and the traps of NumPy"),
    ),
    Reading(
        "a1_numpy_basics",
        N_("Assignment 1: NumPy basics"),
        N_("**you build** sigmoid, softmax and losses for whole arrays"),
    ),
    Reading(
        "a2_logistic_regression",
        N_("Assignment 2: Logistic regression"),
        N_("**you build** a classifier of one unit, trained on images of cats"),
    ),
    Reading(
        "04_shallow_networks",
        N_("Lesson 4: Shallow networks"),
        N_("what a hidden layer finds, and why its units must not be linear"),
    ),
    Reading(
        "a3_shallow_network",
        N_("Assignment 3: A shallow network"),
        N_("**you build** a network with one hidden layer, and watch its boundary bend"),
    ),
    Reading(
        "05_deep_networks",
        N_("Lesson 5: Deep networks"),
        N_("forward and backward blocks, shapes of matrices, why depth helps"),
    ),
    Reading(
        "a4_deep_network",
        N_("Assignment 4: A deep network"),
        N_("**you build** every function of a network with any number of layers"),
    ),
    Reading(
        "06_building_a_network",
        N_("Lesson 6: Building a network"),
        N_("the recipe from the first line to a trained classifier"),
    ),
    Reading(
        "a5_cat_classifier",
        N_("Assignment 5: A cat classifier"),
        N_("**you build** the training, and find out what the network gets wrong"),
    ),
    Reading(
        "07_open_questions",
        N_("Lesson 7: Open questions"),
        N_("a training run from end to end; when to use `dot`, `multiply` or `*`"),
    ),
    Reading(
        "08_regularisation",
        "Lesson 8: Regularisation",
        "overfitting, and what helps: L2, dropout, a dev set; mini-batches",
    ),
    Reading(
        "a6_regularisation",
        "Assignment 6: Regularisation",
        "**you build** L2 regularisation, dropout and mini-batches",
    ),
)

PAGES = {
    "README.md": "",
    "notebooks/README.md": "../",
    "docs/site/index.md": "",
}
"""The pages that list the course, and what leads from each to the folder of the course."""

_LISTED = re.compile(r"^\| \[.*?\]\((?:[\w./-]*/)?([\w-]+)\.(?:ipynb|html)\)|^.* <([\w-]+)>$")
_FIRST_SENTENCE = re.compile(r"^# +(.+)\n+((?:[^\n.]|\.(?! |\n|\Z))*)")


def reading_order() -> tuple[Reading, ...]:
    """All lessons and assignments in their order: those listed above, then all others."""
    there = {path.stem: path for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))}
    there |= {name: SOURCE / name / f"{name}.ipynb" for name in assignments.names()}
    listed = [one for one in THE_COURSE if one.name in there]
    known = {one.name for one in listed}
    return (*listed, *(_added(name, there[name]) for name in there if name not in known))


def _added(name: str, notebook: Path) -> Reading:
    cells = nbformat.read(notebook, as_version=4).cells
    text = next((cell.source for cell in cells if cell.cell_type == "markdown"), "")
    found = _FIRST_SENTENCE.search(text)
    title, subject = (found[1], " ".join(found[2].split())) if found else (name, "")
    number = re.match(r"a(\d+)_", name)
    label = f"Assignment {number[1]}: {title}" if number else title
    return Reading(name, label, subject)


def write_lists() -> list[str]:
    """Add new notebooks to every page that lists the course, and take out those that are gone.

    A line that is there stays as its author wrote it.

    Returns:
        The pages that have changed.
    """
    order = {one.name: one for one in reading_order()}
    changed = []
    for page, to_course in PAGES.items():
        path = PROJECT / page
        if not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        with speaking(ENGLISH):
            lists = _with_lists(text.split("\n"), order, to_course)
        if lists != text:
            write_whole(path, lists)
            changed.append(page)
    return changed


def _with_lists(lines: list[str], order: dict[str, Reading], to_course: str) -> str:
    """The lines with each run of lines that list the course completed."""
    done: list[str] = []
    run: dict[str, str] = {}
    for line in [*lines, ""]:
        found = _LISTED.match(line)
        name = found[1] or found[2] if found else ""
        if found and (name in order or _is_assignment(name)):
            run[name] = line
            continue
        if run:
            pattern = next(iter(run.values()))
            done += [run.get(one.name) or _line(one, pattern, to_course) for one in order.values()]
            run = {}
        done.append(line)
    return "\n".join(done[:-1])


def _is_assignment(name: str) -> bool:
    return re.match(r"a\d+_", name) is not None


def _line(one: Reading, pattern: str, to_course: str) -> str:
    """A line for a notebook, like one that is there."""
    if not pattern.startswith("|"):
        return f"{one.title} <{one.name}>"
    place = f"{one.name}.html" if ".html)" in pattern else to_course + one.place
    return f"| {one.in_table(place)} |"
