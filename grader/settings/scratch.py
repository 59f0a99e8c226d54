"""Scratch folders beside the places to which what is made in them is moved."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_LIFE = 3600.0


def scratch_folder(base: Path, prefix: str) -> Path:
    """Make a scratch folder, and remove old ones, which processes that were killed have left.

    Whoever asked for it removes it.

    Parameters:
        base: where; it is made where it is not there.
        prefix: how the names of these folders begin.
    """
    base.mkdir(parents=True, exist_ok=True)
    for left in base.glob(prefix + "*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LIFE:
                shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=prefix, dir=base))
