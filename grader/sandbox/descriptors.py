"""The descriptors that a fork inherits and must not keep."""

from __future__ import annotations

import os
from collections.abc import Collection


def close_all_but(keep: Collection[int]) -> None:
    """Close every descriptor but these; what is not kept of 0, 1 and 2 leads to /dev/null."""
    lowest = 0
    for descriptor in sorted(keep):
        if lowest < descriptor:
            os.closerange(lowest, descriptor)
        lowest = descriptor + 1
    os.closerange(lowest, os.sysconf("SC_OPEN_MAX"))
    for standard in {0, 1, 2}.difference(keep):
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != standard:  # a lower number was free
            os.dup2(nowhere, standard)
            os.close(nowhere)
        os.set_inheritable(standard, True)
