"""Has line ends of Windows inside and outside of its cells."""


def make(solved: bytes) -> bytes:
    """Replace the line ends."""
    return solved.replace(b"\\n", b"\\r\\n").replace(b"\n", b"\r\n")
