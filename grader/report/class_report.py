"""Everything that a class report says, before it is put on a page or into a table."""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.report.class_results import ClassResults, StudentResult
from grader.report.examples import Vocabulary, anonymous_code, example_of, vocabulary
from grader.report.failures import Failure, failures, without_words
from grader.report.people import People, people
from grader.report.similarity import Cluster, clusters
from grader.report.statistics import (
    ExerciseFigures,
    Marks,
    MisconceptionFigures,
    QuestionFigures,
    exercise_figures,
    marks,
    misconception_figures,
    question_figures,
)
from grader.report.times import TimeLine, time_line
from grader.report.trends import Trends, trends
from grader.report.trouble import Trouble, in_trouble
from grader.submission.cell_source import parse

_MOST_CANDIDATES = 20
_NO_SOURCE = 1 << 40


@dataclass(frozen=True)
class ClassReport:
    """The report of one assignment.

    Attributes:
        results: what it is made of.
        marks, exercises, questions, misconceptions, trouble, times, similar: its parts.
        failures: how tests failed that notebooks bring themselves.
        examples: for (exercise, misconception) an anonymised example.
        trends: this and the other assignments of the course.
        people: how each student is called.
    """

    results: ClassResults
    marks: Marks | None
    exercises: list[ExerciseFigures]
    questions: list[QuestionFigures]
    misconceptions: list[MisconceptionFigures]
    trouble: list[Trouble]
    times: TimeLine
    similar: list[Cluster]
    examples: Mapping[tuple[str, str], str]
    failures: Sequence[Failure] = ()
    trends: Trends = field(default_factory=Trends)
    people: People = field(default_factory=People)

    @property
    def most_blocking(self) -> ExerciseFigures | None:
        """The exercise that stands in the way of the most others; None where none does."""
        blocking = [figures for figures in self.exercises if figures.blocks]
        return max(blocking, key=lambda figures: figures.blocks, default=None)

    @property
    def waiting(self) -> list[str]:
        """Ids of students whose marks are not final, since a person must still look at them."""
        return [student.student_id for student in self.results.students if student.waiting]

    @property
    def students(self) -> list[StudentResult]:
        """The students in the order of a list."""
        return sorted(self.results.students, key=lambda one: self.people.place(one.student_id))


def make_report(
    results: ClassResults,
    others: Sequence[ClassResults] = (),
    anonymous: bool = False,
    key: str = "",
) -> ClassReport:
    """Work out the report of an assignment.

    Parameters:
        results: the class's results.
        others: the results in the other assignments.
        anonymous: call students by numbers in place of their ids.
        key: what their order depends on, see :func:`grader.report.people.people`.
    """
    everything = _in_order([*others, results])
    before = everything[: everything.index(results)]
    called = people(_everybody(everything), _names(everything), anonymous, key)
    known = vocabulary(results.assignment)
    misconceptions = misconception_figures(results)
    trouble = in_trouble(results, before)
    similar = clusters(results)
    failed = failures(results)
    if anonymous:
        trouble = [_without_words(one) for one in trouble]
        similar = [_without_names(cluster, known) for cluster in similar]
        failed = without_words(failed)
    return ClassReport(
        results=results,
        marks=marks(results),
        exercises=exercise_figures(results),
        questions=question_figures(results),
        misconceptions=misconceptions,
        trouble=trouble,
        times=time_line(results),
        similar=similar,
        examples=_examples(results, misconceptions, known),
        failures=failed,
        trends=trends(everything),
        people=called,
    )


def _in_order(everything: list[ClassResults]) -> list[ClassResults]:
    """By time, where it is known of all; else by name, in which 10 comes after 9."""
    by_name = sorted(everything, key=lambda one: _natural(one.assignment.name))
    if any(one.when is None for one in everything):
        return by_name
    return sorted(by_name, key=lambda one: one.when or datetime.datetime.min)


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(number or 0), text) for text, number in re.findall(r"(\D*)(\d*)", name)]


def _everybody(everything: Sequence[ClassResults]) -> set[str]:
    found: set[str] = set()
    for results in everything:
        found.update(student.student_id for student in results.students)
        found.update((*results.missing, *results.ungraded))
    return found


def _names(everything: Sequence[ClassResults]) -> dict[str, str]:
    found: dict[str, str] = {}
    for results in everything:
        found.update({student.student_id: student.name for student in results.students})
        found.update(results.names)
    return found


def _without_words(one: Trouble) -> Trouble:
    """The reason why a submission cannot be graded may quote names of files and of people."""
    return replace(one, reasons=one.without_words or one.reasons, without_words=())


def _without_names(cluster: Cluster, known: Vocabulary) -> Cluster:
    lines = []
    for line in cluster.lines:
        tree = parse(line.strip())
        # The head of a loop alone is no code: it gets something to do.
        tree = tree if tree is not None else parse(f"{line.strip()} pass")
        if isinstance(tree, ast.Module) and (text := anonymous_code(tree, known)):
            lines.append(text)
    return Cluster(cluster.students, cluster.share, cluster.exercises, tuple(lines))


def _examples(
    results: ClassResults, misconceptions: Sequence[MisconceptionFigures], known: Vocabulary
) -> dict[tuple[str, str], str]:
    """For each misconception the shortest code that shows it, preferably it alone."""
    students = {student.student_id: student for student in results.students}
    found: dict[tuple[str, str], str] = {}
    for figures in misconceptions:
        holders = sorted(
            (students[who] for who in figures.students),
            key=lambda one: _simplicity(one, figures.exercise),
        )
        candidates = []
        for student in holders[:_MOST_CANDIDATES]:
            code = example_of(student.sources.get(figures.exercise, ""), figures.exercise, known)
            if code:
                alone = len(student.exercises[figures.exercise].misconceptions)
                candidates.append((alone, len(code), code))
        if candidates:
            found[figures.exercise, figures.name] = min(candidates)[2]
    return found


def _simplicity(student: StudentResult, exercise: str) -> tuple[int, int]:
    source = student.sources.get(exercise, "")
    return len(student.exercises[exercise].misconceptions), len(source) or _NO_SOURCE
