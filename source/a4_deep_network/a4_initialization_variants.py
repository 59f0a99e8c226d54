"""Wrong and right ways to write the two functions that create the parameters."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

INITIALIZE_PARAMETERS_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="W1-transposed",
        edits=(("np.random.randn(n_h, n_x)", "np.random.randn(n_x, n_h)"),),
        message="The shape of W1 is the wrong way round. A weight matrix has one row for each unit "
        "of its own layer and one column for each unit of the layer that feeds it.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="W2-transposed",
        edits=(("np.random.randn(n_y, n_h)", "np.random.randn(n_h, n_y)"),),
        message="The shape of W2 is the wrong way round. W2 belongs to the output layer: count its "
        "rows by the units of that layer, and its columns by the units that feed it.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="both-weights-transposed",
        edits=(
            ("np.random.randn(n_h, n_x)", "np.random.randn(n_x, n_h)"),
            ("np.random.randn(n_y, n_h)", "np.random.randn(n_h, n_y)"),
        ),
        message="The shapes of both weight matrices are the wrong way round. In this course W "
        "stands on the left of the product, so its rows are the units of its own layer.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="W2-fed-by-the-input",
        edits=(("np.random.randn(n_y, n_h)", "np.random.randn(n_y, n_x)"),),
        message="W2 has as many columns as there are inputs. The output layer never sees the "
        "inputs: it is fed by the hidden layer.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="uniform-instead-of-normal",
        edits=(
            ("np.random.randn(n_h, n_x)", "np.random.rand(n_h, n_x)"),
            ("np.random.randn(n_y, n_h)", "np.random.rand(n_y, n_h)"),
        ),
        message="These weights are all positive: they come from `rand`, the uniform distribution "
        "between 0 and 1. The exercise asks for the normal distribution, which is centred at 0.",
    ),
    Misconception(
        name="weights-not-scaled",
        edits=(
            ("np.random.randn(n_h, n_x) * 0.01", "np.random.randn(n_h, n_x)"),
            ("np.random.randn(n_y, n_h) * 0.01", "np.random.randn(n_y, n_h)"),
        ),
        message="The weights are a hundred times too large: they were not scaled down. Large "
        "weights push the sigmoid into its flat ends, where there is almost no gradient.",
    ),
    Misconception(
        name="only-W1-scaled",
        edits=(("np.random.randn(n_y, n_h) * 0.01", "np.random.randn(n_y, n_h)"),),
        message="W1 is small, but W2 was not scaled down. Both weight matrices should be small.",
    ),
    Misconception(
        name="weights-divided-by-root-of-inputs",
        edits=(
            ("np.random.randn(n_h, n_x) * 0.01", "np.random.randn(n_h, n_x) / np.sqrt(n_x)"),
            ("np.random.randn(n_y, n_h) * 0.01", "np.random.randn(n_y, n_h) / np.sqrt(n_h)"),
        ),
        message="The weights are scaled by the square root of the number of inputs. That is a good "
        "idea for deep networks and comes in the next assignment; here one fixed factor is asked "
        "for.",
    ),
    Misconception(
        name="weights-ten-times-too-large",
        edits=(
            ("np.random.randn(n_h, n_x) * 0.01", "np.random.randn(n_h, n_x) * 0.1"),
            ("np.random.randn(n_y, n_h) * 0.01", "np.random.randn(n_y, n_h) * 0.1"),
        ),
        message="The random numbers are the right ones, but the factor that makes them small is "
        "ten times too large. Look at it again in the instructions.",
    ),
    Misconception(
        name="weights-zero",
        edits=(
            ("np.random.randn(n_h, n_x) * 0.01", "np.zeros((n_h, n_x))"),
            ("np.random.randn(n_y, n_h) * 0.01", "np.zeros((n_y, n_h))"),
        ),
        message="The weights are all zero. Then all hidden units compute the same thing and get "
        "the same gradient, so they stay equal for ever: weights have to start random.",
    ),
    Misconception(
        name="seeded-again-before-W2",
        edits=(
            (
                "W2 = np.random.randn(n_y, n_h) * 0.01",
                "np.random.seed(1)\n    W2 = np.random.randn(n_y, n_h) * 0.01",
            ),
        ),
        message=(
            "W2 repeats the random numbers of W1, as after a second seed. Seed once, at the "
            "top; every later call goes on from there."
        ),
    ),
    Misconception(
        name="another-seed",
        edits=(("np.random.seed(1)", "np.random.seed(3)"),),
        message="The shapes and sizes look right, but the random numbers are different. The seed "
        "at the top of the function must stay, and nothing may be seeded or drawn before W1.",
    ),
    Misconception(
        name="W2-drawn-before-W1",
        edits=(
            (
                "W1 = np.random.randn(n_h, n_x) * 0.01",
                "W2 = np.random.randn(n_y, n_h) * 0.01\n    W1 = np.random.randn(n_h, n_x) * 0.01",
            ),
            (
                "b1 = np.zeros((n_h, 1))\n    W2 = np.random.randn(n_y, n_h) * 0.01",
                "b1 = np.zeros((n_h, 1))",
            ),
        ),
        message="W2 was drawn before W1, so each got the other's random numbers. Draw them in the "
        "order of the layers.",
    ),
    Misconception(
        name="biases-random",
        edits=(
            ("np.zeros((n_h, 1))", "np.random.randn(n_h, 1) * 0.01"),
            ("np.zeros((n_y, 1))", "np.random.randn(n_y, 1) * 0.01"),
        ),
        message="The biases are random. Random weights already make the units differ, so the "
        "biases start at zero; and drawing them shifts the random numbers of W2.",
    ),
    Misconception(
        name="biases-one",
        edits=(
            ("np.zeros((n_h, 1))", "np.ones((n_h, 1))"),
            ("np.zeros((n_y, 1))", "np.ones((n_y, 1))"),
        ),
        message="The biases start at one. They should start at zero.",
    ),
    Misconception(
        name="biases-flat",
        edits=(("np.zeros((n_h, 1))", "np.zeros(n_h)"), ("np.zeros((n_y, 1))", "np.zeros(n_y)")),
        message="The biases are flat arrays of shape (n,). They must be columns of shape (n, 1), "
        "or broadcasting will add them along the examples instead of along the units.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="biases-as-rows",
        edits=(
            ("np.zeros((n_h, 1))", "np.zeros((1, n_h))"),
            ("np.zeros((n_y, 1))", "np.zeros((1, n_y))"),
        ),
        message="The biases are rows. Each unit has its row in W and in Z, so its bias needs its "
        "own row too: a bias vector is a column.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="biases-one-number",
        edits=(("np.zeros((n_h, 1))", "0"), ("np.zeros((n_y, 1))", "0")),
        message="Each bias is a single number. Every unit needs a bias of its own, so make a "
        "column with one entry for each unit.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="b1-sized-by-the-input",
        edits=(
            ("np.zeros((n_h, 1))", "np.zeros((n_x, 1))"),
            ("np.zeros((n_y, 1))", "np.zeros((n_h, 1))"),
        ),
        message="The biases have the length of the layer before. A bias belongs to the unit that "
        "it is added to, so b has as many rows as W.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="sizes-of-the-example",
        edits=(
            ("np.random.randn(n_h, n_x)", "np.random.randn(2, 3)"),
            ("np.zeros((n_h, 1))", "np.zeros((2, 1))"),
            ("np.random.randn(n_y, n_h)", "np.random.randn(1, 2)"),
            ("np.zeros((n_y, 1))", "np.zeros((1, 1))"),
        ),
        message=(
            "The sizes are always those of the example in the notebook. The function must work "
            "for every network: use its arguments."
        ),
    ),
    Misconception(
        name="zeros-without-a-tuple",
        edits=(("np.zeros((n_h, 1))", "np.zeros(n_h, 1)"),),
        message="`np.zeros` was given the two sizes as two arguments, and took the second for a "
        "data type. It expects the shape as one tuple.",
    ),
    Misconception(
        name="randn-with-a-tuple",
        edits=(("np.random.randn(n_h, n_x)", "np.random.randn((n_h, n_x))"),),
        message="`np.random.randn` was given a tuple. Unlike `np.zeros`, it expects the sizes as "
        "separate arguments.",
    ),
)

INITIALIZE_PARAMETERS_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="factor-in-front",
        edits=(
            ("np.random.randn(n_h, n_x) * 0.01", "0.01 * np.random.randn(n_h, n_x)"),
            ("np.random.randn(n_y, n_h) * 0.01", "0.01 * np.random.randn(n_y, n_h)"),
        ),
    ),
    CorrectVariant(
        name="divided-by-a-hundred",
        edits=(
            ("np.random.randn(n_h, n_x) * 0.01", "np.random.randn(n_h, n_x) / 100"),
            ("np.random.randn(n_y, n_h) * 0.01", "np.multiply(np.random.randn(n_y, n_h), 1e-2)"),
        ),
    ),
    CorrectVariant(
        name="shape-by-keyword",
        edits=(
            ("np.zeros((n_h, 1))", "np.zeros(shape=(n_h, 1))"),
            ("np.zeros((n_y, 1))", "np.zeros([n_y, 1])"),
        ),
    ),
    CorrectVariant(
        name="standard-normal",
        edits=(
            ("np.random.randn(n_h, n_x)", "np.random.standard_normal((n_h, n_x))"),
            ("np.random.randn(n_y, n_h)", "np.random.normal(0, 1, size=(n_y, n_h))"),
        ),
    ),
    CorrectVariant(
        name="weights-first-then-biases",
        edits=(
            (
                "b1 = np.zeros((n_h, 1))\n    W2 = np.random.randn(n_y, n_h) * 0.01",
                "W2 = np.random.randn(n_y, n_h) * 0.01\n    b1 = W1[:, :1] * 0",
            ),
        ),
    ),
    CorrectVariant(
        name="biases-of-whole-numbers",
        edits=(("np.zeros((n_h, 1))", "np.zeros((n_h, 1), dtype=int)"),),
    ),
    CorrectVariant(
        name="single-precision",
        edits=(
            (
                "np.random.randn(n_h, n_x) * 0.01",
                "(np.random.randn(n_h, n_x) * 0.01).astype(np.float32)",
            ),
            (
                "np.random.randn(n_y, n_h) * 0.01",
                "(np.random.randn(n_y, n_h) * 0.01).astype(np.float32)",
            ),
        ),
    ),
    CorrectVariant(
        name="helper-and-other-names",
        code="""
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
    ),
    CorrectVariant(
        name="own-random-state",
        code="""
def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.RandomState(1)
    return {
        "W1": rng.randn(n_h, n_x) * 0.01,
        "b1": np.full((n_h, 1), 0.0),
        "W2": rng.randn(n_y, n_h) * 0.01,
        "b2": np.full((n_y, 1), 0.0),
    }
""",
    ),
)

