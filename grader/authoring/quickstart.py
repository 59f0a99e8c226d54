"""The folder of a new course, which works at once: an assignment, settings, and what to do next."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from pathlib import Path

from grader.files import write_whole
from grader.text.terminal import CannotGoOn

EXAMPLE = Path(__file__).parent / "example_course"
"""The assignments that a new course begins with, a folder each."""

_CONFIGURATION = '''"""Settings of this course. nbgrader reads this file where it is started."""

from fairgrader import configure

c = get_config()  # noqa: F821  (nbgrader provides it)
c.CourseDirectory.course_id = {course_id}
configure(c)

# How submissions are graded; each line shows a default. Take the "#" away to change it.
# c.FairGrading.blocked_share = 1.0     # of the points, where only an earlier function is wrong
# c.FairGrading.exercise_seconds = 10.0
# c.FairGrading.cell_seconds = 20.0
# c.FairGrading.memory_mb = 1024
# c.SelfStudy.hints = True              # whether students can open hints
# c.SelfStudy.solutions = "course"      # or "sealed": shown once one's own is right
'''

_README = """# {title}

| folder | |
|---|---|
| `source/` | the assignments with solutions and hidden tests: never give it to students |
| `release/` | what students get, made from `source/` |
| `submitted/` | what they hand in: `submitted/<student>/<assignment>/<assignment>.ipynb` |
| `autograded/`, `gradebook.db`, `feedback/` | marks, and pages for students |

In this folder, or in one below it:

```console
$ fairgrader release                           # source/ -> release/
$ fairgrader autograde a1_straight_line        # submitted/ -> gradebook
$ fairgrader report a1_straight_line           # what did the class not understand?
$ nbgrader generate_feedback a1_straight_line
$ jupyter lab                                  # with nbgrader's formgrader, in this folder
$ fairgrader new a2_my_topic --functions 'f(X, Y)'
$ fairgrader check-course a2 --quick           # is every exercise sound?
```

`fairgrader --help` lists all commands, and says where the manual lies. nbgrader's own commands work
here as well, and give the same marks. To begin, delete the made-up class: `submitted/`,
`autograded/`, `feedback/` and `gradebook.db`.
"""

_REQUIREMENTS = """\
# What students need; whoever grades installs fairgrader, which brings it.
jupyterlab
numpy
"""

_IGNORED = """\
.class_secret
.ipynb_checkpoints/
.nbgrader.log
.watch.lock
__pycache__/
attempts.db*
autograded/
exports/
feedback/
gradebook.db*
progress.txt
release/.made_from
submitted/
work/
"""


class QuickstartError(CannotGoOn):
    """The folder cannot be made. The message says why; nothing was written."""


def quickstart(folder: Path) -> list[str]:
    """Make the folder of a new course.

    Parameters:
        folder: where; it is not there yet, or empty.

    Returns:
        The names of its assignments.

    Raises:
        QuickstartError: something is there already, or the folder cannot be made.
    """
    folder = folder.absolute()
    if os.path.lexists(folder) and not _is_empty(folder):
        raise QuickstartError(f"{folder} is there already, and is not empty; nothing was changed")
    is_new = not folder.exists()
    course_id = re.sub(r"[^\w.-]+", "-", folder.name).strip("-.") or "course"  # names a folder, too
    files: dict[str, str | bytes] = {
        f"source/{path.relative_to(EXAMPLE).as_posix()}": path.read_bytes()
        for path in sorted(EXAMPLE.glob("*/*.*"))
    }
    files |= {
        ".gitignore": _IGNORED,
        "requirements.txt": _REQUIREMENTS,
        "README.md": _README.format(title=" ".join(folder.name.split())),
        "nbgrader_config.py": _CONFIGURATION.format(course_id=json.dumps(course_id)),
    }
    try:
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, content)
    except OSError as error:
        _remove(folder, is_new)
        raise QuickstartError(f"{folder} cannot be made: {error.strerror or error}") from error
    return sorted(path.name for path in EXAMPLE.iterdir())


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _remove(folder: Path, is_new: bool) -> None:
    """Remove what was made in a folder that was empty or not there."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if is_new:
            folder.rmdir()
