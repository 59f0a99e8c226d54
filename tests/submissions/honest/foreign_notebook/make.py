"""Make a notebook of another edition: the same functions, and nothing else that is ours."""

import json


def make(solved: bytes) -> bytes:
    """Keep the code of the functions, under the markers and imports of the other course."""
    notebook = json.loads(solved)
    imports = [
        "import numpy as np\n",
        "import h5py\n",
        "import matplotlib.pyplot as plt\n",
        "from testCases_v4a import *\n",
        "from dnn_utils_v2 import sigmoid, sigmoid_backward, relu, relu_backward\n",
        "%matplotlib inline\n",
        "np.random.seed(1)",
    ]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# Building your network"]}]
    cells.append(code("".join(imports)))
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code" and text.startswith("def ") and "YOUR CODE STARTS" in text:
            name = text[4 : text.index("(")]
            text = text.replace("# YOUR CODE STARTS HERE", "### START CODE HERE ###")
            text = text.replace("# YOUR CODE ENDS HERE", "### END CODE HERE ###")
            cells.append(code(f"# GRADED FUNCTION: {name}\n\n{text}"))
            cells.append(code(f"{name}_test({name})"))
    other = {"cells": cells, "metadata": {"coursera": {}}, "nbformat": 4, "nbformat_minor": 2}
    return json.dumps(other).encode()


def code(text: str) -> dict:
    """A code cell as that edition has them."""
    return {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {"collapsed": True},
        "outputs": [],
        "source": text.splitlines(keepends=True),
    }
