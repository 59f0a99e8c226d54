"""Make a notebook of an early edition, from its imports to its trained models."""

import json

BEFORE = (
    "import numpy as np\nimport matplotlib.pyplot as plt\nimport h5py\nimport scipy\n"
    "from PIL import Image\nfrom scipy import ndimage\nfrom scipy.misc import imresize\n"
    "from lr_utils import load_dataset\n\n%matplotlib inline",
    "train_set_x_orig, train_set_y, test_set_x_orig, test_set_y, classes = load_dataset()",
    "plt.imshow(train_set_x_orig[25])",
    "train_set_x = train_set_x_orig.reshape(train_set_x_orig.shape[0], -1).T / 255.\n"
    "test_set_x = test_set_x_orig.reshape(test_set_x_orig.shape[0], -1).T / 255.",
)
AFTER = (
    "d = model(train_set_x, train_set_y, test_set_x, test_set_y, num_iterations=2000,\n"
    "          learning_rate=0.005, print_cost=True)",
    "models = {}\nfor rate in [0.01, 0.001, 0.0001]:\n"
    "    models[rate] = model(train_set_x, train_set_y, test_set_x, test_set_y, 1500, rate)",
    'image = np.array(ndimage.imread("images/my_image.jpg", flatten=False))\n'
    'predict(d["w"], d["b"], imresize(image, size=(64, 64)).reshape((1, 64 * 64 * 3)).T)',
)


def make(solved: bytes) -> bytes:
    """Keep the code of the functions between the other cells of that edition."""
    cells = [code(text) for text in BEFORE]
    for cell in json.loads(solved)["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            text = "".join(cell["source"]).replace("# YOUR CODE", "### CODE")
            cells.append(code(f"# GRADED FUNCTION: {cell['id']}\n\n{text}"))
    cells += [code(text) for text in AFTER]
    other = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 1}
    return json.dumps(other).encode()


def code(text: str) -> dict:
    """A code cell as that edition has them, with a picture that somebody has seen."""
    drawn = {"data": {"text/plain": ["<Figure>"]}, "metadata": {}, "output_type": "display_data"}
    return {
        "cell_type": "code",
        "execution_count": 7,
        "metadata": {"scrolled": True},
        "outputs": [drawn] if "plt." in text else [],
        "source": text.splitlines(keepends=True),
    }
