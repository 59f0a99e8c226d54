"""Turn the notebook into one of format 3, and print as Python 2 did."""

import json


def make(solved: bytes) -> bytes:
    """Keep the code cells, in a worksheet."""
    cells = []
    for cell in json.loads(solved)["cells"]:
        if cell["cell_type"] == "code":
            cells.append(code("".join(cell["source"])))
            cells.append(code('print "that was cell", len(In)'))
    old = {
        "metadata": {"name": "Python Basics", "signature": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    return json.dumps(old).encode()


def code(text: str) -> dict:
    """A code cell of format 3."""
    return {
        "cell_type": "code",
        "collapsed": False,
        "input": text.splitlines(keepends=True),
        "language": "python",
        "metadata": {},
        "outputs": [],
        "prompt_number": 1,
    }
