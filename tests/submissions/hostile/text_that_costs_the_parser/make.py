"""Add cells of the kinds that break parsers."""

import json

TEXTS = (
    "x" + "()" * 50_000,
    "-" * 50_000 + "1",
    "(" * 150 + ")" * 150,
    "+".join(["1"] * 40_000),
    "lambda: " * 20_000 + "1",
    "\n".join(" " * depth + "if 1:" for depth in range(99)),
    "%" * 100_000,
    "\0" * 1000,
    '"""' * 30_001,
)


def make(solved: bytes) -> bytes:
    """Add the cells, one of them in the place of a function."""
    notebook = json.loads(solved)
    for number, text in enumerate(TEXTS):
        cell = {"cell_type": "code", "id": f"hard-{number}", "metadata": {}, "outputs": []}
        notebook["cells"].append(cell | {"source": text, "execution_count": None})
    for cell in notebook["cells"]:
        if cell["id"] == "compute_cost":
            cell["source"] = "def compute_cost(AL, Y):\n    return " + "not " * 30_000 + "0"
    return json.dumps(notebook).encode()
