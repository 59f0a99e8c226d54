"""Is a zip archive with the name of a notebook."""


def make(solved: bytes) -> bytes:
    """Return the file."""
    return b"PK\x03\x04" + bytes(range(256)) * 8
