"""Was saved as UTF-16."""


def make(solved: bytes) -> bytes:
    """Encode the text anew."""
    return solved.decode().encode("utf-16")
