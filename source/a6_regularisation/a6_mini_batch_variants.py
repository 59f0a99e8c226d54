"""Wrong and right ways to divide examples into mini-batches."""

_ORDER = "permutation = np.random.permutation(m)"
_X = "shuffled_X = X[:, permutation]"
_Y = "shuffled_Y = Y[:, permutation]"
_LOOP = "for start in range(0, m, mini_batch_size):"
_BATCH_X = "mini_batch_X = shuffled_X[:, start : start + mini_batch_size]"
_BATCH_Y = "mini_batch_Y = shuffled_Y[:, start : start + mini_batch_size]"
_APPEND = "mini_batches.append((mini_batch_X, mini_batch_Y))"
_WHOLE_LOOP = f"{_LOOP}\n        {_BATCH_X}\n        {_BATCH_Y}\n        {_APPEND}"

MISCONCEPTIONS = {
    "rest-lost": (
        {_LOOP: "for start in range(0, m - mini_batch_size + 1, mini_batch_size):"},
        "The last, smaller mini-batch is missing: the examples that are left over never take part "
        "in the training.",
    ),
    "empty-batch-at-the-end": (
        {_LOOP: "for start in range(0, m + 1, mini_batch_size):"},
        "Where everything fits, there is an empty mini-batch at the end. There is a rest only if "
        "m is not a multiple of the size.",
    ),
    "last-full-batch-lost": (
        {_LOOP: "for start in range(0, m - mini_batch_size, mini_batch_size):"},
        "The last mini-batch is missing, even where it is full.",
    ),
    "first-batch-lost": (
        {_LOOP: "for start in range(mini_batch_size, m, mini_batch_size):"},
        "The first mini-batch is missing. The first example has the number 0.",
    ),
    "only-the-first-batch": (
        {_LOOP: "for start in range(0, 1):"},
        "There is only one mini-batch. All examples belong to one.",
    ),
    "not-shuffled": (
        {_ORDER: "permutation = np.arange(m)"},
        "The examples come in the order in which they were given: either they are not shuffled, "
        "or what has been shuffled is not what is cut.",
    ),
    "labels-not-shuffled": (
        {_Y: "shuffled_Y = Y"},
        "The examples are in random order and the labels are not, so that examples have lost "
        "their labels. Both are shuffled, and both are cut from what has been shuffled.",
    ),
    "examples-not-shuffled": (
        {_X: "shuffled_X = X"},
        "The labels are in random order and the examples are not, so that examples have lost "
        "their labels. Both are shuffled, and both are cut from what has been shuffled.",
    ),
    "shuffled-differently": (
        {_Y: "shuffled_Y = Y[:, np.random.permutation(m)]"},
        "X and Y are shuffled with two different permutations, so that examples have lost their "
        "labels. Draw one, and use it for both.",
    ),
    "permutation-of-the-rows": (
        {_X: "shuffled_X = np.random.permutation(X)", _Y: "shuffled_Y = Y"},
        "The rows of X are shuffled. The examples are the columns.",
    ),
    "batches-of-rows": (
        {
            _BATCH_X: "mini_batch_X = shuffled_X[start : start + mini_batch_size]",
            _BATCH_Y: "mini_batch_Y = shuffled_Y[start : start + mini_batch_size]",
        },
        "The mini-batches are made of rows. The examples are the columns, the second axis.",
    ),
    "whole-set-in-each-batch": (
        {_BATCH_X: "mini_batch_X = shuffled_X", _BATCH_Y: "mini_batch_Y = shuffled_Y"},
        "Every mini-batch has all examples. Only a part of the columns belongs to each.",
    ),
    "first-batch-again-and-again": (
        {
            _BATCH_X: "mini_batch_X = shuffled_X[:, 0:mini_batch_size]",
            _BATCH_Y: "mini_batch_Y = shuffled_Y[:, 0:mini_batch_size]",
        },
        "Every mini-batch is the first one. Where does the second one begin?",
    ),
    "one-example-too-many": (
        {
            _BATCH_X: "mini_batch_X = shuffled_X[:, start : start + mini_batch_size + 1]",
            _BATCH_Y: "mini_batch_Y = shuffled_Y[:, start : start + mini_batch_size + 1]",
        },
        "Every mini-batch has one example too many, which the next one has as well. A slice does "
        "not include its end.",
    ),
    "one-example-too-few": (
        {
            _BATCH_X: "mini_batch_X = shuffled_X[:, start : start + mini_batch_size - 1]",
            _BATCH_Y: "mini_batch_Y = shuffled_Y[:, start : start + mini_batch_size - 1]",
        },
        "Every mini-batch has one example too few. A slice does not include its end, so nothing "
        "has to be subtracted.",
    ),
    "windows-that-overlap": (
        {_LOOP: "for start in range(0, m):"},
        "A mini-batch begins at every example, so that they overlap. The next one begins where "
        "the one before it ends.",
    ),
    "every-so-many": (
        {
            _LOOP: "count = -(-m // mini_batch_size)\n    for start in range(count):",
            _BATCH_X: "mini_batch_X = shuffled_X[:, start::count]",
            _BATCH_Y: "mini_batch_Y = shuffled_Y[:, start::count]",
        },
        "The columns are dealt out one by one, as cards are. A mini-batch is a run of "
        "neighbouring columns of the shuffled set.",
    ),
    "equal-parts": (
        {
            _WHOLE_LOOP: (
                "count = -(-m // mini_batch_size)\n"
                "    parts_X = np.array_split(shuffled_X, count, axis=1)\n"
                "    parts_Y = np.array_split(shuffled_Y, count, axis=1)\n"
                "    for pair in zip(parts_X, parts_Y):\n"
                "        mini_batches.append(pair)"
            )
        },
        "The mini-batches are about equally large. All have the size that was asked for, and only "
        "the last may be smaller.",
    ),
    "rest-filled-up": (
        {
            _WHOLE_LOOP: (
                "for start in range(0, m, mini_batch_size):\n"
                "        places = np.arange(start, start + mini_batch_size) % m\n"
                "        mini_batches.append((shuffled_X[:, places], shuffled_Y[:, places]))"
            )
        },
        "The last mini-batch is filled up with examples of the first. These would count twice; "
        "the last one may be smaller.",
    ),
    "rest-from-the-end-by-size": (
        {_BATCH_X: "start = min(start, max(m - mini_batch_size, 0))\n        " + _BATCH_X},
        "The last mini-batch is moved back so that it is full. It overlaps with the one before "
        "it; the last one may be smaller.",
    ),
    "always-sixty-four": (
        {
            _LOOP: "for start in range(0, m, 64):",
            _BATCH_X: "mini_batch_X = shuffled_X[:, start : start + 64]",
            _BATCH_Y: "mini_batch_Y = shuffled_Y[:, start : start + 64]",
        },
        "The mini-batches always have 64 examples, whatever mini_batch_size is.",
    ),
    "size-of-the-example": (
        {
            _LOOP: "for start in range(0, m, 4):",
            _BATCH_X: "mini_batch_X = shuffled_X[:, start : start + 4]",
            _BATCH_Y: "mini_batch_Y = shuffled_Y[:, start : start + 4]",
        },
        "The mini-batches always have 4 examples, as in the example of the notebook.",
    ),
    "always-the-same-seed": (
        {
            (
                "np.random.seed(seed)  # so that everyone gets the same order; keep this line first"
            ): ("np.random.seed(0)")
        },
        "The order is the same for every seed. Then every epoch would have the same mini-batches; "
        "use the argument.",
    ),
    "drawn-with-repetition": (
        {_ORDER: "permutation = np.random.randint(0, m, m)"},
        "Numbers are drawn that may repeat, so that some examples come twice and others never. A "
        "permutation has each number once.",
    ),
    "shuffled-twice": (
        {_ORDER: "permutation = np.random.permutation(np.random.permutation(m))"},
        "The order is shuffled twice. That is random, too, but another order than the one that "
        "was asked for: call np.random.permutation once.",
    ),
    "inverse-permutation": (
        {_ORDER: "permutation = np.argsort(np.random.permutation(m))"},
        "The permutation is used the other way round: it says where an example goes, and not "
        "which one is taken. That is an order, too, but another one than asked for.",
    ),
    "labels-first": (
        {_APPEND: "mini_batches.append((mini_batch_Y, mini_batch_X))"},
        "In each pair the labels come first. The caller unpacks the examples first.",
    ),
    "examples-without-labels": (
        {_APPEND: "mini_batches.append(mini_batch_X)"},
        "The list holds only the examples. Each entry is a pair of examples and labels.",
    ),
    "one-long-list": (
        {_APPEND: "mini_batches.extend((mini_batch_X, mini_batch_Y))"},
        "Examples and labels stand one after the other in one long list. Each entry is a pair: "
        "what is appended needs parentheses of its own.",
    ),
    "labels-flat": (
        {_BATCH_Y: "mini_batch_Y = shuffled_Y[0, start : start + mini_batch_size]"},
        "The labels are a rank-1 array. They keep their row, so that they have the shape (1, "
        "size).",
    ),
    "appended-after-the-loop": (
        {
            "        mini_batches.append((mini_batch_X, mini_batch_Y))": (
                "    mini_batches.append((mini_batch_X, mini_batch_Y))"
            )
        },
        "Only the last mini-batch is in the list. Each one is appended inside the loop.",
    ),
    "m-of-the-rows": (
        {"m = X.shape[1]": "m = X.shape[0]"},
        "m is the number of rows of X. The examples are its columns.",
    ),
}

