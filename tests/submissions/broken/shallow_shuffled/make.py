"""Strip the notebook of all that is ours, and turn the order of its cells round."""

import json


def make(solved: bytes) -> bytes:
    """Leave types and sources."""
    notebook = json.loads(solved)
    cells = []
    for cell in notebook["cells"]:
        kept = {"cell_type": cell["cell_type"], "metadata": {}, "source": cell["source"]}
        if cell["cell_type"] == "code":
            kept |= {"execution_count": None, "outputs": []}
        cells.append(kept)
    imports = [cell for cell in cells if "import numpy" in "".join(cell["source"])]
    others = [cell for cell in cells if cell not in imports]
    other = {"cells": imports + others[::-1], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(other).encode()
