"""Wrong and right ways to write ``layer_sizes`` and ``initialize_parameters``."""

_N_X = "n_x = X.shape[0]"
_N_H = "n_h = 4"
_N_Y = "n_y = Y.shape[0]"

LAYER_SIZES_MISCONCEPTIONS = {
    "examples-counted-instead-of-features": (
        {_N_X: "n_x = X.shape[1]"},
        "n_x is the number of examples. Each example is a column of X and each feature a row: "
        "count the other way.",
    ),
    "examples-counted-instead-of-outputs": (
        {_N_Y: "n_y = Y.shape[1]"},
        "n_y is the number of examples. Each example is a column of Y and each output a row: "
        "count the other way.",
    ),
    "examples-counted-both-times": (
        {_N_X: "n_x = X.shape[1]", _N_Y: "n_y = Y.shape[1]"},
        "Both sizes are the number of examples. Examples are the columns here; the size of a "
        "layer is the number of rows.",
    ),
    "X-and-Y-swapped": (
        {_N_X: "n_x = Y.shape[0]", _N_Y: "n_y = X.shape[0]"},
        "The sizes of input and output are swapped: the input is X, and the output has the shape "
        "of Y.",
    ),
    "output-as-large-as-the-input": (
        {_N_Y: "n_y = X.shape[0]"},
        "n_y is the number of inputs. The number of outputs can be seen from Y.",
    ),
    "hidden-layer-as-large-as-the-input": (
        {_N_H: "n_h = X.shape[0]"},
        "The size of the hidden layer is taken from the data. It is our own choice, and this "
        "exercise fixes it.",
    ),
    "five-hidden-units": (
        {_N_H: "n_h = 5"},
        "The hidden layer has five units. Here it should have four.",
    ),
    "sizes-of-the-flower": (
        {_N_X: "n_x = 2", _N_Y: "n_y = 1"},
        "The sizes are always those of the flower, 2 and 1. The function is called with other "
        "data, too: take them from X and Y.",
    ),
    "one-output-written-as-a-number": (
        {_N_Y: "n_y = 1"},
        "n_y is always 1. Other data can have more outputs: take it from Y.",
    ),
    "two-inputs-written-as-a-number": (
        {_N_X: "n_x = 2"},
        "n_x is always 2. Other data can have more features: take it from X.",
    ),
    "whole-shapes": (
        {_N_X: "n_x = X.shape", _N_Y: "n_y = Y.shape"},
        "A whole shape was taken, which is a pair of numbers. The size of the layer is one of the "
        "two.",
    ),
    "numbers-of-entries": (
        {_N_X: "n_x = X.size", _N_Y: "n_y = Y.size"},
        "All entries of the arrays are counted, those of all examples. The size of a layer is the "
        "number of entries of one example.",
    ),
    "returned-in-another-order": (
        {"return n_x, n_h, n_y": "return n_x, n_y, n_h"},
        "The sizes are returned in a different order. Input, hidden layer, output: as they follow "
        "one another in the network.",
    ),
}

LAYER_SIZES_CORRECT = {
    "len": {_N_X: "n_x = len(X)", _N_Y: "n_y = len(Y)"},
    "shapes-unpacked": {_N_X: "n_x, m = X.shape", _N_Y: "(n_y, _) = Y.shape"},
    "np-size": {_N_X: "n_x = np.size(X, 0)"},
    "np-shape": {_N_Y: "n_y = np.shape(Y)[0]"},
    "counted-from-the-end": {_N_X: "n_x = X.shape[-2]"},
    "numpy-integers": {_N_X: "n_x = np.int64(X.shape[0])", _N_H: "n_h = 2 + 2"},
    "size-of-a-column": {_N_Y: "n_y = Y[:, 0].size"},
    "tuple-in-parentheses": {"return n_x, n_h, n_y": "return (n_x, n_h, n_y)"},
    "names-of-ones-own": """
def rows(table):
    count = 0
    for _row in table:
        count += 1
    return count

def layer_sizes(inputs, labels):
    print("shapes", inputs.shape, labels.shape)
    return rows(inputs), 4, rows(labels)
""",
}

_W1 = "np.random.randn(n_h, n_x) * 0.01"
_W2 = "np.random.randn(n_y, n_h) * 0.01"
_B1 = "np.zeros((n_h, 1))"
_B2 = "np.zeros((n_y, 1))"
_NOTATION = "a3_shallow_network#network"

