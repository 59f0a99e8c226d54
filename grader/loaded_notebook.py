"""A submission's notebook, loaded in the sandbox and brought back whenever it is lost.

A cell that ends or hangs the process costs itself: the notebook is loaded once more without it. An
exercise that takes the loaded notebook down with it costs itself: the next one finds it loaded
again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.assignment import Assignment
from grader.cases import JudgedCase
from grader.exercise import Exercise
from grader.reference_process import ReferenceProcess
from grader.sandbox import wire
from grader.sandbox.host import Worker
from grader.sandbox.outcome import Outcome
from grader.sandbox.session import LoadReport, Probe, Session
from utils.checks.plain_data import to_json

_LOST_CELLS_BEFORE_DEFINITIONS_ONLY = 4
_LOST_CELLS_BEFORE_GIVING_UP = 12
_FIRST_LOOK_SECONDS = 3.0
"""For all exercises together; they take some hundredths of a second, unless one hangs."""


class LoadedNotebook:
    """Answers for the functions of one submission.

    Parameters:
        cells: the code cells to run, as ``(id, source)``.
        assignment: whose set-up is run first.
        worker: where to run them.
    """

    def __init__(
        self, cells: tuple[tuple[str, str], ...], assignment: Assignment, worker: Worker
    ) -> None:
        self.cells = cells
        self.assignment = assignment
        self.worker = worker
        self.deadline = time.monotonic() + worker.limits.submission_seconds
        self.errors: dict[str, dict[str, str]] = {}
        self.lost: dict[str, str] = {}
        self._expensive = [e.name for e in assignment.exercises if e.expensive]
        self._session: Session | None = None
        self._definitions_only = False

    def __enter__(self) -> LoadedNotebook:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._session is not None:
            self._session.close()

    def first_look(
        self, probes: Sequence[tuple[Exercise, tuple[JudgedCase, ...]]]
    ) -> dict[str, list[Outcome]]:
        """Run many exercises in one fork: most are right, and need no more than that.

        Returns:
            The outcomes of each exercise that ran to its end. What is not right among them, and
            what is left out, may be another exercise's doing: ask :meth:`outcomes` before judging.
        """
        if not probes:
            return {}  # nobody has worked on anything: the notebook need not be loaded
        session = self._loaded()
        if session is None:
            return {}
        together = [
            Probe(
                exercise.name,
                [judged.encoded_arguments for judged in cases],
                exercise.comparison.keep_inputs,
            )
            for exercise, cases in probes
        ]
        until = min(self.deadline, time.monotonic() + _FIRST_LOOK_SECONDS)
        return session.probe_together(together, until)

    def outcomes(
        self,
        exercise: Exercise,
        cases: tuple[JudgedCase, ...],
        references: dict[str, Callable[..., Any]],
    ) -> list[Outcome] | None:
        """Run an exercise on its cases; None where the notebook has no such function.

        Parameters:
            exercise: the exercise.
            cases: its cases.
            references: earlier functions that the host answers.
        """
        while True:
            session = self._loaded()
            if session is None:
                lost = Outcome("timed out", message="the notebook as a whole took too long to load")
                return [lost] * len(cases)
            outcomes = self._probe(session, exercise, cases, references)
            if session.alive or self._definitions_only:
                return outcomes
            # The loaded notebook went down with the exercise. What its cells left running may be
            # to blame: load it once more with nothing but its definitions.
            self._definitions_only = True
            if outcomes is None or any(outcome.kind != "died" for outcome in outcomes):
                return outcomes

    def _probe(
        self,
        session: Session,
        exercise: Exercise,
        cases: tuple[JudgedCase, ...],
        references: dict[str, Callable[..., Any]],
    ) -> list[Outcome] | None:
        with ReferenceProcess(references) as process:
            return session.probe(
                exercise.name,
                [judged.encoded_arguments for judged in cases],
                list(references),
                process.answer,
                exercise.comparison.keep_inputs,
                self.deadline,
            )

    def trained(
        self,
        exercise: Exercise,
        arguments: tuple[Any, ...],
        replacements: Mapping[str, Any],
    ) -> tuple[Outcome, bool]:
        """Call a model once, for a whole training run.

        Parameters:
            exercise: the exercise, which has a training run.
            arguments: what the model is called with.
            replacements: functions of the notebook that give these values instead.

        Returns:
            What came of it, and whether all replaced functions were called.
        """
        session = self._loaded()
        if session is None:
            return Outcome("timed out", message="the notebook as a whole took too long"), False
        outcomes = session.probe(
            exercise.name,
            [to_json(arguments)],
            (),
            None,
            False,
            self.deadline + self.worker.limits.training_seconds,
            replacements,
            self.worker.limits.training_seconds,
        )
        if outcomes is None:
            return Outcome("died", message="it was there before, and is not any more"), False
        return outcomes[0], session.used >= replacements.keys()

    def _loaded(self) -> Session | None:
        while self._session is None or not self._session.alive:
            if time.monotonic() > self.deadline or len(self.lost) > _LOST_CELLS_BEFORE_GIVING_UP:
                return None
            self._session = self._load_once()
        return self._session

    def _load_once(self) -> Session | None:
        cells = [cell for cell in self.cells if cell[0] not in self.lost]
        try:
            session = self.worker.open()
        except wire.WireError:
            return None
        report = session.load(
            self.assignment.setup,
            cells,
            self._expensive,
            self._definitions_only or len(self.lost) >= _LOST_CELLS_BEFORE_DEFINITIONS_ONLY,
            self.deadline,
        )
        self._note(cells, report)
        return session if session.alive else None

    def _note(self, cells: list[tuple[str, str]], report: LoadReport) -> None:
        for index, error in report.errors.items():
            if 0 <= index < len(cells):
                self.errors[cells[index][0]] = error
        if report.lost is not None and 0 <= report.lost < len(cells):
            reason = "ran out of time" if report.hung else "ended the process"
            self.lost[cells[report.lost][0]] = reason
        elif report.lost is not None:
            self.lost[f"cell {report.lost}"] = "lost"
