"""Is a Python script with the name of a notebook."""


def make(solved: bytes) -> bytes:
    """Return the file."""
    return b"import numpy as np\n\ndef double(x):\n    return 2 * x\n"
