"""Wrong and right ways to turn an image into a column."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_COLUMN = "image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)"
_SIZE = "image.shape[0] * image.shape[1] * image.shape[2], 1"

_ORDER = "The right numbers stand in the wrong order. "

IMAGE2VECTOR_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="rank-one",
        edits=((_COLUMN, "image.reshape(-1)"),),
        message="The result is a rank-1 array, neither a row nor a column. A column has two sizes, "
        "and the second one is 1.",
    ),
    Misconception(
        name="row",
        edits=((_COLUMN, "image.reshape(1, -1)"),),
        message="The result is a row. In this course every example is a column.",
    ),
    Misconception(
        name="axes-turned-round",
        edits=((_COLUMN, "image.T.reshape(-1, 1)"),),
        message=_ORDER
        + (
            "The axes of the image are turned round before it is laid out. NumPy's own order, "
            "without a transposition or the order 'F', is the right one."
        ),
    ),
    Misconception(
        name="rows-and-columns-of-pixels-swapped",
        edits=((_COLUMN, "image.transpose(1, 0, 2).reshape(-1, 1)"),),
        message=_ORDER + "The image is read column by column. NumPy's own order is row by row, and "
        "nothing has to be swapped.",
    ),
    Misconception(
        name="colour-by-colour",
        edits=((_COLUMN, "image.transpose(2, 0, 1).reshape(-1, 1)"),),
        message=_ORDER + "All values of the first colour come first, then those of the next. Keep "
        "the values of each pixel together, as NumPy's own order does.",
    ),
    Misconception(
        name="one-row-a-pixel",
        edits=((_COLUMN, "image.reshape(image.shape[0] * image.shape[1], image.shape[2])"),),
        message="The result has one row for each pixel and one column for each colour. The colours "
        "belong in the column, too, so it is as long as the product of all three sizes.",
    ),
    Misconception(
        name="one-row-a-line",
        edits=((_COLUMN, "image.reshape(image.shape[0], -1)"),),
        message="The result has one row for each line of the image. Put all lines below one "
        "another: the second size is 1.",
    ),
    Misconception(
        name="one-column-a-line",
        edits=((_COLUMN, "image.reshape(image.shape[0], -1).T"),),
        message="The result has one column for each line of the image, as a set of several images "
        "would be turned. This is a single image, so it becomes a single column.",
    ),
    Misconception(
        name="third-axis-kept",
        edits=((_COLUMN, "image.reshape(-1, 1, 1)"),),
        message="The result still has three axes. A column has two: its length, and 1.",
    ),
    Misconception(
        name="depth-forgotten",
        edits=((_SIZE, "image.shape[0] * image.shape[1], 1"),),
        message="The column is too short: every pixel has as many values as the image is deep. All "
        "three sizes have to be multiplied.",
    ),
    Misconception(
        name="sizes-added",
        edits=((_SIZE, "image.shape[0] + image.shape[1] + image.shape[2], 1"),),
        message="The sizes are added. The number of entries of an array is the product of its "
        "sizes.",
    ),
    Misconception(
        name="size-twice",
        edits=((_SIZE, "image.shape[0] * image.shape[0] * image.shape[2], 1"),),
        message="The image is taken to be square: its first size occurs twice in the product. "
        "Python counts the sizes from 0.",
    ),
    Misconception(
        name="always-three-colours",
        edits=((_SIZE, "image.shape[0] * image.shape[1] * 3, 1"),),
        message=(
            "The number of colours is taken to be 3 in every call. It is the third size of the "
            "image and may be different."
        ),
    ),
    Misconception(
        name="size-written-as-a-number",
        edits=((_SIZE, "3 * 3 * 2, 1"),),
        message=(
            "The sizes are always those of one example. They change from image to image: take "
            "them from image.shape."
        ),
    ),
    Misconception(
        name="size-of-the-cat-images",
        edits=((_SIZE, "64 * 64 * 3, 1"),),
        message=(
            "The sizes are always those of the cat images. They change from image to image: "
            "take them from image.shape."
        ),
    ),
    Misconception(
        name="sizes-counted-from-one",
        edits=((_SIZE, "image.shape[1] * image.shape[2] * image.shape[3], 1"),),
        message="The sizes are counted from 1, so the last one does not exist. Python counts from "
        "0.",
    ),
    Misconception(
        name="result-thrown-away",
        edits=((_COLUMN, "image\n    " + _COLUMN),),
        message="The image comes back as it was. reshape does not change an array, it returns a "
        "new one: give the result a name and return that.",
    ),
    Misconception(
        name="first-colour-only",
        edits=((_COLUMN, "image[:, :, 0].reshape(-1, 1)"),),
        message="Only the first colour is left. All colours belong in the column.",
    ),
    Misconception(
        name="mean-of-the-colours",
        edits=((_COLUMN, "image.mean(axis=2).reshape(-1, 1)"),),
        message="The colours are averaged, which makes a grey image. All of them belong in the "
        "column.",
    ),
    Misconception(
        name="divided-by-255",
        edits=((_COLUMN, "image.reshape(-1, 1) / 255"),),
        message="The values are divided by 255. That scaling is a step of its own; here only the "
        "shape changes.",
    ),
    Misconception(
        name="made-whole",
        edits=((_COLUMN, "image.reshape(-1, 1).astype(int)"),),
        message="The values are cut down to whole numbers. Only the shape should change.",
    ),
    Misconception(
        name="list-returned",
        edits=((_COLUMN, "image.reshape(-1, 1).tolist()"),),
        message="The result is a list of lists. Later code computes with it, so it should be an "
        "array.",
    ),
    Misconception(
        name="nothing-returned",
        edits=(("return v", ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
)

IMAGE2VECTOR_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="length-left-to-numpy", edits=((_COLUMN, "image.reshape(-1, 1)"),)),
    CorrectVariant(name="shape-as-a-tuple", edits=((_COLUMN, f"image.reshape(({_SIZE}))"),)),
    CorrectVariant(name="size", edits=((_COLUMN, "np.reshape(image, (image.size, 1))"),)),
    CorrectVariant(name="flatten", edits=((_COLUMN, "image.flatten().reshape(-1, 1)"),)),
    CorrectVariant(name="new-axis", edits=((_COLUMN, "image.ravel()[:, np.newaxis]"),)),
    CorrectVariant(name="row-transposed", edits=((_COLUMN, "image.reshape(1, -1).T"),)),
    CorrectVariant(name="two-dimensional", edits=((_COLUMN, "np.atleast_2d(image.flatten()).T"),)),
    CorrectVariant(
        name="product-of-the-shape",
        edits=((_COLUMN, "image.reshape((np.prod(image.shape), 1)).copy()"),),
    ),
    CorrectVariant(
        name="single-precision", edits=((_COLUMN, "image.reshape(-1, 1).astype(np.float32)"),)
    ),
    CorrectVariant(
        name="unpacked-sizes",
        code="""
def image2vector(picture):
    height, width, channels = picture.shape
    print(height, width, channels)
    return picture.reshape((channels * width * height, 1), order="C")
""",
    ),
    CorrectVariant(
        name="loops",
        code="""
def image2vector(image):
    values = []
    for row in image:
        for pixel in row:
            for value in pixel:
                values.append([value])
    return np.array(values)
""",
    ),
    CorrectVariant(
        name="filled-in",
        code="""
def image2vector(image):
    length, height, depth = image.shape
    v = np.zeros((length * height * depth, 1))
    position = 0
    for i in range(length):
        for j in range(height):
            for k in range(depth):
                v[position, 0] = image[i, j, k]
                position += 1
    return v
""",
    ),
)
