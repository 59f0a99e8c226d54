"""Make a notebook of the first edition: other markers, another name, examples between."""

import json

EXAMPLES = {
    "basic_sigmoid": "x = [1, 2, 3]\nbasic_sigmoid(x)  # an error: x is a list",
    "sigmoid": "x = np.array([1, 2, 3])\nsigmoid(x)",
    "normalizeRows": "x = np.array([[0, 3, 4], [1, 6, 4]])\nprint(str(normalizeRows(x)))",
}


def make(solved: bytes) -> bytes:
    """Keep the code of the functions, and look at some of them with small examples."""
    cells = [code('### START CODE HERE ###\ntest = "Hello World"\n### END CODE HERE ###')]
    for cell in json.loads(solved)["cells"]:
        if cell["cell_type"] != "code" or not cell["metadata"].get("nbgrader", {}).get("solution"):
            continue
        text = "".join(cell["source"]).replace("def normalize_rows", "def normalizeRows")
        text = text.replace("# YOUR CODE STARTS HERE", "### START CODE HERE ### (≈ 1 line of code)")
        text = text.replace("# YOUR CODE ENDS HERE", "### END CODE HERE ###")
        name = cell["id"] if cell["id"] != "normalize_rows" else "normalizeRows"
        needed = {"basic_sigmoid": "import math\n", "sigmoid": "import numpy as np\n"}
        cells.append(code(f"# GRADED FUNCTION: {name}\n{needed.get(name, '')}\n{text}"))
        cells.append(code(EXAMPLES.get(name, f"print({name}.__doc__)")))
    other = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 0}
    return json.dumps(other).encode()


def code(text: str) -> dict:
    """A code cell as that edition has them."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"collapsed": False},
        "outputs": [],
        "source": text.splitlines(keepends=True),
    }
