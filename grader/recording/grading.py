"""What is kept of the grading of one submission, in the one form in which it is written and read.

It stands in the autograded notebook, as ``metadata.grading``, and in a file beside it. Feedback
pages, reports, tables and the next grading read it; none of them reads the JSON itself.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from grader.exercises.assignment import Assignment
from grader.judging.graded import Graded, GradedExercise, Verdict
from grader.text.inert import plain_text

GRADING_VERSION = 1
"""The version of the form of ``metadata.grading``."""

STATE_FILE = ".grading.json"
"""Lies beside an autograded notebook and holds what the notebook's ``metadata.grading`` holds, with
the fingerprint of the submitted file under ``"submission"``."""


@dataclass(frozen=True)
class Grading:
    """What is kept of the grading of one submission.

    Attributes:
        assignment: the name of the assignment.
        exercises: the verdicts, in the order of the notebook.
        fingerprint: the edition of the whole assignment; None where it is not known.
        editions: for each exercise the digest of what its verdict depends on.
        repairs, notes: what was mended, and what else is worth knowing, as sentences.
        unreadable: why there is nothing to mark, where that is so.
        submission: the fingerprint of the submitted file; None where it is not known.
        waiting: of several notebooks, the names of those that have not been graded since this was
            handed in.
    """

    assignment: str = ""
    exercises: tuple[GradedExercise, ...] = ()
    fingerprint: str | None = None
    editions: Mapping[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unreadable: str = ""
    submission: str | None = None
    waiting: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        graded: Graded,
        assignment: Assignment,
        editions: Mapping[str, str] | None = None,
        unreadable: str = "",
    ) -> Grading:
        """What is to be kept of a grading.

        Parameters:
            graded: the verdicts.
            assignment: the assignment; its fingerprint tells later whether the marks are stale.
            editions, unreadable: see :class:`Grading`.
        """
        return cls(
            assignment=assignment.name,
            exercises=graded.exercises,
            fingerprint=assignment.fingerprint,
            editions=dict(editions or {}),
            repairs=graded.repairs,
            notes=graded.notes,
            unreadable=unreadable,
        )

    def beside(self, earlier: Grading | None, others: Sequence[str]) -> Grading:
        """This grading of some of several notebooks, with what is recorded of the others.

        Parameters:
            earlier: what is recorded; None where nothing is.
            others: the names of the other notebooks.
        """
        known = earlier or Grading()
        kept = tuple(e for e in known.exercises if e.name.partition("/")[0] in others)
        of_others = tuple(f"{name}: " for name in others)
        is_same = earlier is not None and known.submission in (None, self.submission)
        return replace(
            self,
            exercises=kept + self.exercises,
            fingerprint=known.fingerprint if kept else self.fingerprint,
            editions={e.name: known.editions.get(e.name, "") for e in kept} | dict(self.editions),
            repairs=(*(r for r in known.repairs if r.startswith(of_others)), *self.repairs),
            waiting=tuple(name for name in others if not is_same or name in known.waiting),
        )

    @property
    def score(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises)

    def by_name(self) -> dict[str, GradedExercise]:
        """The verdicts, by the names of the exercises."""
        return {exercise.name: exercise for exercise in self.exercises}

    def as_dict(self) -> dict[str, Any]:
        """The form in which it is written: plain data, and no text that could be markup."""
        written: dict[str, Any] = {
            "version": GRADING_VERSION,
            "assignment": self.assignment,
            "fingerprint": self.fingerprint,
            "score": self.score,
            "max_score": sum(exercise.max_points for exercise in self.exercises),
            "repairs": [plain_text(sentence) for sentence in self.repairs],
            "notes": [plain_text(sentence) for sentence in self.notes],
            "exercises": [_written_exercise(exercise) for exercise in self.exercises],
        }
        if self.editions:
            written["editions"] = dict(self.editions)
        if self.unreadable:  # whatever is left of the sentence: it must not pass for readable
            written["unreadable"] = plain_text(self.unreadable) or "?"
        if self.submission is not None:
            written["submission"] = self.submission
        if self.waiting:
            written["waiting"] = list(self.waiting)
        return written

    @classmethod
    def read(cls, written: object) -> Grading:
        """Read what :meth:`as_dict` gave; whatever is missing, or makes no sense, is left empty.

        Parameters:
            written: the content of ``metadata.grading``, or of :data:`STATE_FILE`.
        """
        known = written if isinstance(written, Mapping) else {}
        entries = known.get("exercises")
        editions = known.get("editions")
        return cls(
            assignment=_text(known.get("assignment")),
            exercises=tuple(
                _read_exercise(entry)
                for entry in (entries if isinstance(entries, list) else ())
                if isinstance(entry, Mapping)
            ),
            fingerprint=_text_or_none(known.get("fingerprint")),
            editions=(
                {str(name): str(digest) for name, digest in editions.items()}
                if isinstance(editions, Mapping)
                else {}
            ),
            repairs=_texts(known.get("repairs")),
            notes=_texts(known.get("notes")),
            unreadable=_text(known.get("unreadable")),
            submission=_text_or_none(known.get("submission")),
            waiting=_texts(known.get("waiting")),
        )


def recorded_grading(folder: Path) -> Grading | None:
    """What is known of a graded submission.

    Parameters:
        folder: ``autograded/<student>/<assignment>``.

    Returns:
        The content of :data:`STATE_FILE`; an empty grading where something else has graded the
        submission; None where nothing has.
    """
    if not any(folder.glob("*.ipynb")):
        return None
    try:
        written = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Grading()
    return Grading.read(written)


def _written_exercise(exercise: GradedExercise) -> dict[str, Any]:
    return {
        "name": exercise.name,
        "verdict": exercise.verdict,
        "points": exercise.points,
        "max_points": exercise.max_points,
        "misconceptions": list(exercise.misconceptions),
        "message": plain_text(exercise.message),
        "lesson": exercise.lesson,
        "remarks": [plain_text(remark) for remark in exercise.remarks],
        **({"cell": exercise.own_cell, "line": exercise.line} if exercise.own_cell else {}),
    }


def _read_exercise(entry: Mapping[str, Any]) -> GradedExercise:
    return GradedExercise(
        name=_text(entry.get("name")),
        verdict=cast(Verdict, _text(entry.get("verdict"))),
        points=_number(entry.get("points")),
        max_points=_number(entry.get("max_points")),
        misconceptions=_texts(entry.get("misconceptions")),
        message=_text(entry.get("message")),
        lesson=_text(entry.get("lesson")),
        remarks=_texts(entry.get("remarks")),
        own_cell=_text(entry.get("cell")),
        line=int(_number(entry.get("line"))),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _texts(values: object) -> tuple[str, ...]:
    given: Iterable[object] = values if isinstance(values, (list, tuple)) else ()
    return tuple(value for value in given if isinstance(value, str))


def _number(value: object) -> float:
    try:
        return value if isinstance(value, (int, float)) and math.isfinite(value) else 0.0
    except OverflowError:  # a whole number that no float holds
        return 0.0
