"""What came of calling a student's function, read from messages that nobody believes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from course.checks.changed_arguments import Place, places_of
from course.checks.plain_data import PlainDataError, from_json
from course.checks.retired import is_known
from grader.text.terminal import printable

Retired = tuple[str, str, int]
"""Something that the newest versions have not: what it is, the id of the cell, and the line."""

_MOST_RETIRED = 10


Kind = Literal["returned", "raised", "not implemented", "unreadable", "died", "timed out"]


@dataclass(frozen=True)
class Outcome:
    """What came of one case.

    Attributes:
        kind: ``returned``, ``raised``, ``not implemented``, ``unreadable`` (what was returned is no
            plain data), ``died`` (the process ended) or ``timed out``.
        value: the returned value, where there is one.
        changed: the places of its arguments that it changed.
        retired: what older versions had and it made use of.
        error_type, message, line: of an exception; ``message`` also explains the other kinds.
        within: the function of the notebook that raised it, where ``line`` only calls that.
    """

    kind: Kind
    value: Any = None
    changed: tuple[Place, ...] = ()
    retired: tuple[Retired, ...] = ()
    error_type: str = ""
    message: str = ""
    line: str = ""
    within: str = ""


REASONS_OF_DEATH = {
    "signal 9": "it used more memory or processor time than allowed, or killed itself",
    "signal 11": "it crashed the Python interpreter (segmentation fault)",
    "signal 24": "it used more processor time than allowed",
    "signal 31": "it made a system call that is not allowed",
}
"""Why a process ended, as far as its exit status tells."""


def error_of(error: Any) -> dict[str, str]:
    """An exception as the sandbox tells it: ``type``, ``message``, ``line``, ``within``."""
    given = error if isinstance(error, dict) else {}
    return {
        key: clean_text(given.get(key, ""), 500) for key in ("type", "message", "line", "within")
    }


def clean_text(text: Any, longest: int) -> str:
    """Untrusted text that can be printed, stored and encoded wherever it goes."""
    given = text[:longest] if isinstance(text, str) else ""
    encodable = given.encode("utf-8", "replace").decode("utf-8")
    return "\n".join(map(printable, encodable.split("\n")))


def outcome_of(message: dict[str, Any]) -> Outcome:
    """Read the outcome of one case from a message."""
    retired = retired_of(message.get("retired"))
    if message.get("not_implemented") is True:
        return Outcome("not implemented")
    if "error" in message:
        error = error_of(message["error"])
        return Outcome(
            "raised",
            retired=retired,
            error_type=error["type"],
            message=error["message"],
            line=error["line"],
            within=error["within"],
        )
    if "unreadable" in message:
        return Outcome("unreadable", message=clean_text(message["unreadable"], 200))
    try:
        value = from_json(message.get("value"), trusted=False)
        changed = places_of(message.get("changed"))
        return Outcome("returned", value=value, changed=changed, retired=retired)
    except PlainDataError as error:
        return Outcome("unreadable", message=str(error))


def retired_of(data: Any) -> tuple[Retired, ...]:
    """What a message says was made use of; what cannot be so is left out."""
    found = data if isinstance(data, list) else []
    return tuple(
        (entry[0], entry[1], entry[2])
        for entry in found[:_MOST_RETIRED]
        if isinstance(entry, list) and len(entry) == 3
        if is_known(entry[0]) and isinstance(entry[1], str) and type(entry[2]) is int
    )
