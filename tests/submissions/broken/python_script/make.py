"""Is a script that Jupytext made of the notebook, with the name of a notebook."""

import json


def make(solved: bytes) -> bytes:
    """Return the file."""
    parts = ["# ---\n# jupyter:\n#   jupytext: x\n# ---\n"]
    for cell in json.loads(solved)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            parts.append(f"# %%\n{source}\n")
        else:
            parts.append("# %% [markdown]\n" + "\n".join(f"# {x}" for x in source.split("\n")))
    return "\n".join(parts).encode()
