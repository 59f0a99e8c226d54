"""What notebooks of logistic regression import under the name ``lr_utils``: the images."""

from __future__ import annotations

from course.image_data import ImageDataset, load_image_dataset

__all__ = ["load_dataset"]


def load_dataset() -> ImageDataset:
    """Load the cat / non-cat images: the original photographs if present, else the drawn set.

    Returns:
        train_set_x_orig: images to learn from, (209, 64, 64, 3), values 0 to 255.
        train_set_y: their labels, (1, 209): 1 for a cat, 0 for a non-cat.
        test_set_x_orig: images to test with, (50, 64, 64, 3).
        test_set_y: their labels, (1, 50).
        classes: the names of the classes 0 and 1, as byte strings.

    Raises:
        FileNotFoundError: neither set was found, or none that can be read.
    """
    return load_image_dataset()
