"""The sandbox's process of a notebook: loaded, and brought back whenever it is lost.

A cell that ends or hangs the process costs itself: the notebook is loaded once more without it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection

from course.language import _
from grader.sandbox import wire
from grader.sandbox.guest.cell_failures import EVERYTHING
from grader.sandbox.host.outcome import Retired
from grader.sandbox.host.session import Beside, LoadReport, Session
from grader.sandbox.host.worker import Worker

_NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")
_LOST_CELLS_BEFORE_DEFINITIONS_ONLY = 4
_LOST_CELLS_BEFORE_GIVING_UP = 12
_UNWATCHED_SECONDS = 5.0
"""How long a notebook may take to load before it is loaded again with an eye on its cells."""

_HUNG = "ran out of time"


class NotebookProcess:
    """Loads a notebook, as often as that is needed.

    Parameters:
        cells: the code cells to run, as ``(id, source)``.
        expensive: functions that their statements must not call.
        worker: where to run them.
        beside: the files that the notebook finds beside it.

    Attributes:
        errors: for each cell that failed, by its id, the exception.
        lost: for each cell that ended or hung the process, which of these it did.
        lacking: for names that no cell has set because a statement failed, the first cause.
        retired: what older versions had and the cells made use of.
        definitions_only: whether nothing but its definitions is to be loaded, until
            :meth:`begin_anew`.
        last_load_seconds, load_seconds: how long loading took the last time, and all together.
    """

    def __init__(
        self,
        cells: tuple[tuple[str, str], ...],
        expensive: Collection[str],
        worker: Worker,
        beside: Beside | None,
    ) -> None:
        self._cells = cells
        self._expensive = expensive
        self._worker = worker
        self._beside = beside
        self.errors: dict[str, dict[str, str]] = {}
        self.lost: dict[str, str] = {}
        self.lacking: dict[str, dict[str, str]] = {}
        self.retired: tuple[Retired, ...] = ()
        self.definitions_only = False
        self.last_load_seconds = 0.0
        self.load_seconds = 0.0
        self._session: Session | None = None
        self._loading_left = worker.limits.submission_seconds
        self._is_slow = False
        self._watched = False

    def session(self, fresh: bool = False, with_cases: bool = False) -> Session | None:
        """The notebook, loaded; None where that takes too long.

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
            self.load_seconds += spent
            if self._session is None:
                self._loading_left -= spent
        return self._session

    def begin_anew(self) -> None:
        """Load all cells again, whatever an exercise has spoilt, unless that takes too long."""
        self.definitions_only = self._is_slow

    def close(self) -> None:
        """End the notebook's process; it is loaded again when it is needed."""
        if self._session is not None:
            self._session.close()

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

    def _has_time_to_load(self) -> bool:
        """Whether the notebook may be loaded once more, if need be with its definitions alone."""
        if self._loading_left <= 0 and not self._is_slow:
            self._is_slow = self.definitions_only = True
            self._loading_left = self._worker.limits.cell_seconds
            self.lost = {cell: why for cell, why in self.lost.items() if why != _HUNG}
        return self._loading_left > 0

    def _load_once(self, with_cases: bool) -> Session | None:
        cells = [cell for cell in self._cells if cell[0] not in self.lost]
        try:
            session = self._worker.open()
        except wire.WireError:
            return None
        began = time.monotonic()
        until = began + self._loading_left
        report = session.load(
            cells,
            self._expensive,
            self.definitions_only or len(self.lost) >= _LOST_CELLS_BEFORE_DEFINITIONS_ONLY,
            self._watched,
            until if self._watched else min(until, began + _UNWATCHED_SECONDS),
            self._beside,
            with_cases,
        )
        self.last_load_seconds = time.monotonic() - began
        self._note(cells, report)
        if not session.alive:
            self._watched = True  # the next time, to learn which cell it is
            return None
        return session

    def _note(self, cells: list[tuple[str, str]], report: LoadReport) -> None:
        self.lacking = report.lacking or self.lacking
        self.retired = report.retired or self.retired
        for index, error in report.errors.items():
            self.errors[cells[index][0]] = error
        if report.lost is not None and 0 <= report.lost < len(cells):
            reason = _HUNG if report.hung else "ended the process"
            self.lost[cells[report.lost][0]] = reason
        elif report.lost is not None:
            self.lost[f"cell {report.lost}"] = "lost"
