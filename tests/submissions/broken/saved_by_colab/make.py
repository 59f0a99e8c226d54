"""Was saved by Colab, with its metadata and a cell to mount a drive."""

import json


def make(solved: bytes) -> bytes:
    """Dress the notebook up as Colab does."""
    notebook = json.loads(solved)
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {"id": f"Xq{number}", "colab": {"base_uri": "https://localhost:8080/"}}
        del cell["id"]
    mount = (
        "from google.colab import drive\ndrive.mount('/content/drive')\n%cd /content/drive/MyDrive"
    )
    notebook["cells"].insert(
        0, {"cell_type": "code", "metadata": {"id": "drive"}, "outputs": [], "source": mount}
    )
    notebook["metadata"] = {
        "colab": {"provenance": []},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "accelerator": "GPU",
    }
    notebook["nbformat_minor"] = 0
    return json.dumps(notebook).encode()
