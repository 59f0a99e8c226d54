"""Wrong and right ways to write the two functions that create the parameters."""

_RANDN1, _RANDN2 = "np.random.randn(n_h, n_x)", "np.random.randn(n_y, n_h)"
_W1, _W2 = f"{_RANDN1} * 0.01", f"{_RANDN2} * 0.01"
_B1, _B2 = "np.zeros((n_h, 1))", "np.zeros((n_y, 1))"
_SCALED = "layer_dims[l - 1]) * 0.01"
_NOTATION = "a4_deep_network#notation"

INITIALIZE_PARAMETERS_MISCONCEPTIONS = {
    "W1-transposed": (
        {_RANDN1: "np.random.randn(n_x, n_h)"},
        "The shape of W1 is the wrong way round. A weight matrix has one row for each unit of its "
        "own layer and one column for each unit of the layer that feeds it.",
        _NOTATION,
    ),
    "W2-transposed": (
        {_RANDN2: "np.random.randn(n_h, n_y)"},
        "The shape of W2 is the wrong way round. W2 belongs to the output layer: count its rows "
        "by the units of that layer, and its columns by the units that feed it.",
        _NOTATION,
    ),
    "both-weights-transposed": (
        {_RANDN1: "np.random.randn(n_x, n_h)", _RANDN2: "np.random.randn(n_h, n_y)"},
        "The shapes of both weight matrices are the wrong way round. In this course W stands on "
        "the left of the product, so its rows are the units of its own layer.",
        _NOTATION,
    ),
    "W2-fed-by-the-input": (
        {_RANDN2: "np.random.randn(n_y, n_x)"},
        "W2 has as many columns as there are inputs. The output layer never sees the inputs: it "
        "is fed by the hidden layer.",
        _NOTATION,
    ),
    "uniform-instead-of-normal": (
        {_RANDN1: "np.random.rand(n_h, n_x)", _RANDN2: "np.random.rand(n_y, n_h)"},
        "These weights are all positive: they come from `rand`, the uniform distribution between "
        "0 and 1. The exercise asks for the normal distribution, which is centred at 0.",
    ),
    "weights-not-scaled": (
        {_W1: "np.random.randn(n_h, n_x)", _W2: "np.random.randn(n_y, n_h)"},
        "The weights are a hundred times too large: they were not scaled down. Large weights push "
        "the sigmoid into its flat ends, where there is almost no gradient.",
    ),
    "only-W1-scaled": (
        {_W2: "np.random.randn(n_y, n_h)"},
        "W1 is small, but W2 was not scaled down. Both weight matrices should be small.",
    ),
    "weights-divided-by-root-of-inputs": (
        {
            _W1: "np.random.randn(n_h, n_x) / np.sqrt(n_x)",
            _W2: "np.random.randn(n_y, n_h) / np.sqrt(n_h)",
        },
        "The weights are scaled by the square root of the number of inputs. That is a good idea "
        "for deep networks and comes in the next assignment; here one fixed factor is asked for.",
    ),
    "weights-ten-times-too-large": (
        {_W1: "np.random.randn(n_h, n_x) * 0.1", _W2: "np.random.randn(n_y, n_h) * 0.1"},
        "The random numbers are the right ones, but the factor that makes them small is ten times "
        "too large. Look at it again in the instructions.",
    ),
    "weights-zero": (
        {_W1: "np.zeros((n_h, n_x))", _W2: "np.zeros((n_y, n_h))"},
        "The weights are all zero. Then all hidden units compute the same thing and get the same "
        "gradient, so they stay equal for ever: weights have to start random.",
    ),
    "seeded-again-before-W2": (
        {
            "W2 = np.random.randn(n_y, n_h) * 0.01": (
                "np.random.seed(1)\n    W2 = np.random.randn(n_y, n_h) * 0.01"
            )
        },
        "W2 repeats the random numbers of W1, as after a second seed. Seed once, at the top; "
        "every later call goes on from there.",
    ),
    "another-seed": (
        {"np.random.seed(1)": "np.random.seed(3)"},
        "The shapes and sizes look right, but the random numbers are different. The seed at the "
        "top of the function must stay, and nothing may be seeded or drawn before W1.",
    ),
    "W2-drawn-before-W1": (
        {
            "W1 = np.random.randn(n_h, n_x) * 0.01": (
                "W2 = np.random.randn(n_y, n_h) * 0.01\n    W1 = np.random.randn(n_h, n_x) * 0.01"
            ),
            "b1 = np.zeros((n_h, 1))\n    W2 = np.random.randn(n_y, n_h) * 0.01": (
                "b1 = np.zeros((n_h, 1))"
            ),
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
    "b1-sized-by-the-input": (
        {_B1: "np.zeros((n_x, 1))", _B2: "np.zeros((n_h, 1))"},
        "The biases have the length of the layer before. A bias belongs to the unit that it is "
        "added to, so b has as many rows as W.",
        _NOTATION,
    ),
    "sizes-of-the-example": (
        {
            _RANDN1: "np.random.randn(2, 3)",
            _B1: "np.zeros((2, 1))",
            _RANDN2: "np.random.randn(1, 2)",
            _B2: "np.zeros((1, 1))",
        },
        "The sizes are always those of the example in the notebook. The function must work for "
        "every network: use its arguments.",
    ),
    "zeros-without-a-tuple": (
        {_B1: "np.zeros(n_h, 1)"},
        "`np.zeros` was given the two sizes as two arguments, and took the second for a data "
        "type. It expects the shape as one tuple.",
    ),
    "randn-with-a-tuple": (
        {_RANDN1: "np.random.randn((n_h, n_x))"},
        "`np.random.randn` was given a tuple. Unlike `np.zeros`, it expects the sizes as separate "
        "arguments.",
    ),
}

INITIALIZE_PARAMETERS_CORRECT = {
    "factor-in-front": {
        _W1: "0.01 * np.random.randn(n_h, n_x)",
        _W2: "0.01 * np.random.randn(n_y, n_h)",
    },
    "divided-by-a-hundred": {
        _W1: "np.random.randn(n_h, n_x) / 100",
        _W2: "np.multiply(np.random.randn(n_y, n_h), 1e-2)",
    },
    "shape-by-keyword": {_B1: "np.zeros(shape=(n_h, 1))", _B2: "np.zeros([n_y, 1])"},
    "standard-normal": {
        _RANDN1: "np.random.standard_normal((n_h, n_x))",
        _RANDN2: "np.random.normal(0, 1, size=(n_y, n_h))",
    },
    "weights-first-then-biases": {
        "b1 = np.zeros((n_h, 1))\n    W2 = np.random.randn(n_y, n_h) * 0.01": (
            "W2 = np.random.randn(n_y, n_h) * 0.01\n    b1 = W1[:, :1] * 0"
        )
    },
    "biases-of-whole-numbers": {_B1: "np.zeros((n_h, 1), dtype=int)"},
    "single-precision": {
        _W1: ("(np.random.randn(n_h, n_x) * 0.01).astype(np.float32)"),
        _W2: ("(np.random.randn(n_y, n_h) * 0.01).astype(np.float32)"),
    },
    "helper-and-other-names": """
def small(rows, columns):
    return np.random.randn(rows, columns) * 0.01

def initialize_parameters(inputs, hidden, outputs):
    np.random.seed(1)
    print("shapes:", (hidden, inputs), (outputs, hidden))
    parameters = {}
    parameters["W1"] = small(hidden, inputs)
    parameters["W2"] = small(outputs, hidden)
    parameters["b1"] = np.zeros((hidden, 1))
    parameters["b2"] = np.zeros((outputs, 1))
    return parameters
""",
    "own-random-state": """
def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.RandomState(1)
    return {
        "W1": rng.randn(n_h, n_x) * 0.01,
        "b1": np.full((n_h, 1), 0.0),
        "W2": rng.randn(n_y, n_h) * 0.01,
        "b2": np.full((n_y, 1), 0.0),
    }
""",
}

INITIALIZE_PARAMETERS_DEEP_MISCONCEPTIONS = {
    "weights-transposed": (
        {
            "np.random.randn(layer_dims[l], layer_dims[l - 1])": (
                "np.random.randn(layer_dims[l - 1], layer_dims[l])"
            )
        },
        "The weight matrices are the wrong way round. W has one row for each unit of its own "
        "layer and one column for each unit of the layer before.",
        _NOTATION,
    ),
    "biases-sized-by-the-layer-before": (
        {"np.zeros((layer_dims[l], 1))": "np.zeros((layer_dims[l - 1], 1))"},
        "Each bias has the length of the layer before. A bias is added to the units of its own "
        "layer, so b has as many rows as W.",
        _NOTATION,
    ),
    "uniform-instead-of-normal": (
        {"np.random.randn(": "np.random.rand("},
        "These weights are all positive: they come from `rand`, the uniform distribution between "
        "0 and 1. The exercise asks for the normal distribution, which is centred at 0.",
    ),
    "weights-not-scaled": (
        {_SCALED: "layer_dims[l - 1])"},
        "The weights are a hundred times too large: they were not scaled down. Large weights push "
        "the sigmoid into its flat ends, where there is almost no gradient.",
    ),
    "weights-ten-times-too-large": (
        {_SCALED: "layer_dims[l - 1]) * 0.1"},
        "The random numbers are the right ones, but the factor that makes them small is ten times "
        "too large. Look at it again in the instructions.",
    ),
    "weights-divided-by-root-of-inputs": (
        {_SCALED: "layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])"},
        "The weights are scaled by the square root of the number of inputs. That is a good idea "
        "and comes in the next assignment; here one fixed factor is asked for.",
    ),
    "weights-he-initialized": (
        {_SCALED: "layer_dims[l - 1]) * np.sqrt(2 / layer_dims[l - 1])"},
        "This is He's initialization. It suits deep ReLU networks, but here one fixed factor is "
        "asked for, so that everyone gets the same numbers.",
    ),
    "weights-zero": (
        {
            "np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01": (
                "np.zeros((layer_dims[l], layer_dims[l - 1]))"
            )
        },
        "The weights are all zero. Then all units of a layer compute the same thing and get the "
        "same gradient, so they stay equal for ever: weights have to start random.",
    ),
    "seeded-again-in-the-loop": (
        {
            'parameters["W" + str(l)] = np': (
                'np.random.seed(3)\n        parameters["W" + str(l)] = np'
            )
        },
        "Every layer starts with the same random numbers, as when the seed is set in every round "
        "of the loop. Seed once, before the loop.",
    ),
    "seed-of-the-other-exercise": (
        {"np.random.seed(3)": "np.random.seed(1)"},
        "The shapes and sizes look right, but the random numbers are different: they are those of "
        "the seed 1. Keep the given line with the seed as it was.",
    ),
    "biases-random": (
        {"np.zeros((layer_dims[l], 1))": "np.random.randn(layer_dims[l], 1) * 0.01"},
        "The biases are random. Random weights already make the units differ, so the biases start "
        "at zero; and drawing them shifts the random numbers of the next layer.",
    ),
    "biases-one": (
        {"np.zeros((layer_dims[l], 1))": "np.ones((layer_dims[l], 1))"},
        "The biases start at one. They should start at zero.",
    ),
    "biases-flat": (
        {"np.zeros((layer_dims[l], 1))": "np.zeros(layer_dims[l])"},
        "The biases are flat arrays of shape (n,). They must be columns of shape (n, 1), or "
        "broadcasting will add them along the examples instead of along the units.",
        _NOTATION,
    ),
    "biases-as-rows": (
        {"np.zeros((layer_dims[l], 1))": "np.zeros((1, layer_dims[l]))"},
        "The biases are rows. Each unit has its row in W and in Z, so its bias needs its own row "
        "too: a bias vector is a column.",
        _NOTATION,
    ),
    "last-layer-missing": (
        {"range(1, L)": "range(1, L - 1)"},
        "The last layer has no parameters. Here L counts the input layer too, and `range` leaves "
        "its end out by itself.",
    ),
    "keys-counted-from-zero": (
        {
            'parameters["W" + str(l)] = np': 'parameters["W" + str(l - 1)] = np',
            'parameters["b" + str(l)] = np': 'parameters["b" + str(l - 1)] = np',
        },
        "The keys begin with W0 and b0. Layer 0 is the input, which has no parameters: the first "
        "keys are W1 and b1.",
    ),
    "key-without-the-number": (
        {
            'parameters["W" + str(l)] = np': 'parameters["W"] = np',
            'parameters["b" + str(l)] = np': 'parameters["b"] = np',
        },
        "Every layer is stored under the same key, so each overwrites the one before. The key "
        "needs the number of the layer.",
    ),
    "key-with-the-letter-l": (
        {
            'parameters["W" + str(l)] = np': 'parameters["Wl"] = np',
            'parameters["b" + str(l)] = np': 'parameters["bl"] = np',
        },
        "The keys hold the letter l instead of its value. The number has to be turned into text "
        "and joined to the letter.",
    ),
    "layers-of-the-example": (
        {"range(1, L)": "range(1, 3)"},
        "Exactly two layers get parameters, as in the example of the notebook. The number of "
        "layers is not fixed: take it from the argument.",
    ),
    "zeros-without-a-tuple": (
        {"np.zeros((layer_dims[l], 1))": "np.zeros(layer_dims[l], 1)"},
        "`np.zeros` was given the two sizes as two arguments, and took the second for a data "
        "type. It expects the shape as one tuple.",
    ),
}

INITIALIZE_PARAMETERS_DEEP_CORRECT = {
    "factor-in-front": {
        "np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01": (
            "0.01 * np.random.randn(layer_dims[l], layer_dims[l - 1])"
        )
    },
    "divided-by-a-hundred": {_SCALED: "layer_dims[l - 1]) / 100"},
    "formatted-keys": {
        'parameters["W" + str(l)] = np': 'parameters[f"W{l}"] = np',
        'parameters["b" + str(l)] = np': 'parameters["b%d" % l] = np',
    },
    "loop-from-zero": """
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    for i in range(len(layer_dims) - 1):
        parameters["W" + str(i + 1)] = np.random.randn(layer_dims[i + 1], layer_dims[i]) * 0.01
        parameters["b" + str(i + 1)] = np.zeros((layer_dims[i + 1], 1))
    return parameters
""",
    "pairs-of-neighbours": """
def initialize_parameters_deep(dims):
    np.random.seed(3)
    parameters = {}
    for number, (before, here) in enumerate(zip(dims[:-1], dims[1:]), start=1):
        parameters.update({
            "W" + str(number): np.random.randn(here, before) * 0.01,
            "b" + str(number): np.zeros((here, 1)),
        })
    return parameters
""",
    "biases-in-a-second-loop": """
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    weights = {f"W{l}": np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
               for l in range(1, len(layer_dims))}
    biases = {f"b{l}": np.zeros((layer_dims[l], 1)) for l in range(1, len(layer_dims))}
    return {**weights, **biases}
""",
    "bias-before-weights": {
        'parameters["W" + str(l)] = np': (
            'parameters["b" + str(l)] = np.zeros([layer_dims[l], 1])\n'
            '        parameters["W" + str(l)] = np'
        )
    },
    "bias-like-the-weights": {
        "np.zeros((layer_dims[l], 1))": (
            'np.zeros((parameters["W" + str(l)].shape[0], 1))\n        print("layer", l)'
        )
    },
    "single-precision": {_SCALED: ("layer_dims[l - 1]).astype(np.float32) * np.float32(0.01)")},
    "standard-normal": {
        "np.random.randn(layer_dims[l], layer_dims[l - 1])": (
            "np.random.normal(size=(layer_dims[l], layer_dims[l - 1]))"
        )
    },
}
