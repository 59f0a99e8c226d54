"""The folder of an autograded submission: made beside its place, and moved there in one step."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from grader.files import scratch_folder, write_whole
from grader.recording.grading import STATE_FILE, Grading
from grader.recording.timestamp import read_timestamp
from grader.submission.submitted_files import EXCHANGE_FILES, TIMESTAMP

_SCRATCH = ".recording-"
# Files that a browser shows as a page, or runs, are not copied: formgrader serves the folder. Code,
# and settings of Jupyter, are copied as text: a kernel that is started here, for a notebook that
# somebody opens, would import or read them before anything is run.
_HARMLESS_FILE = re.compile(
    r"\w[\w .()+-]{0,100}\.(?:txt|csv|tsv|json|py|md|ya?ml|png|jpe?g|h5|hdf5|npy|npz)\Z", re.I
)
_SHOWN_AS_TEXT = re.compile(r".*(?:\.py|config\.json)\Z", re.I | re.DOTALL)
_HARMLESS_FOLDER = re.compile(r"(?!__)\w[\w .()+-]{0,100}\Z")
_LARGEST_COPY = 10_000_000
_MOST_COPIES = 50
_LARGEST_LINE = 1_000
_MOST_FILES = 2_000


class Workshop:
    """Makes folders beside their places.

    Parameters:
        base: ``autograded/``; the workshop is a hidden folder in it, so that moving a folder to its
            place is one step.
        shared: whether a group of instructors works in the folders.
    """

    def __init__(self, base: Path, shared: bool) -> None:
        self.shared = shared
        self.folder = scratch_folder(base, _SCRATCH)
        self._made = 0

    def close(self) -> None:
        """Remove what was not moved to its place."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def make(self, texts: Mapping[str, str], grading: Grading, submitted: Path, copy: bool) -> Path:
        """Make the folder of a submission.

        Parameters:
            texts: the autograded notebooks: by their names, without the suffix, the texts of
                their files.
            grading: what is kept of its grading.
            submitted: where it was handed in.
            copy: whether the student's other files are wanted.
        """
        self._made += 1
        made = self.folder / str(self._made)
        made.mkdir()
        if copy:
            _copy_files(submitted, made)
        copy_exchange_files(submitted, made)
        (made / STATE_FILE).write_text(json.dumps(grading.as_dict()), encoding="utf-8")
        for name, text in texts.items():
            (made / f"{name}.ipynb").write_text(text, encoding="utf-8", errors="replace")
        for parent, _folders, names in os.walk(made):
            os.chmod(parent, 0o2775 if self.shared else 0o755)
            for file in names:
                os.chmod(Path(parent, file), 0o664 if self.shared else 0o444)
        return made

    def move(self, made: Path, place: Path) -> None:
        """Put a folder in its place; what was there before goes."""
        place.parent.mkdir(parents=True, exist_ok=True)
        old = self.folder / f"old-{made.name}"
        if os.path.lexists(place):
            os.rename(place, old)
        os.rename(made, place)
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old, ignore_errors=True)


def _copy_file(source: Path, target: Path) -> bool:
    """Copy an ordinary small file; say whether it was one."""
    if source.is_symlink() or not source.is_file() or source.stat().st_size > _LARGEST_COPY:
        return False
    shutil.copyfile(source, target, follow_symlinks=False)
    return True


def copy_exchange_files(source: Path, target: Path) -> None:
    """Copy what nbgrader's exchange looks for in the folder of each step, whatever its order.

    Parameters:
        source, target: two folders of a submission.
    """
    for name in EXCHANGE_FILES:
        path = source / name
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST_LINE:
            continue
        if name == TIMESTAMP and read_timestamp(source)[0] is None:
            continue  # nbgrader would stop at it in every later step
        write_whole(target / name, path.read_bytes())


def _copy_files(source: Path, target: Path) -> None:
    """Copy what a student handed in beside the notebook, where it is small and harmless."""
    copied = seen = 0
    for parent, folders, names in os.walk(source):
        folders[:] = [folder for folder in sorted(folders) if _HARMLESS_FOLDER.match(folder)]
        seen += len(names)
        if seen > _MOST_FILES:
            return
        for name in sorted(names):
            if _HARMLESS_FILE.match(name) and name not in EXCHANGE_FILES and copied < _MOST_COPIES:
                place = target / Path(parent).relative_to(source)
                place.mkdir(parents=True, exist_ok=True)
                copied += _copy_file(Path(parent, name), place / _name_of_copy(name, place))


def _name_of_copy(name: str, place: Path) -> str:
    """The name under which a file is copied: such that nothing runs or imports it."""
    if _SHOWN_AS_TEXT.match(name):
        name += ".txt"
    while (place / name).exists():  # "helpers.py" and "helpers.py.txt" were handed in
        name += ".txt"
    return name
