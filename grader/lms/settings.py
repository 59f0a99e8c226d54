"""The settings of import and export, for ``nbgrader_config.py``: ``c.LearningSystem.<name> = ...``.

The limits are far above what honest students hand in. What is above them is refused with a
sentence, and the rest is imported.
"""

from __future__ import annotations

from dataclasses import dataclass

from traitlets import Enum, Float, Integer, Unicode
from traitlets.config import LoggingConfigurable

MB = 1_000_000


@dataclass(frozen=True)
class ArchiveLimits:
    """What may be read from an archive.

    Attributes:
        most_files: files in the whole archive.
        largest_file: bytes of one file, unpacked. Grading accepts notebooks up to this size.
        largest_total: bytes of everything that is read, unpacked.
        largest_ratio: how many times larger than its packed form a file may be, once it is larger
            than ``ratio_from``. Notebooks with pictures reach 2, notebooks with long printed
            tables 20; deflate at its limit, as in a zip bomb, reaches 1030.
        ratio_from: smaller files are read whatever their ratio; they can do no harm.
        longest_path: characters of a file's name with its folders.
    """

    most_files: int = 200_000
    largest_file: int = 200 * MB
    largest_total: int = 20_000 * MB
    largest_ratio: float = 200.0
    ratio_from: int = 10 * MB
    longest_path: int = 1_000


@dataclass(frozen=True)
class ExtraLimits:
    """What is kept beside the notebook of one submission: pictures, data, modules.

    Attributes:
        most: how many files.
        largest: bytes of one.
        largest_together: bytes of all.
        deepest: how many folders deep.
    """

    most: int = 50
    largest: int = 20 * MB
    largest_together: int = 50 * MB
    deepest: int = 4


class LearningSystem(LoggingConfigurable):
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

    most_files = Integer(
        ArchiveLimits.most_files, min=1, help="How many files an archive may hold."
    ).tag(config=True)

    largest_file = Integer(
        ArchiveLimits.largest_file, min=1, help="The largest file, unpacked, in bytes."
    ).tag(config=True)

    largest_total = Integer(
        ArchiveLimits.largest_total,
        min=1,
        help="How much is read from one archive, unpacked, in bytes.",
    ).tag(config=True)

    largest_ratio = Float(
        ArchiveLimits.largest_ratio,
        min=1.0,
        help="How many times larger than its packed form a large file may be.",
    ).tag(config=True)

    most_extras = Integer(
        ExtraLimits.most, min=0, help="How many files are kept beside a notebook."
    ).tag(config=True)

    largest_extra = Integer(
        ExtraLimits.largest,
        min=0,
        help="The largest file that is kept beside a notebook, in bytes.",
    ).tag(config=True)

    def archive_limits(self) -> ArchiveLimits:
        """The limits in the form that reading takes."""
        return ArchiveLimits(
            most_files=self.most_files,
            largest_file=self.largest_file,
            largest_total=self.largest_total,
            largest_ratio=self.largest_ratio,
        )

    def extra_limits(self) -> ExtraLimits:
        """The limits of what is kept beside a notebook."""
        return ExtraLimits(most=self.most_extras, largest=self.largest_extra)
