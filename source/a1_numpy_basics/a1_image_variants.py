"""Wrong and right ways to turn an image into a column."""

_COLUMN = "image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)"
_SIZE = "image.shape[0] * image.shape[1] * image.shape[2], 1"

_ORDER = "The right numbers stand in the wrong order. "

IMAGE2VECTOR_MISCONCEPTIONS = {
    "rank-one": (
        {_COLUMN: "image.reshape(-1)"},
        "The result is a rank-1 array, neither a row nor a column. A column has two sizes, and "
        "the second one is 1.",
    ),
    "row": (
        {_COLUMN: "image.reshape(1, -1)"},
        "The result is a row. In this course every example is a column.",
    ),
    "axes-turned-round": (
        {_COLUMN: "image.T.reshape(-1, 1)"},
        _ORDER
        + (
            "The axes of the image are turned round before it is laid out. NumPy's own order, "
            "without a transposition or the order 'F', is the right one."
        ),
    ),
    "rows-and-columns-of-pixels-swapped": (
        {_COLUMN: "image.transpose(1, 0, 2).reshape(-1, 1)"},
        _ORDER + "The image is read column by column. NumPy's own order is row by row, and "
        "nothing has to be swapped.",
    ),
    "colour-by-colour": (
        {_COLUMN: "image.transpose(2, 0, 1).reshape(-1, 1)"},
        _ORDER + "All values of the first colour come first, then those of the next. Keep "
        "the values of each pixel together, as NumPy's own order does.",
    ),
    "one-row-a-pixel": (
        {_COLUMN: "image.reshape(image.shape[0] * image.shape[1], image.shape[2])"},
        "The result has one row for each pixel and one column for each colour. The colours belong "
        "in the column, too, so it is as long as the product of all three sizes.",
    ),
    "one-row-a-line": (
        {_COLUMN: "image.reshape(image.shape[0], -1)"},
        "The result has one row for each line of the image. Put all lines below one another: the "
        "second size is 1.",
    ),
    "one-column-a-line": (
        {_COLUMN: "image.reshape(image.shape[0], -1).T"},
        "The result has one column for each line of the image, as a set of several images would "
        "be turned. This is a single image, so it becomes a single column.",
    ),
    "third-axis-kept": (
        {_COLUMN: "image.reshape(-1, 1, 1)"},
        "The result still has three axes. A column has two: its length, and 1.",
    ),
    "depth-forgotten": (
        {_SIZE: "image.shape[0] * image.shape[1], 1"},
        "The column is too short: every pixel has as many values as the image is deep. All three "
        "sizes have to be multiplied.",
    ),
    "sizes-added": (
        {_SIZE: "image.shape[0] + image.shape[1] + image.shape[2], 1"},
        "The sizes are added. The number of entries of an array is the product of its sizes.",
    ),
    "size-twice": (
        {_SIZE: "image.shape[0] * image.shape[0] * image.shape[2], 1"},
        "The image is taken to be square: its first size occurs twice in the product. Python "
        "counts the sizes from 0.",
    ),
    "always-three-colours": (
        {_SIZE: "image.shape[0] * image.shape[1] * 3, 1"},
        "The number of colours is taken to be 3 in every call. It is the third size of the image "
        "and may be different.",
    ),
    "size-written-as-a-number": (
        {_SIZE: "3 * 3 * 2, 1"},
        "The sizes are always those of one example. They change from image to image: take them "
        "from image.shape.",
    ),
    "size-of-the-cat-images": (
        {_SIZE: "64 * 64 * 3, 1"},
        "The sizes are always those of the cat images. They change from image to image: take them "
        "from image.shape.",
    ),
    "sizes-counted-from-one": (
        {_SIZE: "image.shape[1] * image.shape[2] * image.shape[3], 1"},
        "The sizes are counted from 1, so the last one does not exist. Python counts from 0.",
    ),
    "result-thrown-away": (
        {_COLUMN: "image\n    " + _COLUMN},
        "The image comes back as it was. reshape does not change an array, it returns a new one: "
        "give the result a name and return that.",
    ),
    "first-colour-only": (
        {_COLUMN: "image[:, :, 0].reshape(-1, 1)"},
        "Only the first colour is left. All colours belong in the column.",
    ),
    "mean-of-the-colours": (
        {_COLUMN: "image.mean(axis=2).reshape(-1, 1)"},
        "The colours are averaged, which makes a grey image. All of them belong in the column.",
    ),
    "divided-by-255": (
        {_COLUMN: "image.reshape(-1, 1) / 255"},
        "The values are divided by 255. That scaling is a step of its own; here only the shape "
        "changes.",
    ),
    "made-whole": (
        {_COLUMN: "image.reshape(-1, 1).astype(int)"},
        "The values are cut down to whole numbers. Only the shape should change.",
    ),
    "list-returned": (
        {_COLUMN: "image.reshape(-1, 1).tolist()"},
        "The result is a list of lists. Later code computes with it, so it should be an array.",
    ),
    "nothing-returned": (
        {"return v": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

IMAGE2VECTOR_CORRECT = {
    "length-left-to-numpy": {_COLUMN: "image.reshape(-1, 1)"},
    "shape-as-a-tuple": {_COLUMN: f"image.reshape(({_SIZE}))"},
    "size": {_COLUMN: "np.reshape(image, (image.size, 1))"},
    "flatten": {_COLUMN: "image.flatten().reshape(-1, 1)"},
    "new-axis": {_COLUMN: "image.ravel()[:, np.newaxis]"},
    "row-transposed": {_COLUMN: "image.reshape(1, -1).T"},
    "two-dimensional": {_COLUMN: "np.atleast_2d(image.flatten()).T"},
    "product-of-the-shape": {_COLUMN: "image.reshape((np.prod(image.shape), 1)).copy()"},
    "single-precision": {_COLUMN: "image.reshape(-1, 1).astype(np.float32)"},
    "unpacked-sizes": """
def image2vector(picture):
    height, width, channels = picture.shape
    print(height, width, channels)
    return picture.reshape((channels * width * height, 1), order="C")
""",
    "loops": """
def image2vector(image):
    values = []
    for row in image:
        for pixel in row:
            for value in pixel:
                values.append([value])
    return np.array(values)
""",
    "filled-in": """
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
}
