"""The settings of grading, for ``nbgrader_config.py``: ``c.FairGrading.<name> = <value>``."""

from __future__ import annotations

import dataclasses
import inspect
import re
from dataclasses import dataclass, field
from typing import Any, TypeVar

from traitlets import Bool, Float, Integer, MetaHasTraits, Unicode
from traitlets.config import LoggingConfigurable

from course.language import use_language
from grader.sandbox.limits import Limits

L = TypeVar("L")


@dataclass(frozen=True)
class GradingSettings:
    """How submissions are graded.

    Attributes:
        limits: what one submission may use.
        blocked_share: the share of the points for an exercise that is right in itself and fails
            only through an earlier one.
        language: what is spoken where no notebook decides.
    """

    limits: Limits = field(default_factory=Limits)
    blocked_share: float = 1.0
    language: str = "en"


def traits_of(limits: Any, least: int = 1) -> dict[str, Any]:
    """One setting for each field of a dataclass of limits, with its default and its sentence.

    Parameters:
        limits: the dataclass; its docstring says what each field means.
        least: the smallest value of any of them.
    """
    texts = _attribute_texts(limits)
    traits: dict[str, Any] = {}
    for limit in dataclasses.fields(limits):
        default: Any = limit.default
        kind = Float if isinstance(default, float) else Integer
        traits[limit.name] = kind(default, min=least, help=texts[limit.name]).tag(config=True)
    return traits


def limits_of(settings: Any, limits: type[L]) -> L:
    """The limits as they are set.

    Parameters:
        settings: what has the settings of :func:`traits_of`.
        limits: the dataclass.
    """
    kind: Any = limits
    names = [field.name for field in dataclasses.fields(kind)]
    made: L = kind(**{name: getattr(settings, name) for name in names})
    return made


def _attribute_texts(described: type) -> dict[str, str]:
    """What a class's docstring says about its attributes."""
    attributes = inspect.cleandoc(described.__doc__ or "").partition("Attributes:\n")[2]
    entries = re.split(r"^    (?=\S)", attributes, flags=re.MULTILINE)
    pairs = (entry.partition(":") for entry in entries if entry.strip())
    return {name.strip(): " ".join(text.split()) for name, _colon, text in pairs}


_Limits: Any = MetaHasTraits("_Limits", (LoggingConfigurable,), traits_of(Limits))


class FairGrading(_Limits):
    """How submissions are graded."""

    blocked_share = Float(
        1.0,
        min=0.0,
        max=1.0,
        help="The share of the points for an exercise that is right in itself and fails only "
        "through an earlier one.",
    ).tag(config=True)

    sandbox = Bool(
        True,
        help="Whether students' code runs isolated from the machine. Without isolation it can do "
        "whatever you can do; switch it off only for code that you trust.",
    ).tag(config=True)

    lesson_link = Unicode(
        "",
        help="Where feedback pages link to for a lesson, with {notebook} and {section} in it, for "
        "instance 'https://example.org/course/{notebook}.html#{section}'. Without it, pages name "
        "the lesson.",
    ).tag(config=True)

    language = Unicode(
        "en",
        help="The language of the class report, of tables and of commands, and of feedback where "
        "the notebook does not say in which language it is: 'zh_CN', for instance.",
    ).tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        """Read the settings, and speak the language of the class from now on."""
        super().__init__(**kwargs)
        self.language = use_language(self.language)

    def limits(self) -> Limits:
        """What one submission may use."""
        return limits_of(self, Limits)

    def settings(self) -> GradingSettings:
        """The settings in the form that grading takes."""
        return GradingSettings(self.limits(), self.blocked_share, self.language)
