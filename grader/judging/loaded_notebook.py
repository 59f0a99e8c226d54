"""A submission's notebook, loaded in the sandbox: runs of its functions.

An exercise that takes the loaded notebook down with it costs itself: the next one finds it loaded
again (:mod:`grader.judging.notebook_process`).

Everything has a clock of its own, so that nothing that is slow takes another one's marks: the
loading of the notebook, every run of an exercise, all runs of an exercise together, and every
training run. All that a submission can take is their sum.

The cases that a worker has ready are those of the whole class. They are in the notebook's process
only while nothing but plain functions is run there. Whatever else is run is handed the arguments of
its own cases, and finds no others.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from grader.exercises.assignment import Assignment
from grader.exercises.exercise import Exercise
from grader.judging.notebook_process import NotebookProcess
from grader.judging.plain_functions import plain_functions
from grader.judging.reference_process import reference_process
from grader.sandbox.host.calls import OWN, Answer, Answers, Probe, readable_outcomes
from grader.sandbox.host.outcome import Outcome
from grader.sandbox.host.session import Beside
from grader.sandbox.host.worker import Worker
from grader.submission.own_files import module_names

_MOST_RUNS = 4
"""How many times :attr:`Limits.exercise_seconds` all runs of one exercise may take together: as it
was submitted, with the reference for earlier functions, and to find out which of those it is."""

_LOOK_SECONDS = 3.0
"""For all exercises together; they take some hundredths of a second, unless one hangs."""

_LONG_LOAD_SECONDS = 1.0
"""A notebook that takes longer is loaded as rarely as can be, and forked instead."""

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
        asked: whether the last run with references called any of them.
        process: the process in which it is loaded.
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
        self.cells = cells
        self.assignment = assignment
        self.worker = worker
        known = assignment.given_functions | {exercise.name for exercise in assignment.exercises}
        own = module_names(beside.own if beside else ())
        sources = [source for _id, source in cells] if first_sight else []
        self.plain = plain_functions(sources, known, own)
        self._references = reference_process(assignment)
        self.asked = False
        expensive = [e.name for e in assignment.exercises if e.expensive]
        self.process = NotebookProcess(cells, expensive, worker, beside)
        self._end = 0.0
        self._left: dict[str, float] = {}  # seconds of each exercise whose clock was started

    def __enter__(self) -> LoadedNotebook:
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.close()

    @contextmanager
    def clock_of(self, name: str) -> Iterator[None]:
        """Run one exercise, or go on with it: its time is its own, and so is what it may spoil."""
        left = self._left.get(name, _MOST_RUNS * self.worker.limits.exercise_seconds)
        self._end = time.monotonic() + left - self.process.load_seconds
        self.process.begin_anew()
        yield
        self._left[name] = self._until - time.monotonic()

    @property
    def _until(self) -> float:
        """When the time of the exercise is over; that of loading does not count."""
        return self._end + self.process.load_seconds

    def first_look(self, exercises: Sequence[tuple[Exercise, int]]) -> dict[str, Answers]:
        """Run many exercises in the notebook's own process: most are right, and need no more.

        Parameters:
            exercises: each with the number of its cases; all of them plain, so that what they give
                here is what they give.

        Returns:
            The answers of each exercise that ran to its end.
        """
        return self._in_one_process([self._probe(one.name, count) for one, count in exercises])

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
        if not exercises or self.process.last_load_seconds > _LONG_LOAD_SECONDS:
            return {}
        self.process.close()
        return self._in_one_process(
            [self._probe(exercise.name, len(given), given=given) for exercise, given in exercises]
        )

    def _in_one_process(self, waiting: list[Probe]) -> dict[str, Answers]:
        """The answers of those that ran to their end; plain functions find the class's cases."""
        plain = all(probe.function in self.plain for probe in waiting)
        found: dict[str, Answers] = {}
        fatal: set[str] = set()
        until = self._end_of_a_look()
        for _attempt in range(_MOST_LOOKS):
            session = self.process.session(with_cases=plain) if waiting else None
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
        session = self.process.session(fresh=True, with_cases=True)
        if session is None:
            return None
        probe = self._probe(exercise.name, count, references, only)
        until = self._end_of_a_look()
        answer = self._answering(references)
        return session.look([probe], answer, until, harmless=True).get(exercise.name)

    def _answering(self, references: Collection[str]) -> Answer:
        """What answers the calls of references, and takes note that there are some."""
        self.asked = False
        answer = self._references.allowing(references)

        def answer_and_note(call: bytes, deadline: float) -> bytes:
            self.asked = True
            return answer(call, deadline)

        return answer_and_note

    def _end_of_a_look(self) -> float:
        return time.monotonic() + min(_LOOK_SECONDS, self.worker.limits.exercise_seconds)

    def _probe(
        self,
        function: str,
        count: int,
        references: Collection[str] = (),
        only: int | None = None,
        given: Sequence[Any] | None = None,
    ) -> Probe:
        drawing = {name: self._references.draws(name) for name in references}
        return Probe(function, count, drawing, only, given)

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
            self.process.close()
        try:
            return self._forked(exercise, given, references, self._answering(references))
        finally:
            if references:
                self.process.close()

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
            session = self.process.session(fresh=True)
            if session is None:
                lost = Outcome("timed out", message="the notebook could not be loaded in time")
                return [lost] * len(given)
            if time.monotonic() > self._until:
                lost = Outcome("timed out", message="all its runs together took too long")
                return [lost] * len(given)
            probe = self._probe(exercise.name, len(given), stand_ins, given=given)
            outcomes = session.probe(probe, answer, self._until)
            if session.alive or self.process.definitions_only:
                return outcomes
            # The loaded notebook went down with the exercise. What its cells left running may be
            # to blame: load it once more with nothing but its definitions.
            self.process.definitions_only = True
            if {outcome.kind for outcome in outcomes or ()} != {"died"}:
                return outcomes

    def once_more(
        self, exercise: Exercise, given: Sequence[Any], references: Collection[str] = ()
    ) -> list[Outcome] | None:
        """Run an exercise a second time and elsewhere, to see whether it gives the same.

        That is in the process of a notebook freshly loaded, or in another fork where loading takes
        long.

        Parameters:
            exercise, given, references: as for :meth:`outcomes`.

        Returns:
            One outcome a case; None where there is none to be had.
        """
        if self.process.last_load_seconds > _LONG_LOAD_SECONDS:
            return self.outcomes(exercise, given, references)
        self.process.close()
        session = self.process.session()
        if session is None:
            return None
        seconds = _PATIENCE * self.worker.limits.exercise_seconds
        until = min(self._until, time.monotonic() + seconds)
        probe = self._probe(exercise.name, len(given), references, given=given)
        answer = self._answering(references)
        try:
            return readable_outcomes(session.look([probe], answer, until).get(exercise.name))
        finally:
            if references:
                self.process.close()

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
        session = self.process.session(fresh=True)
        if session is None:
            return {}
        until = min(self._until, time.monotonic() + self.worker.limits.exercise_seconds)
        more = [(f"edited {number}", source) for number, source in enumerate(cells)]
        session.load(more, (), False, False, until, with_cases=False)
        if not session.alive:
            return {}
        probes = [self._probe(name, len(given), references, given=given) for name in functions]
        answer = self._answering(references)
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
        session = self.process.session(fresh)
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
