"""Whose attempt is graded next: students take turns, each with one attempt at a time."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from grader.recording.attempts import GRADED, NOT_GRADED, REPLACED, AttemptRecord
from grader.settings.attempt_settings import Attempts
from grader.submission.hand_ins import HandIn

Key = tuple[str, str]
"""A student and an assignment."""


@dataclass(frozen=True)
class Turn:
    """What is to be done with an attempt now.

    Attributes:
        hand_in: the attempt.
        state: ``"graded"`` where it is to be graded; else why it is not (see
            :class:`grader.recording.attempts.Attempt`).
        came: from when on it could be graded, in seconds.
    """

    hand_in: HandIn
    state: str
    came: float


class Turns:
    """The attempts that wait.

    Parameters:
        rules: how many attempts of a student are graded, and how soon.
        record: the attempts that are finished.
    """

    def __init__(self, rules: Attempts, record: AttemptRecord) -> None:
        self._rules = rules
        self._record = record
        self._waiting: OrderedDict[Key, deque[HandIn]] = OrderedDict()
        self._not_before: dict[Key, float] = {}

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def add(self, hand_in: HandIn) -> None:
        """Have an attempt wait behind those of the same student."""
        self._waiting.setdefault(hand_in.key, deque()).append(hand_in)

    def put_back(self, hand_in: HandIn) -> None:
        """Have an attempt wait that could not be graded yet."""
        self._waiting.setdefault(hand_in.key, deque()).appendleft(hand_in)

    def next(self, running: Collection[Key], most: int) -> Iterator[Turn]:
        """What may be done now; whoever asks does it before asking for the next.

        Parameters:
            running: of whom an attempt is being graded; it grows meanwhile.
            most: so many are graded at the same time.
        """
        for key in list(self._waiting):
            if len(running) >= most:
                return
            if key in running:
                continue
            if self._not_before.get(key, 0.0) > time.time() and len(self._waiting[key]) == 1:
                continue
            yield from self._of(key)
            if not self._waiting[key]:
                del self._waiting[key]

    def _of(self, key: Key) -> Iterator[Turn]:
        """What becomes of the attempts of one student, as far as that is settled now."""
        queue = self._waiting[key]
        graded = [one for one in self._record.of(*key) if one.state == GRADED]
        if self._rules.limit and len(graded) >= self._rules.limit:
            while queue:
                yield _turn(queue.popleft(), NOT_GRADED)
            return
        free_from = 0.0
        gap = 60 * float(self._rules.minutes_between)
        if graded and gap:
            free_from = max(one.came for one in graded) + gap
            early = sum(one.came < free_from for one in queue)
            for _superseded in range(early - 1):
                yield _turn(queue.popleft(), REPLACED)
            if early and time.time() < free_from:
                self._not_before[key] = free_from
                return
        self._waiting.move_to_end(key)
        yield _turn(queue.popleft(), GRADED, free_from)


def _turn(hand_in: HandIn, state: str, free_from: float = 0.0) -> Turn:
    return Turn(hand_in, state, max(free_from, hand_in.came))
