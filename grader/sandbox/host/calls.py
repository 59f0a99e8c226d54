"""Calls of the functions of a loaded notebook: what is called, what came of it, and who answers.

What an answer holds is untrusted; it is decoded as plain data and nothing else.
"""

from __future__ import annotations

import functools
import hashlib
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.sandbox import wire
from grader.sandbox.host.outcome import Outcome, outcome_of

Answer = Callable[[bytes, float], bytes]
"""``(call, deadline) -> answer``, for calls of earlier functions; both are messages, unread."""

_CALL = b'{"call":'
REFUSED = b'{"refused":true}'
"""The answer where there is none."""

OWN = b'{"own":true}'
"""The answer that has the student's own function called in place of the reference."""


@dataclass(frozen=True)
class Probe:
    """A function to call, and what to call it with.

    Attributes:
        function: its name.
        cases: how many cases are run.
        references: earlier functions that the host answers, and whether they draw random numbers.
        only: the one case to run; all of them where None.
        given: the arguments of each case, encoded as plain data, where they are not those that the
            worker has ready.
    """

    function: str
    cases: int
    references: Mapping[str, bool] = field(default_factory=dict)
    only: int | None = None
    given: Sequence[Any] | None = None

    def as_dict(self) -> dict[str, Any]:
        """The probe as plain data, to send into the sandbox."""
        return {
            "function": self.function,
            "only": self.only,
            "references": dict(self.references),
            "given": None if self.given is None else list(self.given),
        }


@dataclass(frozen=True)
class Answers:
    """What a function gave on its cases, as it came out of the sandbox.

    Attributes:
        body: the message, which nobody has looked into.
        cases: how many cases were run.
    """

    body: bytes
    cases: int

    @functools.cached_property
    def digest(self) -> bytes:
        """The same for the same answers."""
        return hashlib.sha256(self.body).digest()

    def outcomes(self) -> list[Outcome] | None:
        """One outcome a case; None where the notebook has no such function.

        Raises:
            WireError: the message is not what it should be.
        """
        answers = wire.parse(self.body).get("answers")
        if answers is None:
            return None
        right = isinstance(answers, list) and all(isinstance(answer, dict) for answer in answers)
        if not right or len(answers) != self.cases:
            raise wire.WireError("not the answers to all cases")
        return [outcome_of(answer) for answer in answers]


def readable_outcomes(answers: Answers | None) -> list[Outcome] | None:
    """The outcomes of a function, where there are some and they can be read."""
    try:
        return answers.outcomes() if answers else None
    except wire.WireError:
        return None


def answered(channel: socket.socket, answer: Answer | None, deadline: float, largest: int) -> bytes:
    """The next message that is no call of an earlier function; such calls are answered."""
    while True:
        body = wire.receive_body(channel, deadline, largest)
        if not body.startswith(_CALL):
            return body
        reply = answer(body, deadline) if answer else REFUSED
        wire.send_body(channel, reply, deadline)