INITIALIZE_PARAMETERS_MISCONCEPTIONS = {
    "W1-transposed": (
        {_W1: "np.random.randn(n_x, n_h) * 0.01"},
        "The shape of W1 is the wrong way round. A weight matrix has one row for each unit of its "
        "own layer and one column for each unit of the layer that feeds it.",
        _NOTATION,
    ),
    "W2-transposed": (
        {_W2: "np.random.randn(n_h, n_y) * 0.01"},
        "The shape of W2 is the wrong way round. W2 belongs to the output layer: count its rows "
        "by the units of that layer, and its columns by the units that feed it.",
        _NOTATION,
    ),
    "both-weights-transposed": (
        {_W1: "np.random.randn(n_x, n_h) * 0.01", _W2: "np.random.randn(n_h, n_y) * 0.01"},
        "The shapes of both weight matrices are the wrong way round. W stands on the left of the "
        "product here, so its rows are the units of its own layer.",
        _NOTATION,
    ),
    "W2-fed-by-the-input": (
        {_W2: "np.random.randn(n_y, n_x) * 0.01"},
        "W2 has as many columns as there are inputs. The output layer never sees the inputs: it "
        "is fed by the hidden layer.",
        _NOTATION,
    ),
    "uniform-instead-of-normal": (
        {_W1: "np.random.rand(n_h, n_x) * 0.01", _W2: "np.random.rand(n_y, n_h) * 0.01"},
        "These weights are all positive: they come from `rand`, the uniform distribution between "
        "0 and 1. The exercise asks for the normal distribution, which is centred at 0.",
    ),
    "uniform-and-not-scaled": (
        {_W1: "np.random.rand(n_h, n_x)", _W2: "np.random.rand(n_y, n_h)"},
        "These weights are all positive, and large: they come from `rand`, the uniform "
        "distribution between 0 and 1, and were not scaled down. The exercise asks for small "
        "numbers of the normal distribution, which is centred at 0.",
    ),
    "weights-not-scaled": (
        {_W1: "np.random.randn(n_h, n_x)", _W2: "np.random.randn(n_y, n_h)"},
        "The weights are a hundred times too large: they were not scaled down. Large weights push "
        "tanh into its flat ends, where there is almost no gradient.",
    ),
    "only-W1-scaled": (
        {_W2: "np.random.randn(n_y, n_h)"},
        "W1 is small, but W2 was not scaled down. Both weight matrices should be small.",
    ),
    "only-W2-scaled": (
        {_W1: "np.random.randn(n_h, n_x)"},
        "W2 is small, but W1 was not scaled down. Both weight matrices should be small.",
    ),
    "weights-ten-times-too-large": (
        {_W1: "np.random.randn(n_h, n_x) * 0.1", _W2: "np.random.randn(n_y, n_h) * 0.1"},
        "The random numbers are the right ones, but the factor that makes them small is ten times "
        "too large. Look at it again in the instructions.",
    ),
    "weights-ten-times-too-small": (
        {_W1: "np.random.randn(n_h, n_x) * 0.001", _W2: "np.random.randn(n_y, n_h) * 0.001"},
        "The random numbers are the right ones, but the factor that makes them small is ten times "
        "too small. Look at it again in the instructions.",
    ),
    "hundredth-added": (
        {_W1: "np.random.randn(n_h, n_x) + 0.01", _W2: "np.random.randn(n_y, n_h) + 0.01"},
        "0.01 is added to the random numbers. It is a factor that makes them small.",
    ),
    "weights-divided-by-root-of-inputs": (
        {
            _W1: "np.random.randn(n_h, n_x) / np.sqrt(n_x)",
            _W2: "np.random.randn(n_y, n_h) / np.sqrt(n_h)",
        },
        "The weights are scaled by the square root of the number of inputs. That is a good idea "
        "for deep networks and comes later in the course; here one fixed factor is asked for.",
    ),
    "weights-zero": (
        {_W1: "np.zeros((n_h, n_x))", _W2: "np.zeros((n_y, n_h))"},
        "The weights are all zero. Then all hidden units compute the same thing and get the same "
        "gradient, so they stay equal for ever: weights have to start random.",
    ),
    "weights-one": (
        {_W1: "np.ones((n_h, n_x)) * 0.01", _W2: "np.ones((n_y, n_h)) * 0.01"},
        "The weights are all equal. Then all hidden units compute the same thing and get the same "
        "gradient, so they stay equal for ever: weights have to start random.",
    ),
    "seeded-inside-with-1": (
        {f"W1 = {_W1}": f"np.random.seed(1)\n    W1 = {_W1}"},
        "The random numbers are those of the seed 1, and not those that the caller asked for. Set "
        "no seed in here.",
    ),
    "seeded-inside-with-3": (
        {f"W1 = {_W1}": f"np.random.seed(3)\n    W1 = {_W1}"},
        "The random numbers are those of the seed 3, and not those that the caller asked for. The "
        "seed 3 belongs in `nn_model`.",
    ),
    "seeded-inside-with-0": (
        {f"W1 = {_W1}": f"np.random.seed(0)\n    W1 = {_W1}"},
        "The random numbers are those of the seed 0, and not those that the caller asked for. Set "
        "no seed in here.",
    ),
    "seeded-inside-with-42": (
        {f"W1 = {_W1}": f"np.random.seed(42)\n    W1 = {_W1}"},
        "The random numbers are those of the seed 42, and not those that the caller asked for. "
        "Set no seed in here.",
    ),
    "seeded-again-before-W2": (
        {f"W2 = {_W2}": f"np.random.seed(2)\n    W2 = {_W2}"},
        "W2 repeats the random numbers of W1, as after a second seed. Set no seed in this "
        "function.",
    ),
    "W2-drawn-before-W1": (
        {
            f"W1 = {_W1}": f"W2 = {_W2}\n    W1 = {_W1}",
            f"b1 = {_B1}\n    W2 = {_W2}": f"b1 = {_B1}",
        },
        "W2 was drawn before W1, so each got the other's random numbers. Draw them in the order "
        "of the layers.",
    ),
    "biases-random": (
        {_B1: "np.random.randn(n_h, 1) * 0.01", _B2: "np.random.randn(n_y, 1) * 0.01"},
        "The biases are random. Random weights already make the units differ, so the biases start "
        "at zero; and drawing them shifts the random numbers of W2.",
    ),
    "biases-one": (
        {_B1: "np.ones((n_h, 1))", _B2: "np.ones((n_y, 1))"},
        "The biases start at one. They should start at zero.",
    ),
    "biases-flat": (
        {_B1: "np.zeros(n_h)", _B2: "np.zeros(n_y)"},
        "The biases are flat arrays of shape (n,). They must be columns of shape (n, 1), or "
        "broadcasting will add them along the examples instead of along the units.",
        _NOTATION,
    ),
    "biases-as-rows": (
        {_B1: "np.zeros((1, n_h))", _B2: "np.zeros((1, n_y))"},
        "The biases are rows. Each unit has its row in W and in Z, so its bias needs its own row "
        "too: a bias vector is a column.",
        _NOTATION,
    ),
    "biases-one-number": (
        {_B1: "0", _B2: "0"},
        "Each bias is a single number. Every unit needs a bias of its own, so make a column with "
        "one entry for each unit.",
        _NOTATION,
    ),
    "biases-sized-by-the-layer-before": (
        {_B1: "np.zeros((n_x, 1))", _B2: "np.zeros((n_h, 1))"},
        "The biases have the length of the layer before. A bias belongs to the unit that it is "
        "added to, so b has as many rows as W.",
        _NOTATION,
    ),
    "sizes-of-the-flower": (
        {
            _W1: "np.random.randn(4, 2) * 0.01",
            _B1: "np.zeros((4, 1))",
            _W2: "np.random.randn(1, 4) * 0.01",
            _B2: "np.zeros((1, 1))",
        },
        "The sizes are always those of the network for the flower. The function must work for "
        "every network: use its arguments.",
    ),
    "zeros-without-a-tuple": (
        {_B1: "np.zeros(n_h, 1)"},
        "`np.zeros` was given the two sizes as two arguments, and took the second for a data "
        "type. It expects the shape as one tuple.",
    ),
    "randn-with-a-tuple": (
        {_W1: "np.random.randn((n_h, n_x)) * 0.01"},
        "`np.random.randn` was given a tuple. Unlike `np.zeros`, it expects the sizes as separate "
        "arguments.",
    ),
    "scaled-as-for-ReLU": (
        {
            _W1: "np.random.randn(n_h, n_x) * np.sqrt(2 / n_x)",
            _W2: "np.random.randn(n_y, n_h) * np.sqrt(2 / n_h)",
        },
        "The weights are scaled with the square root of 2 over the number of inputs, which suits "
        "ReLU in deep networks. Here the factor is the one that the exercise names.",
    ),
}