_COURSE = """
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    mini_batches = []
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))
    num_complete_minibatches = math.floor(m / mini_batch_size)
    for k in range(0, num_complete_minibatches):
        mini_batch_X = shuffled_X[:, k * mini_batch_size : (k + 1) * mini_batch_size]
        mini_batch_Y = shuffled_Y[:, k * mini_batch_size : (k + 1) * mini_batch_size]
        mini_batch = (mini_batch_X, mini_batch_Y)
        mini_batches.append(mini_batch)
    if m % mini_batch_size != 0:
        mini_batch_X = shuffled_X[:, num_complete_minibatches * mini_batch_size : m]
        mini_batch_Y = shuffled_Y[:, num_complete_minibatches * mini_batch_size : m]
        mini_batch = (mini_batch_X, mini_batch_Y)
        mini_batches.append(mini_batch)
    return mini_batches
"""

CORRECT = {
    "as-in-the-course": _COURSE,
    "rest-by-negative-index": """
def random_mini_batches(X, Y, size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    X, Y, batches = X[:, order], Y[:, order], []
    full, rest = divmod(m, size)
    for k in range(full):
        batches.append((X[:, k * size:k * size + size], Y[:, k * size:k * size + size]))
    if rest > 0:
        batches.append((X[:, -rest:], Y[:, -rest:]))
    return batches
""",
    "places-shuffled-in-place": {
        _ORDER: "permutation = np.arange(m)\n    np.random.shuffle(permutation)"
    },
    "permutation-of-a-list": {
        _ORDER: "permutation = np.random.permutation(list(range(m))).tolist()"
    },
    "take": {
        _X: "shuffled_X = np.take(X, permutation, axis=1)",
        _Y: "shuffled_Y = Y.T[permutation].T",
    },
    "places-of-each-batch": {
        _BATCH_X: (
            "own = permutation[start : start + mini_batch_size]\n        mini_batch_X = X[:, own]"
        ),
        _BATCH_Y: "mini_batch_Y = Y[:, own]",
    },
    "while-loop": {
        _WHOLE_LOOP: (
            "start = 0\n"
            "    while start < m:\n"
            "        end = min(start + mini_batch_size, m)\n"
            "        pair = [shuffled_X[:, start:end], shuffled_Y[:, start:end]]\n"
            "        mini_batches.append(pair)\n"
            "        start = end"
        )
    },
    "split": {
        _WHOLE_LOOP: (
            "cuts = list(range(mini_batch_size, m, mini_batch_size))\n"
            "    mini_batches = list(zip(np.split(shuffled_X, cuts, axis=1),\n"
            "                            np.split(shuffled_Y, cuts, axis=1)))"
        )
    },
    "comprehension": {
        _WHOLE_LOOP: (
            "mini_batches = [(shuffled_X[:, i:i + mini_batch_size], shuffled_Y[:, i:i + "
            "mini_batch_size]) for i in range(0, m, mini_batch_size)]"
        )
    },
    "stacked-and-cut": {
        _X: "together = np.vstack([X, Y])[:, permutation]",
        _Y: "shuffled_X, shuffled_Y = together[:-1], together[-1:]",
    },
    "column-by-column": """
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    mini_batches, columns = [], []
    for i in np.random.permutation(X.shape[1]):
        columns.append(i)
        if len(columns) == mini_batch_size:
            mini_batches.append((X[:, columns], Y[:, columns]))
            columns = []
    if columns:
        mini_batches.append((X[:, columns], Y[:, columns]))
    return mini_batches
""",
}
