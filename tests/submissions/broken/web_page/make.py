"""Is a web page saved as a notebook."""


def make(solved: bytes) -> bytes:
    """Return the file."""
    return b"<!DOCTYPE html><html><body>Sign in</body></html>"
