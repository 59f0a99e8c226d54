"""Holds the marks of a merge that was never finished."""


def make(solved: bytes) -> bytes:
    """Return the file."""
    return solved.replace(b' "cells"', b'<<<<<<< HEAD\n "cells"', 1)
