"""Give students their feedback when an attempt is graded, as much of it as the teacher wants."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from course.language import _, language_of_metadata, speaking
from grader.exercises import assignment as assignments
from grader.feedback.attempt_sentences import handed_in, which_counts, why_not_graded
from grader.feedback.exchange import NoSecret, release_page, released_place, submission_secret
from grader.feedback.page import feedback_page, notice_page
from grader.files import write_whole
from grader.recording.attempts import Attempt, AttemptRecord
from grader.recording.autograded_folder import copy_exchange_files
from grader.recording.autograded_notebook import AutogradedNotebook
from grader.recording.gradebook_connection import open_gradebook
from grader.recording.grading import Grading
from grader.recording.grading_result import GradingResult
from grader.recording.submission_marks import own_marks, put_marks, recorded_marks
from grader.recording.timestamp import read_timestamp
from grader.settings.attempt_settings import Attempts
from grader.settings.course_directory import CourseDirectory
from grader.submission.submission_folder import language_of_folder

_PUBLIC_UNTIL_DUE = "public until due"
_WAITING = ".until_due"


class FeedbackPublisher:
    """Makes the pages of attempts and puts them where their students find them.

    Parameters:
        coursedir: nbgrader's ``CourseDirectory``.
        rules: what students see at once.
        lesson_link: see :class:`grader.settings.grading_settings.FairGrading`.
        outbound: the folder ``feedback/`` of the course in nbgrader's exchange; None where the
            class has none.
    """

    def __init__(
        self, coursedir: CourseDirectory, rules: Attempts, lesson_link: str, outbound: Path | None
    ) -> None:
        self._coursedir = coursedir
        self._rules = rules
        self._lesson_link = lesson_link
        self._outbound = outbound
        self._waiting = self._folder(coursedir.feedback_directory, ".", ".") / _WAITING

    def shows_public(self, student: str, assignment: str) -> bool:
        """Whether a student sees at first what the public cases say of an attempt.

        Parameters:
            student, assignment: whose attempt at what.

        Raises:
            GradebookSetupError: the gradebook cannot be opened.
        """
        if self._rules.feedback != _PUBLIC_UNTIL_DUE or self._outbound is None:
            return False
        with open_gradebook(self._coursedir) as gradebook:
            return _due_date(gradebook, student, assignment) is not None

    def graded(
        self,
        attempt: Attempt,
        done: GradingResult,
        earlier: Sequence[Attempt],
        gradebook: Any,
        public: GradingResult | None = None,
    ) -> None:
        """Give the feedback of an attempt that is graded, and recorded where it counts.

        Parameters:
            attempt: the attempt.
            done: what came of it; its folder has what was handed in.
            earlier: the attempts of the same student before it.
            gradebook: nbgrader's gradebook, which has its marks.
            public: what came of it on the public cases, where that is what is shown now.

        Raises:
            OSError: a page cannot be written.
        """
        if self._rules.feedback == "by hand":
            return
        due = None
        if self._rules.feedback == _PUBLIC_UNTIL_DUE:
            due = _due_date(gradebook, attempt.student, attempt.assignment)
        for name in _notebooks(attempt):
            made = _autograded(done, name)
            notebook = self._notebook(attempt, name, made)
            with speaking(language_of_metadata(notebook.metadata if notebook is not None else {})):
                said = [
                    handed_in(attempt.time, attempt.number),
                    *which_counts(attempt, earlier, self._rules.limit),
                ]
                page, grading = self._page(attempt, name, done, made, said, gradebook, notebook)
                if attempt.counts and due is None:
                    directory = self._coursedir.feedback_directory
                    folder = self._folder(directory, attempt.student, attempt.assignment)
                    folder.mkdir(parents=True, exist_ok=True)
                    write_whole(folder / f"{name}.html", page)
                    copy_exchange_files(done.folder, folder)
                place = self._place(done.folder, name)
                if place is None:
                    continue
                if due is not None:
                    folder = self._waiting / attempt.student / attempt.assignment
                    folder.mkdir(parents=True, exist_ok=True)
                    write_whole(folder / place.name, page)
                    page = self._until_due(attempt, name, said[:1], due, public, grading)
                release_page(place, page)

    def not_graded(self, attempt: Attempt, folder: Path, earlier: Sequence[Attempt]) -> None:
        """Say why an attempt is not graded.

        Parameters:
            attempt, earlier: see :meth:`graded`.
            folder: where it was handed in.
        """
        places = [self._place(folder, name) for name in _notebooks(attempt)]
        if not any(places):
            return
        with speaking(language_of_folder(folder, assignments.load(attempt.assignment))):
            sentence = why_not_graded(attempt, earlier, self._rules.limit)
            said = [handed_in(attempt.time, attempt.number)]
            page = notice_page(attempt.student, attempt.assignment, said, sentence)
        for place in filter(None, places):
            release_page(place, page)

    def chores(self) -> None:
        """Release the pages that have waited for the due date, where it is over."""
        pages = sorted(self._waiting.glob("*/*/*.html"))
        if not pages or self._outbound is None:
            return
        with open_gradebook(self._coursedir) as gradebook:
            for page in pages:
                student, assignment = page.parent.parent.name, page.parent.name
                if _due_date(gradebook, student, assignment) is None:
                    release_page(self._outbound / page.name, page.read_bytes())
                    page.unlink()

    def _notebook(
        self, attempt: Attempt, name: str, made: AutogradedNotebook | None
    ) -> NotebookNode | None:
        """An autograded notebook of an attempt; None where there is none."""
        if made is not None and not made.text:
            return None
        if attempt.counts:
            directory = self._coursedir.autograded_directory
            place = self._folder(directory, attempt.student, attempt.assignment)
            text = (place / f"{name}.ipynb").read_text(encoding="utf-8")
        elif made is not None:
            text = made.text
        else:
            return None
        notebook: NotebookNode = nbformat.from_dict(json.loads(text))  # ours: not to be checked
        return notebook

    def _page(
        self,
        attempt: Attempt,
        name: str,
        done: GradingResult,
        made: AutogradedNotebook | None,
        said: Sequence[str],
        gradebook: Any,
        notebook: NotebookNode | None,
    ) -> tuple[str, Grading | None]:
        if made is not None and not made.text:
            sentence = _("{name}.ipynb was not handed in.").format(name=name)
            return notice_page(attempt.student, attempt.assignment, said, sentence), None
        if notebook is None:
            problem = Grading(assignment=attempt.assignment, unreadable=done.problem)
            page = notice_page(attempt.student, attempt.assignment, said, done.problem, problem)
            return page, problem
        if attempt.counts:
            marks = recorded_marks(gradebook, name, attempt.assignment, attempt.student)
        else:
            assert made is not None
            marks = own_marks(notebook, made.marks, made.late_penalty)
        put_marks(notebook, marks)
        names = {
            "student": attempt.student,
            "assignment": attempt.assignment,
            "score": marks.score,
            "max_score": marks.max_score,
            "late_penalty": marks.late_penalty,
        }
        grading = Grading.read(notebook.metadata.get("grading"))
        return feedback_page(notebook, names, self._lesson_link, said), grading

    def _until_due(
        self,
        attempt: Attempt,
        name: str,
        said: Sequence[str],
        due: datetime,
        public: GradingResult | None,
        grading: Grading | None,
    ) -> str:
        """The page that is shown until the due date: what the public cases say, and no points."""
        when = due.strftime("%Y-%m-%d %H:%M UTC")
        made = _autograded(public, name) if public is not None else None
        if made is None or not made.text:
            sentence = _("Verdicts, points and messages are shown after the due date: {due}.")
            words = sentence.format(due=when)
            return notice_page(attempt.student, attempt.assignment, said, words, grading)
        sentence = _(
            "These verdicts are those of the public cases, which your notebook has as well. Marks "
            "are given on other cases; they are shown after the due date: {due}."
        )
        notebook = nbformat.from_dict(json.loads(made.text))
        put_marks(notebook, own_marks(notebook, made.marks))
        names = {"student": attempt.student, "assignment": attempt.assignment}
        return feedback_page(notebook, names, self._lesson_link, said, sentence.format(due=when))

    def _place(self, folder: Path, notebook: str) -> Path | None:
        """Where the student looks for the page of a submission; None if there is no such place."""
        if self._outbound is None:
            return None
        try:
            secret = submission_secret(folder)
        except NoSecret:
            return None
        if not self._outbound.is_dir():
            self._outbound.mkdir(parents=True)
            os.chmod(self._outbound, 0o2771 if self._coursedir.groupshared else 0o711)
        return released_place(self._outbound, secret, notebook)

    def _folder(self, directory: str, student: str, assignment: str) -> Path:
        return Path(self._coursedir.format_path(directory, student, assignment))


def attempt_of(
    coursedir: CourseDirectory, student: str, assignment: str
) -> tuple[datetime, int | None] | None:
    """When the attempt that was graded last was handed in, and which it is; None: not known.

    Parameters:
        coursedir: nbgrader's ``CourseDirectory``.
        student, assignment: whose submission of what.
    """
    place = coursedir.format_path(coursedir.autograded_directory, student, assignment)
    time = read_timestamp(Path(place))[0]
    if time is None:
        return None
    utc = time.replace(tzinfo=UTC)
    known = AttemptRecord(Path(coursedir.root)).at(student, assignment, utc)
    return utc, known.number if known else None


def _notebooks(attempt: Attempt) -> list[str]:
    """The names of the notebooks, which are others than the assignment's in some courses."""
    return [part.notebook_name for part in assignments.load(attempt.assignment).parts]


def _autograded(done: GradingResult, name: str) -> AutogradedNotebook | None:
    made = done.autograded.notebooks if done.autograded is not None else ()
    return next((one for one in made if one.name == name), None)


def _due_date(gradebook: Any, student: str, assignment: str) -> datetime | None:
    """The student's due date in UTC; None if it is over, or if there is none."""
    from nbgrader import api

    due, extension = gradebook.find_assignment(assignment).duedate, None
    with suppress(api.MissingEntry):
        extension = gradebook.find_submission(assignment, student).extension
    if due is None:
        return None
    ends: datetime = due.replace(tzinfo=UTC) + (extension or timedelta())
    return ends if ends > datetime.now(UTC) else None
