"""The vocabulary in which an author describes an exercise.

Every folder of ``source/`` holds one notebook and one ``exercises.py``. The notebook has the text
and the solutions; ``exercises.py`` says, in the words of this module, how each graded function is
judged: on which cases, how strictly, for how many points, and which mistakes are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.checks.compare import Comparison as Comparison


@dataclass(frozen=True)
class Case:
    """One call of a graded function.

    Attributes:
        name: what a student is told about the case, e.g. ``"5 examples, 3 units"``.
        args: the positional arguments: plain data only (numbers, strings, arrays, and tuples,
            lists and dicts of them). The function gets a fresh deep copy of them.
        quantities: named numbers of the case (``{"m": 5, "learning_rate": 0.1}``), so that a
            difference can be explained with them ("exactly m times too large").
    """

    name: str
    args: tuple[Any, ...]
    quantities: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Variant:
    """Another way to write a graded function: an edit of the solution, or a whole function.

    Authors list them in a plainer form: :func:`mistakes`, :func:`right_ways`.

    Attributes:
        name: short, readable and unique within the exercise, e.g. ``"forgets-to-divide-by-m"``.
        edits: pairs ``(old, new)``: each ``old`` occurs exactly once in the text of the solution
            (the source of the function, with its comments and markers) and is replaced by ``new``.
            Edits are preferred to ``code``: they keep the solution in one place, and edits of two
            misconceptions can be combined.
        code: instead of edits, source that defines the function (and helpers, if it needs any).
            It runs with the names of the solution notebook at hand: ``np``, the functions of
            ``utils`` that the notebook imports, and the other solved functions.
    """

    name: str
    edits: tuple[tuple[str, str], ...] = ()
    code: str = ""

    def __post_init__(self) -> None:
        if bool(self.edits) == bool(self.code):
            raise ValueError(f"variant {self.name!r}: give either edits or code")


@dataclass(frozen=True)
class Misconception(Variant):
    """A known mistake: a runnable wrong variant, and what a tutor would say to it.

    Attributes:
        message: one or two sentences to the student. They name the mistake and give the idea
            that mends it, without giving the corrected line away.
        lesson: where to read about it; the exercise's own lesson where empty.
    """

    message: str = ""
    lesson: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.message:
            raise ValueError(f"misconception {self.name!r} has no message")


@dataclass(frozen=True)
class CorrectVariant(Variant):
    """Another right way to write the function; the judge must give it full marks."""


def mistakes(known: Mapping[str, object]) -> tuple[Misconception, ...]:
    """Known mistakes, from the plain form in which an author lists them.

    Parameters:
        known: ``{name: (change, message)}``, or ``(change, message, lesson)``. A change is
            ``{old: new, ...}`` or the source of a whole function; see :class:`Variant`.

    Raises:
        ValueError: an entry has another form.
    """
    found = []
    for name, entry in known.items():
        if not isinstance(entry, tuple) or len(entry) not in (2, 3):
            raise ValueError(f"misconception {name!r}: give (change, message)")
        change, *texts = entry
        if not all(isinstance(text, str) for text in texts):
            raise ValueError(f"misconception {name!r}: message and lesson are texts")
        found.append(Misconception(name, *_edits_and_code(name, change), *texts))
    return tuple(found)


def right_ways(known: Mapping[str, object]) -> tuple[CorrectVariant, ...]:
    """Right variants, from the plain form in which an author lists them.

    Parameters:
        known: ``{name: change}``, with changes as in :func:`mistakes`.

    Raises:
        ValueError: a change has another form.
    """
    return tuple(
        CorrectVariant(name, *_edits_and_code(name, change)) for name, change in known.items()
    )


def _edits_and_code(name: str, change: object) -> tuple[tuple[tuple[str, str], ...], str]:
    if isinstance(change, str):
        return (), change
    if not isinstance(change, Mapping) or not all(
        isinstance(text, str) for edit in change.items() for text in edit
    ):
        raise ValueError(f"variant {name!r}: give {{old: new}}, or the source of a function")
    return tuple(change.items()), ""


CaseGenerator = Callable[[np.random.RandomState, Any], Iterable[Case]]
"""``(random, reference) -> cases``, smallest case first.

``random`` is seeded by the caller (RandomState, because NumPy promises its stream for ever).
``reference`` has the solved functions as attributes (``reference.L_model_forward``), for inputs
that must be consistent with one another, such as the caches of a real forward pass.
"""


@dataclass(frozen=True)
class Training:
    """A whole training run on the course's images, judged once all cases are right.

    Attributes:
        initializer: the function of the notebook that makes the initial parameters.
        layers: the sizes of the layers after the input.
        spread: whether the initializer takes the sizes one by one, not as one list.
        learning_rate, iterations: of the run.
    """

    initializer: str
    layers: tuple[int, ...]
    spread: bool = False
    learning_rate: float = 0.0075
    iterations: int = 2500


@dataclass(frozen=True)
class Exercise:
    """One graded function.

    Attributes:
        name: the function's name.
        points: the marks it is worth.
        cases: the case generator. It varies, within one call and from seed to seed, every
            dimension that a student could hard-code.
        hints: from gentle to near the answer; at least one.
        lesson: where the idea is explained, as ``"<notebook>#<heading>"``.
        builds_on: the names of earlier exercises that a usual solution calls.
        comparison: what is compared, and how strictly.
        misconceptions: the known mistakes.
        correct_variants: right solutions of other shapes, all of which must be accepted.
        expensive: whether a call on the real data takes long, so that top-level statements of a
            submission that call the function are not run again when it is marked.
        training: a training run that is judged as well, for a function that trains a model.
        other_names: what other editions of the course call the function.
        learned: what a student can do afterwards, in one short sentence: "You can ...".
    """

    name: str
    points: int
    cases: CaseGenerator
    hints: tuple[str, ...]
    lesson: str
    builds_on: tuple[str, ...] = ()
    comparison: Comparison = field(default_factory=Comparison)
    misconceptions: tuple[Misconception, ...] = ()
    correct_variants: tuple[CorrectVariant, ...] = ()
    expensive: bool = False
    training: Training | None = None
    other_names: tuple[str, ...] = ()
    learned: str = ""

    def mistakes(self, names: Iterable[str]) -> tuple[Misconception, ...]:
        """The known mistakes of these names."""
        by_name = {mistake.name: mistake for mistake in self.misconceptions}
        return tuple(by_name[name] for name in names)
