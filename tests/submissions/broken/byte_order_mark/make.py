"""Begins with a byte order mark."""


def make(solved: bytes) -> bytes:
    """Put the mark in front."""
    return b"\xef\xbb\xbf" + solved
