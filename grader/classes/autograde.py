"""Grade all of ``submitted/`` in parallel, into the gradebook."""

from __future__ import annotations

import logging
import shlex
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from grader.classes.cluster import ClusterError, grade_on_cluster
from grader.classes.folder_grader import digest_in
from grader.classes.grading_job import GradingJob, grading_job
from grader.classes.hooks import Hooks
from grader.classes.pool import WarmPool, grade_folders, jobs_for, keep_for_good
from grader.exercises import assignment as assignments
from grader.paths import PROGRAM
from grader.recording.gradebook_connection import GradebookSetupError
from grader.recording.gradebook_setup import ensure_in_gradebook
from grader.recording.gradebook_trouble import RecordError
from grader.recording.grading_lock import grading_alone
from grader.recording.grading_need import grading_need
from grader.recording.grading_result import GradingResult
from grader.recording.recorder import Recorder
from grader.settings.autograde_settings import autograde_step, ignored_settings, not_in_gradebook
from grader.settings.class_folders import chosen_students
from grader.settings.course import Course, load_course
from grader.submission.submission_folder import InvalidStudentId, check_student_id

Log = logging.Logger | logging.LoggerAdapter[Any]
_LOG = logging.getLogger(__name__)


@dataclass
class Plan:
    """Which submissions are to be graded, and which are not, and why.

    Attributes:
        to_grade: student and folder of what is new or has changed, or all of it when forced.
        up_to_date: students whose submissions are graded already and have not changed.
        stale: students whose marks are of an older edition of the assignment.
        refused: student folders that cannot be graded at all, with the reason.
    """

    to_grade: list[tuple[str, Path]] = field(default_factory=list)
    up_to_date: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was handed in."""
        return not (self.to_grade or self.up_to_date or self.stale or self.refused)


class Progress(Protocol):
    """Whoever is told how a run goes on."""

    def start(self, total: int, jobs: int) -> None:
        """``total`` submissions are to be graded, ``jobs`` at the same time."""

    def graded(self, done: GradingResult) -> None:
        """A submission is graded and recorded."""

    def problem(self, student_id: str, sentence: str) -> None:
        """The submission of a student cannot be graded."""

    def warn(self, sentence: str) -> None:
        """Something that whoever started the run must know."""

    def end(self, plan: Plan) -> None:
        """Everything is done."""


def autograde(
    assignment_name: str,
    report: Progress,
    student: str | None = None,
    force: bool = False,
    isolated: bool = True,
    jobs: int | None = None,
    scheduler: str | None = None,
    notebook: str = "*",
) -> int:
    """Grade what was submitted and record the marks; go on where an earlier run stopped.

    Parameters:
        assignment_name: the assignment.
        report: who is told how it goes on.
        student: only this student.
        force: grade again what has been graded already.
        isolated: whether to use the sandbox.
        jobs: how many submissions to grade at the same time.
        scheduler: the address of a Dask scheduler, to grade on its cluster.
        notebook: only the notebooks whose names this pattern matches.

    Returns:
        The exit status: 0; 1 where some submissions could not be graded, or none at all.
    """
    course = load_course()
    assignment = assignments.load(assignments.full_name(assignment_name))
    assignment.notebooks_like(notebook)  # told before anything is begun
    job = grading_job(course, assignment, isolated, not scheduler, notebook)
    step = autograde_step(course.coursedir)
    step.force = step.force or force
    course.coursedir.student_id = student or course.coursedir.student_id
    if not job.isolated:
        report.warn("WITHOUT THE SANDBOX: students' code can do whatever you can do.")
    try:
        plan, problems = grade_class(course, job, step, report, jobs, scheduler)
    except (RecordError, GradebookSetupError, ClusterError) as error:
        report.warn(str(error))
        return 1
    except KeyboardInterrupt:
        report.warn("Stopped. What is graded is recorded; run the same command again to go on.")
        return 130
    if plan.is_empty:
        where = course.folder("submitted", student or "*", assignment.name)
        report.warn(f"Nothing was handed in: there is no {where}.")
        return 1
    if plan.stale:
        names = ", ".join(plan.stale[:10]) + (", ..." if len(plan.stale) > 10 else "")
        report.warn(
            f"{len(plan.stale)} marks are stale, because the assignment has changed since: "
            f"{names}. See what would change, and grade it again, with: "
            f"{PROGRAM} regrade {shlex.quote(assignment.name)}"
        )
    report.end(plan)
    return 1 if problems else 0


def grade_class(
    course: Course,
    job: GradingJob,
    step: Any,
    report: Progress,
    jobs: int | None = None,
    scheduler: str | None = None,
    log: Log = _LOG,
) -> tuple[Plan, int]:
    """Grade what was submitted of an assignment and record the marks.

    Parameters:
        course: the configured course, which says whose submissions are asked for.
        job: how they are graded.
        step: nbgrader's converter for autograding, with its settings and hooks.
        report: who is told how it goes on.
        jobs: how many submissions to grade at the same time; 1 uses this process.
        scheduler: the address of a Dask scheduler, to grade on its cluster.
        log: where notes about single submissions go.

    Returns:
        What was to be graded and what was not, and how many submissions could not be graded.

    Raises:
        SandboxError, RecordError, GradebookSetupError, ClusterError: grading cannot go on.
    """
    assignment = job.assignment
    with grading_alone(course.coursedir, assignment.name):
        plan = _plan(course, job, step.force)
        if plan.is_empty:
            return plan, 0
        for student_id, reason in plan.refused:
            report.problem(student_id, reason)
        count = jobs_for(len(plan.to_grade), jobs)
        in_pool = count > 1 and not scheduler
        problems = 0
        with (
            WarmPool(job, count) if in_pool else nullcontext() as pool,
            Recorder(course.coursedir, log=log) as recorder,
        ):
            if ensure_in_gradebook(assignment, course.coursedir):
                log.info("%s was brought into the gradebook", assignment.name)
            for sentence in ignored_settings(step):
                report.warn(sentence)
            if not step.create_student:
                _refuse_strangers(plan, recorder, report)
            report.start(len(plan.to_grade), count)
            # In the order of the folders, whoever is graded first: nbgrader exports them like this.
            recorder.marks.add_students(student_id for student_id, _folder in plan.to_grade)
            keep_for_good()
            hooks = Hooks(step, job)
            submissions = hooks.each_before(plan.to_grade)
            results = (
                grade_on_cluster(submissions, job, scheduler)
                if scheduler
                else grade_folders(submissions, job, count, pool=pool)
            )
            for done in results:
                recorder.record_folder(done, assignment)
                if hooks.wanted_after:
                    recorder.flush()
                    hooks.after(done.folder)
                if done.graded is None:
                    problems += 1
                    report.problem(done.student_id, done.problem)
                report.graded(done)
            for penalty in recorder.renew_penalties(assignment, [*plan.up_to_date, *plan.stale]):
                report.warn(penalty.in_words())
    return plan, problems + len(plan.refused)


def _plan(course: Course, job: GradingJob, force: bool) -> Plan:
    """Decide what is to be graded."""
    assignment = job.assignment
    plan = Plan()
    folders = course.submissions(assignment.name)
    for student_id in chosen_students(course.coursedir, folders):
        folder = folders[student_id]
        try:
            check_student_id(student_id)
        except InvalidStudentId as error:
            plan.refused.append((student_id, str(error)))
            continue
        need = grading_need(
            folder,
            course.folder("autograded", student_id, assignment.name),
            assignment,
            digest_in(folder, assignment),
            force,
            job.notebook,
        )
        if need.reason is not None:
            plan.to_grade.append((student_id, folder))
        elif need.stale:
            plan.stale.append(student_id)
        else:
            plan.up_to_date.append(student_id)
    return plan


def _refuse_strangers(plan: Plan, recorder: Recorder, report: Progress) -> None:
    """Leave out whom the gradebook does not know."""
    for student_id, folder in list(plan.to_grade):
        if not recorder.marks.has_student(student_id):
            plan.to_grade.remove((student_id, folder))
            plan.refused.append((student_id, not_in_gradebook(student_id)))
            report.problem(*plan.refused[-1])
