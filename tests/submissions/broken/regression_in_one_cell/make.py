"""Paste everything into one cell."""

import json


def make(solved: bytes) -> bytes:
    """Keep the functions, and call them at the end as a script does."""
    parts = ["from numpy import *", "import numpy as np", "import copy"]
    for cell in json.loads(solved)["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            parts.append("".join(cell["source"]))
    parts.append('if __name__ == "__main__":\n    print(sigmoid(np.array([0, 2])))')
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": "\n\n".join(parts),
    }
    return json.dumps(
        {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 2}
    ).encode()
