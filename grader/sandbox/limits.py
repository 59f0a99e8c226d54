"""The limits that a submission runs under, with their defaults."""

from __future__ import annotations

from dataclasses import dataclass

CASE_SEED = 2
"""Every case starts with this state of ``np.random``, for the reference and for the student.

The public checks start with it too (``course.checks.public_check``), which a test makes sure of: a
worker's limits are read where ``utils`` cannot be."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Every field is a setting of ``nbgrader_config.py``.

    Attributes:
        cpu_seconds: CPU time of any one process of the submission.
        cell_seconds: wall clock for one cell while the notebook is loaded.
        exercise_seconds: wall clock for one run of all cases of an exercise. An exercise that is
            not right is run again, with the reference for earlier functions; all its runs together
            have four times as long.
        training_seconds: wall clock for one training run on the images.
        submission_seconds: wall clock for the cells that end or hang the process while the notebook
            is loaded, and for any one loading. A notebook that takes longer is loaded once more
            with its definitions alone. No exercise's time is taken from it.
        memory_mb: address space of any one process, in MiB, beyond what an idle worker uses. An
            exercise has as much again, since it inherits what the notebook's cells keep.
        processes: processes and threads that may run at the same time.
        open_files: open files of any one process.
        file_mb: size of any one file, in MiB; the private scratch folder holds twice as much.
        output_kb: text that one cell or one exercise may print, in KiB. None of it is kept; beyond
            this, printing fails.
        result_mb: size of what an exercise may return for one case, in MiB.
    """

    cpu_seconds: int = 180
    cell_seconds: float = 20.0
    exercise_seconds: float = 10.0
    training_seconds: float = 240.0
    submission_seconds: float = 180.0
    memory_mb: int = 1024
    processes: int = 16
    open_files: int = 64
    file_mb: int = 16
    output_kb: int = 65_536
    result_mb: int = 8
