"""Is JSON nested a hundred thousand levels deep."""


def make(solved: bytes) -> bytes:
    """Return the file."""
    return b"[" * 100_000 + b"]" * 100_000
