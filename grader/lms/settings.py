"""The settings of import and export, for ``nbgrader_config.py``: ``c.LearningSystem.<name> = ...``.

The limits are far above what honest students hand in. What is above them is refused with a
sentence, and the rest is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from traitlets import Enum, MetaHasTraits, Unicode
from traitlets.config import LoggingConfigurable

from grader.settings.grading_settings import limits_of, traits_of

MB = 1_000_000


@dataclass(frozen=True)
class ArchiveLimits:
    """What may be read from an archive.

    Attributes:
        most_files: How many files an archive may hold.
        largest_file: The largest file, unpacked, in bytes. Grading accepts notebooks up to this
            size.
        largest_total: How much is read from one archive, unpacked, in bytes.
        largest_ratio: How many times larger than its packed form a large file may be. Notebooks
            with pictures reach 2, notebooks with long printed tables 20; deflate at its limit, as
            in a zip bomb, reaches 1030.
    """

    most_files: int = 200_000
    largest_file: int = 200 * MB
    largest_total: int = 20_000 * MB
    largest_ratio: float = 200.0


@dataclass(frozen=True)
class ExtraLimits:
    """What is kept beside the notebook of one submission: pictures, data, modules.

    Attributes:
        most_extras: How many files are kept beside a notebook.
        largest_extra: The largest file that is kept beside a notebook, in bytes.
    """

    most_extras: int = 50
    largest_extra: int = 20 * MB


_Limits: Any = MetaHasTraits(
    "_Limits", (LoggingConfigurable,), traits_of(ArchiveLimits) | traits_of(ExtraLimits, least=0)
)


class LearningSystem(_Limits):
    """How archives of a learning management system are imported."""

    attempt = Enum(
        ["last", "best"],
        "last",
        help="Which of several attempts counts: the last one, or the one with most points. "
        "`--attempt` on the command line wins.",
    ).tag(config=True)

    timezone = Unicode(
        "UTC",
        help="The time zone of times in an archive that name none, for instance 'Europe/Berlin'. "
        "`--timezone` on the command line wins.",
    ).tag(config=True)

    def archive_limits(self) -> ArchiveLimits:
        """The limits in the form that reading takes."""
        return limits_of(self, ArchiveLimits)

    def extra_limits(self) -> ExtraLimits:
        """The limits of what is kept beside a notebook."""
        return limits_of(self, ExtraLimits)