INITIALIZE_PARAMETERS_DEEP_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="weights-transposed",
        edits=(
            (
                "np.random.randn(layer_dims[l], layer_dims[l - 1])",
                "np.random.randn(layer_dims[l - 1], layer_dims[l])",
            ),
        ),
        message="The weight matrices are the wrong way round. W has one row for each unit of its "
        "own layer and one column for each unit of the layer before.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="biases-sized-by-the-layer-before",
        edits=(("np.zeros((layer_dims[l], 1))", "np.zeros((layer_dims[l - 1], 1))"),),
        message="Each bias has the length of the layer before. A bias is added to the units of its "
        "own layer, so b has as many rows as W.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="uniform-instead-of-normal",
        edits=(("np.random.randn(", "np.random.rand("),),
        message="These weights are all positive: they come from `rand`, the uniform distribution "
        "between 0 and 1. The exercise asks for the normal distribution, which is centred at 0.",
    ),
    Misconception(
        name="weights-not-scaled",
        edits=(("layer_dims[l - 1]) * 0.01", "layer_dims[l - 1])"),),
        message="The weights are a hundred times too large: they were not scaled down. Large "
        "weights push the sigmoid into its flat ends, where there is almost no gradient.",
    ),
    Misconception(
        name="weights-ten-times-too-large",
        edits=(("layer_dims[l - 1]) * 0.01", "layer_dims[l - 1]) * 0.1"),),
        message="The random numbers are the right ones, but the factor that makes them small is "
        "ten times too large. Look at it again in the instructions.",
    ),
    Misconception(
        name="weights-divided-by-root-of-inputs",
        edits=(("layer_dims[l - 1]) * 0.01", "layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])"),),
        message="The weights are scaled by the square root of the number of inputs. That is a good "
        "idea and comes in the next assignment; here one fixed factor is asked for.",
    ),
    Misconception(
        name="weights-he-initialized",
        edits=(
            ("layer_dims[l - 1]) * 0.01", "layer_dims[l - 1]) * np.sqrt(2 / layer_dims[l - 1])"),
        ),
        message="This is He's initialization. It suits deep ReLU networks, but here one fixed "
        "factor is asked for, so that everyone gets the same numbers.",
    ),
    Misconception(
        name="weights-zero",
        edits=(
            (
                "np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01",
                "np.zeros((layer_dims[l], layer_dims[l - 1]))",
            ),
        ),
        message="The weights are all zero. Then all units of a layer compute the same thing and "
        "get the same gradient, so they stay equal for ever: weights have to start random.",
    ),
    Misconception(
        name="seeded-again-in-the-loop",
        edits=(
            (
                'parameters["W" + str(l)] = np',
                'np.random.seed(3)\n        parameters["W" + str(l)] = np',
            ),
        ),
        message=(
            "Every layer starts with the same random numbers, as when the seed is set in every "
            "round of the loop. Seed once, before the loop."
        ),
    ),
    Misconception(
        name="seed-of-the-other-exercise",
        edits=(("np.random.seed(3)", "np.random.seed(1)"),),
        message=(
            "The shapes and sizes look right, but the random numbers are different: they are "
            "those of the seed 1. Keep the given line with the seed as it was."
        ),
    ),
    Misconception(
        name="biases-random",
        edits=(("np.zeros((layer_dims[l], 1))", "np.random.randn(layer_dims[l], 1) * 0.01"),),
        message="The biases are random. Random weights already make the units differ, so the "
        "biases start at zero; and drawing them shifts the random numbers of the next layer.",
    ),
    Misconception(
        name="biases-one",
        edits=(("np.zeros((layer_dims[l], 1))", "np.ones((layer_dims[l], 1))"),),
        message="The biases start at one. They should start at zero.",
    ),
    Misconception(
        name="biases-flat",
        edits=(("np.zeros((layer_dims[l], 1))", "np.zeros(layer_dims[l])"),),
        message="The biases are flat arrays of shape (n,). They must be columns of shape (n, 1), "
        "or broadcasting will add them along the examples instead of along the units.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="biases-as-rows",
        edits=(("np.zeros((layer_dims[l], 1))", "np.zeros((1, layer_dims[l]))"),),
        message="The biases are rows. Each unit has its row in W and in Z, so its bias needs its "
        "own row too: a bias vector is a column.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="last-layer-missing",
        edits=(("range(1, L)", "range(1, L - 1)"),),
        message=(
            "The last layer has no parameters. Here L counts the input layer too, and `range` "
            "leaves its end out by itself."
        ),
    ),
    Misconception(
        name="keys-counted-from-zero",
        edits=(
            ('parameters["W" + str(l)] = np', 'parameters["W" + str(l - 1)] = np'),
            ('parameters["b" + str(l)] = np', 'parameters["b" + str(l - 1)] = np'),
        ),
        message="The keys begin with W0 and b0. Layer 0 is the input, which has no parameters: the "
        "first keys are W1 and b1.",
    ),
    Misconception(
        name="key-without-the-number",
        edits=(
            ('parameters["W" + str(l)] = np', 'parameters["W"] = np'),
            ('parameters["b" + str(l)] = np', 'parameters["b"] = np'),
        ),
        message="Every layer is stored under the same key, so each overwrites the one before. The "
        "key needs the number of the layer.",
    ),
    Misconception(
        name="key-with-the-letter-l",
        edits=(
            ('parameters["W" + str(l)] = np', 'parameters["Wl"] = np'),
            ('parameters["b" + str(l)] = np', 'parameters["bl"] = np'),
        ),
        message="The keys hold the letter l instead of its value. The number has to be turned into "
        "text and joined to the letter.",
    ),
    Misconception(
        name="layers-of-the-example",
        edits=(("range(1, L)", "range(1, 3)"),),
        message="Exactly two layers get parameters, as in the example of the notebook. The number "
        "of layers is not fixed: take it from the argument.",
    ),
    Misconception(
        name="zeros-without-a-tuple",
        edits=(("np.zeros((layer_dims[l], 1))", "np.zeros(layer_dims[l], 1)"),),
        message="`np.zeros` was given the two sizes as two arguments, and took the second for a "
        "data type. It expects the shape as one tuple.",
    ),
)