INITIALIZE_PARAMETERS_CORRECT = {
    # A seed 2 inside, as in older editions, is right too: every call of the judge starts there.
    # It is no variant here, because it keeps `nn_model` from starting at its own seed.
    "factor-in-front": {
        _W1: "0.01 * np.random.randn(n_h, n_x)",
        _W2: "0.01 * np.random.randn(n_y, n_h)",
    },
    "divided-by-a-hundred": {
        _W1: "np.random.randn(n_h, n_x) / 100",
        _W2: "np.random.randn(n_y, n_h) / 100",
    },
    "np-multiply": {_W1: "np.multiply(np.random.randn(n_h, n_x), 1e-2)"},
    "standard-normal": {_W1: "np.random.standard_normal((n_h, n_x)) * 0.01"},
    "normal-with-a-scale": {
        _W1: "np.random.normal(0, 0.01, (n_h, n_x))",
        _W2: "np.random.normal(loc=0.0, scale=0.01, size=(n_y, n_h))",
    },
    "drawn-number-by-number": {
        _W1: ("np.array([[np.random.randn() for _ in range(n_x)] for _ in range(n_h)]) * 0.01")
    },
    "shape-as-a-list": {_B1: "np.zeros([n_h, 1])", _B2: "np.zeros(shape=(n_y, 1))"},
    "zeros-in-other-words": {_B1: "np.full((n_h, 1), 0.0)", _B2: "np.array([[0.0]] * n_y)"},
    "whole-numbers-for-biases": {_B1: "np.zeros((n_h, 1), dtype=int)"},
    "biases-reshaped": {_B1: "np.zeros(n_h).reshape(n_h, 1)"},
    "names-of-ones-own": """
def weights(rows, columns):
    return np.random.randn(rows, columns) * 0.01

def initialize_parameters(inputs, units, outputs):
    parameters = {}
    parameters["W1"] = weights(units, inputs)
    parameters["W2"] = weights(outputs, units)
    for name in ("1", "2"):
        parameters["b" + name] = 0 * parameters["W" + name][:, :1]
    return parameters
""",
}
