"""Where the images lie, and the programs beside them."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from grader.paths import PROJECT

DATASETS = PROJECT / "datasets"
ORIGINALS = PROJECT.parent / "shared" / "datasets"
FILES = ("embedded_train_catvnoncat.h5", "embedded_test_catvnoncat.h5")


@contextlib.contextmanager
def on_path(folder: Path) -> Iterator[None]:
    """Import from this folder, too."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
