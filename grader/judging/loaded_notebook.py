"""A submission's notebook, loaded in the sandbox and brought back whenever it is lost.

A cell that ends or hangs the process costs itself: the notebook is loaded once more without it. An
exercise that takes the loaded notebook down with it costs itself: the next one finds it loaded
again.

Everything has a clock of its own, so that nothing that is slow takes another one's marks: the
loading of the notebook, every run of an exercise, all runs of an exercise together, and every
training run. All that a submission can take is their sum.

The cases that a worker has ready are those of the whole class. They are in the notebook's process
only while nothing but plain functions is run there. Whatever else is run is handed the arguments of
its own cases, and finds no others.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from course.language import _
from grader.exercises.assignment import Assignment
from grader.exercises.exercise import Exercise
from grader.judging.plain_functions import plain_functions
from grader.judging.reference_process import reference_process
from grader.sandbox import wire
from grader.sandbox.guest.cell_failures import EVERYTHING
from grader.sandbox.host.outcome import Outcome, Retired
from grader.sandbox.host.session import OWN, Answer, Answers, Beside, LoadReport, Probe, Session
from grader.sandbox.host.worker import Worker
from grader.submission.own_files import module_names

_NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")
_LOST_CELLS_BEFORE_DEFINITIONS_ONLY = 4
_LOST_CELLS_BEFORE_GIVING_UP = 12
_MOST_RUNS = 4
"""How many times :attr:`Limits.exercise_seconds` all runs of one exercise may take together: as it
was submitted, with the reference for earlier functions, and to find out which of those it is."""

_LOOK_SECONDS = 3.0
"""For all exercises together; they take some hundredths of a second, unless one hangs."""

_LONG_LOAD_SECONDS = 1.0
"""A notebook that takes longer is loaded as rarely as can be, and forked instead."""

_UNWATCHED_SECONDS = 5.0
"""How long a notebook may take to load before it is loaded again with an eye on its cells."""

_HUNG = "ran out of time"
_PATIENCE = 3
"""How many times as long as the first time an exercise may take when it is run once more."""

_MOST_LOOKS = 3
"""How often the notebook is loaded again for a look, after exercises that ended its process."""


class LoadedNotebook:
    """Answers for the functions of one submission.

    Parameters:
        cells: the code cells to run, as ``(id, source)``.
        assignment: whose set-up is run first.
        worker: where to run them.
        beside: the files that the notebook finds beside it.
        first_sight: whether plain functions are judged by one call beside the others; without,
            every exercise is judged by itself, and the marks are the same.

    Attributes:
        plain: the functions that do nothing but compute (:mod:`grader.judging.plain_functions`);
            none where none is to be judged at first sight.
    """

    def __init__(
        self,
        cells: tuple[tuple[str, str], ...],
        assignment: Assignment,
        worker: Worker,
        beside: Beside | None = None,
        first_sight: bool = True,
    ) -> None:
        self._beside = beside
        self.cells = cells
        self.assignment = assignment
        self.worker = worker
        self.retired: tuple[Retired, ...] = ()
        known = assignment.given_functions | {exercise.name for exercise in assignment.exercises}
        own = module_names(beside.own if beside else ())
        sources = [source for _id, source in cells] if first_sight else []
        self.plain = plain_functions(sources, known, own)
        self.errors: dict[str, dict[str, str]] = {}
        self.lost: dict[str, str] = {}
        self.lacking: dict[str, dict[str, str]] = {}
        self._references = reference_process(assignment)
        self._expensive = [e.name for e in assignment.exercises if e.expensive]
        self._session: Session | None = None
        self._loading_left = worker.limits.submission_seconds
        self._until = 0.0
        self._left: dict[str, float] = {}  # seconds of each exercise whose clock was started
        self._loads_definitions_only = False
        self._definitions_only = False
        self._watched = False
        self._load_seconds = 0.0

    def __enter__(self) -> LoadedNotebook:
        return self

    def __exit__(self, *_error: object) -> None:
        self._close()

    def load(self) -> bool:
        """Load the notebook now, if it is not loaded; False where it takes too long."""
        return self._loaded(with_cases=bool(self.plain)) is not None

    def why_not_set(self, message: str) -> str:
        """Why a name is not defined, where a line that failed is to blame: a sentence, or nothing.

        Parameters:
            message: of the exception.
        """
        found = _NOT_DEFINED.search(message)
        if found is None:
            return ""
        if error := self.lacking.get(found[1]):
            return "\n" + _(
                "{name} was not set, because this line of the notebook stopped with {type} "
                "({message}): {line}"
            ).format(name=found[1], **error)
        if error := self.lacking.get(EVERYTHING):
            return "\n" + _(
                "Nothing was imported by this line of the notebook, which stopped with {type} "
                "({message}): {line}"
            ).format(**error)
        return ""

    @contextmanager
    def clock_of(self, name: str) -> Iterator[None]:
        """Run one exercise, or go on with it: its time is its own, and so is what it may spoil."""
        left = self._left.get(name, _MOST_RUNS * self.worker.limits.exercise_seconds)
        self._until = time.monotonic() + left
        self._definitions_only = self._loads_definitions_only
        yield
        self._left[name] = self._until - time.monotonic()

    def first_look(self, exercises: Sequence[tuple[Exercise, int]]) -> dict[str, Answers]:
        """Run many exercises in the notebook's own process: most are right, and need no more.

        Parameters:
            exercises: each with the number of its cases; all of them plain, so that what they give
                here is what they give.

        Returns:
            The answers of each exercise that ran to its end.
        """
        return self._in_one_process([self._probe(exercise, count) for exercise, count in exercises])

    def beside_others(
        self, exercises: Sequence[tuple[Exercise, Sequence[Any]]]
    ) -> dict[str, Answers]:
        """Run exercises, whatever they do, one after another in a notebook loaded anew.

        Parameters:
            exercises: each with the arguments of its cases, encoded as plain data.

        Returns:
            The answers of those that ran to their end; one may have spoilt another. None are there
            where the notebook takes long to load.
        """
        if not exercises or self._load_seconds > _LONG_LOAD_SECONDS:
            return {}
        self._close()
        return self._in_one_process(
            [self._probe(exercise, len(given), given=given) for exercise, given in exercises]
        )

    def _in_one_process(self, waiting: list[Probe]) -> dict[str, Answers]:
        """The answers of those that ran to their end; plain functions find the class's cases."""
        plain = all(probe.function in self.plain for probe in waiting)
        found: dict[str, Answers] = {}
        fatal: set[str] = set()
        until = self._end_of_a_look()
        for _attempt in range(_MOST_LOOKS):
            session = self._loaded(with_cases=plain) if waiting else None
            if session is None or time.monotonic() > until:
                break
            seen = session.look(waiting, None, until, harmless=plain)
            found |= seen
            if session.alive:
                break
            # An exercise has taken the notebook down with it: it is judged by itself later. So may
            # those that call it, which therefore come last.
            fatal.add(waiting[len(seen)].function)
            waiting = waiting[len(seen) + 1 :]
            waiting.sort(key=lambda probe: self._builds_on(probe.function, fatal))
        return found

    def second_look(
        self, exercise: Exercise, references: Collection[str], count: int, only: int | None = None
    ) -> Answers | None:
        """Run a plain exercise where :meth:`first_look` did, earlier ones answered by the host.

        Parameters:
            exercise: the exercise.
            references: the earlier functions.
            count: the number of cases.
            only: the one case to run; all where None.

        Returns:
            Its answers, which are to be taken as those of the first look; None where there are
            none to be had.
        """
        session = self._loaded(fresh=True, with_cases=True)
        if session is None:
            return None
        probe = self._probe(exercise, count, references, only)
        until = self._end_of_a_look()
        answer = self._references.allowing(references)
        return session.look([probe], answer, until, harmless=True).get(exercise.name)

    def _end_of_a_look(self) -> float:
        return time.monotonic() + min(_LOOK_SECONDS, self.worker.limits.exercise_seconds)

    def _probe(
        self,
        exercise: Exercise,
        count: int,
        references: Collection[str] = (),
        only: int | None = None,
        given: Sequence[Any] | None = None,
    ) -> Probe:
        drawing = {name: self._references.draws(name) for name in references}
        return Probe(exercise.name, count, drawing, only, given)

    def _builds_on(self, name: str, others: set[str]) -> bool:
        return not others.isdisjoint(self.assignment.foundations(name))

    def outcomes(
        self, exercise: Exercise, given: Sequence[Any], references: Collection[str] = ()
    ) -> list[Outcome] | None:
        """Run an exercise on its cases, in a fork of the notebook as it was loaded.

        Parameters:
            exercise: the exercise.
            given: the arguments of each case, encoded as plain data.
            references: earlier functions that the reference answers. They could be asked anything,
                so the notebook is loaded for this alone, and nothing is run in it afterwards.

        Returns:
            One outcome a case; None where the notebook has no such function.
        """
        if references:
            self._close()
        try:
            return self._forked(exercise, given, references, self._references.allowing(references))
        finally:
            if references:
                self._close()

    def behind_stand_ins(
        self, exercise: Exercise, given: Sequence[Any], own: Collection[str]
    ) -> list[Outcome] | None:
        """Run an exercise as :meth:`outcomes` does with references, but have none of them answer.

        Parameters:
            exercise, given: as for :meth:`outcomes`.
            own: the earlier functions of the notebook that are called through stand-ins, which look
                like those of the reference.
        """
        return self._forked(exercise, given, own, lambda _call, _deadline: OWN)

    def _forked(
        self, exercise: Exercise, given: Sequence[Any], stand_ins: Collection[str], answer: Answer
    ) -> list[Outcome] | None:
        while True:
            session = self._loaded(fresh=True)
            if session is None:
                lost = Outcome("timed out", message="the notebook could not be loaded in time")
                return [lost] * len(given)
            if time.monotonic() > self._until:
                lost = Outcome("timed out", message="all its runs together took too long")
                return [lost] * len(given)
            probe = self._probe(exercise, len(given), stand_ins, given=given)
            outcomes = session.probe(probe, answer, self._until)
            if session.alive or self._definitions_only:
                return outcomes
            # The loaded notebook went down with the exercise. What its cells left running may be
            # to blame: load it once more with nothing but its definitions.
            self._definitions_only = True
            if outcomes is None or any(outcome.kind != "died" for outcome in outcomes):
                return outcomes

    def once_more(self, exercise: Exercise, given: Sequence[Any]) -> list[Outcome] | None:
        """Run an exercise a second time and elsewhere, to see whether it gives the same.

        That is in the process of a notebook freshly loaded, or in another fork where loading takes
        long.

        Parameters:
            exercise, given: as for :meth:`outcomes`.

        Returns:
            One outcome a case; None where there is none to be had.
        """
        if self._load_seconds > _LONG_LOAD_SECONDS:
            return self.outcomes(exercise, given)
        self._close()
        session = self._loaded()
        if session is None:
            return None
        seconds = _PATIENCE * self.worker.limits.exercise_seconds
        until = min(self._until, time.monotonic() + seconds)
        probe = self._probe(exercise, len(given), given=given)
        answers = session.look([probe], None, until).get(exercise.name)
        try:
            return answers.outcomes() if answers else None
        except wire.WireError:
            return None

    def edited(
        self,
        exercise: Exercise,
        references: Collection[str],
        cells: Sequence[str],
        functions: Sequence[str],
        given: Sequence[Any],
    ) -> dict[str, Answers]:
        """Run more cells in the notebook's own process, and call functions that they define.

        Whoever is done with them closes the notebook.

        Parameters:
            exercise: of which the functions are edited versions.
            references: earlier functions that the reference answers.
            cells: their sources.
            functions: their names.
            given: the arguments of each case, encoded as plain data.

        Returns:
            The answers of each function that ran to its end.
        """
        session = self._loaded(fresh=True)
        if session is None:
            return {}
        until = min(self._until, time.monotonic() + self.worker.limits.exercise_seconds)
        more = [(f"edited {number}", source) for number, source in enumerate(cells)]
        session.load(more, (), False, False, until, with_cases=False)
        if not session.alive:
            return {}
        drawing = {name: self._references.draws(name) for name in references}
        probes = [Probe(name, len(given), drawing, given=given) for name in functions]
        answer = self._references.allowing(references)
        return session.look(probes, answer, until, harmless=exercise.name in self.plain)

    def trained(
        self,
        exercise: Exercise,
        arguments: Any,
        replacements: Mapping[str, Any],
        fresh: bool = True,
    ) -> tuple[Outcome, bool]:
        """Call a model once, for a whole training run.

        Parameters:
            exercise: the exercise, which has a training run.
            arguments: what the model is called with, encoded as plain data.
            replacements: functions of the notebook that give these values instead, encoded.
            fresh: whether nothing but the notebook's cells may have been run before.

        Returns:
            What came of it, and whether all replaced functions were called.
        """
        session = self._loaded(fresh)
        if session is None:
            return Outcome("timed out", message="the notebook could not be loaded in time"), False
        outcomes = session.probe(
            Probe(exercise.name, cases=1, given=[arguments]),
            None,
            time.monotonic() + self.worker.limits.training_seconds,
            replacements,
            self.worker.limits.training_seconds,
        )
        if outcomes is None:
            return Outcome("died", message="it was there before, and is not any more"), False
        return outcomes[0], session.used >= replacements.keys()

    def _loaded(self, fresh: bool = False, with_cases: bool = False) -> Session | None:
        """The notebook's process, loaded.

        Parameters:
            fresh: whether nothing may have been run in it that may have changed it.
            with_cases: whether the cases that the worker has ready must be there; without, they
                must not.
        """
        session = self._session
        if session is not None and session.alive:
            if (fresh and not session.is_fresh) or (with_cases and not session.has_cases):
                session.close()
            elif not with_cases:
                session.forget_cases()
        while self._session is None or not self._session.alive:
            if len(self.lost) > _LOST_CELLS_BEFORE_GIVING_UP or not self._has_time_to_load():
                return None
            began = time.monotonic()
            self._session = self._load_once(with_cases)
            spent = time.monotonic() - began
            self._until += spent
            if self._session is None:
                self._loading_left -= spent
        return self._session

    def close(self) -> None:
        """End the notebook's process; it is loaded again when it is needed."""
        self._close()

    def _close(self) -> None:
        if self._session is not None:
            self._session.close()

    def _has_time_to_load(self) -> bool:
        """Whether the notebook may be loaded once more, if need be with its definitions alone."""
        if self._loading_left <= 0 and not self._loads_definitions_only:
            self._loads_definitions_only = self._definitions_only = True
            self._loading_left = self.worker.limits.cell_seconds
            self.lost = {cell: why for cell, why in self.lost.items() if why != _HUNG}
        return self._loading_left > 0

    def _load_once(self, with_cases: bool) -> Session | None:
        cells = [cell for cell in self.cells if cell[0] not in self.lost]
        try:
            session = self.worker.open()
        except wire.WireError:
            return None
        began = time.monotonic()
        until = began + self._loading_left
        report = session.load(
            cells,
            self._expensive,
            self._definitions_only or len(self.lost) >= _LOST_CELLS_BEFORE_DEFINITIONS_ONLY,
            self._watched,
            until if self._watched else min(until, began + _UNWATCHED_SECONDS),
            self._beside,
            with_cases,
        )
        self._load_seconds = time.monotonic() - began
        self._note(cells, report)
        if not session.alive:
            self._watched = True  # the next time, to learn which cell it is
            return None
        return session

    def _note(self, cells: list[tuple[str, str]], report: LoadReport) -> None:
        self.lacking = report.lacking or self.lacking
        self.retired = report.retired or self.retired
        for index, error in report.errors.items():
            if 0 <= index < len(cells):
                self.errors[cells[index][0]] = error
        if report.lost is not None and 0 <= report.lost < len(cells):
            reason = _HUNG if report.hung else "ended the process"
            self.lost[cells[report.lost][0]] = reason
        elif report.lost is not None:
            self.lost[f"cell {report.lost}"] = "lost"