INITIALIZE_PARAMETERS_DEEP_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="factor-in-front",
        edits=(
            (
                "np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01",
                "0.01 * np.random.randn(layer_dims[l], layer_dims[l - 1])",
            ),
        ),
    ),
    CorrectVariant(
        name="divided-by-a-hundred",
        edits=(("layer_dims[l - 1]) * 0.01", "layer_dims[l - 1]) / 100"),),
    ),
    CorrectVariant(
        name="formatted-keys",
        edits=(
            ('parameters["W" + str(l)] = np', 'parameters[f"W{l}"] = np'),
            ('parameters["b" + str(l)] = np', 'parameters["b%d" % l] = np'),
        ),
    ),
    CorrectVariant(
        name="loop-from-zero",
        code="""
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    for i in range(len(layer_dims) - 1):
        parameters["W" + str(i + 1)] = np.random.randn(layer_dims[i + 1], layer_dims[i]) * 0.01
        parameters["b" + str(i + 1)] = np.zeros((layer_dims[i + 1], 1))
    return parameters
""",
    ),
    CorrectVariant(
        name="pairs-of-neighbours",
        code="""
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
    ),
    CorrectVariant(
        name="biases-in-a-second-loop",
        code="""
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    weights = {f"W{l}": np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
               for l in range(1, len(layer_dims))}
    biases = {f"b{l}": np.zeros((layer_dims[l], 1)) for l in range(1, len(layer_dims))}
    return {**weights, **biases}
""",
    ),
    CorrectVariant(
        name="bias-before-weights",
        edits=(
            (
                'parameters["W" + str(l)] = np',
                'parameters["b" + str(l)] = np.zeros([layer_dims[l], 1])\n'
                '        parameters["W" + str(l)] = np',
            ),
        ),
    ),
    CorrectVariant(
        name="bias-like-the-weights",
        edits=(
            (
                "np.zeros((layer_dims[l], 1))",
                'np.zeros((parameters["W" + str(l)].shape[0], 1))\n        print("layer", l)',
            ),
        ),
    ),
    CorrectVariant(
        name="single-precision",
        edits=(
            (
                "layer_dims[l - 1]) * 0.01",
                "layer_dims[l - 1]).astype(np.float32) * np.float32(0.01)",
            ),
        ),
    ),
    CorrectVariant(
        name="standard-normal",
        edits=(
            (
                "np.random.randn(layer_dims[l], layer_dims[l - 1])",
                "np.random.normal(size=(layer_dims[l], layer_dims[l - 1]))",
            ),
        ),
    ),
)
