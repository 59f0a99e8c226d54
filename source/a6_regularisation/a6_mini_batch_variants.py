"""Wrong and right ways to divide examples into mini-batches."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_ORDER = "permutation = np.random.permutation(m)"
_X = "shuffled_X = X[:, permutation]"
_Y = "shuffled_Y = Y[:, permutation]"
_LOOP = "for start in range(0, m, mini_batch_size):"
_BATCH_X = "mini_batch_X = shuffled_X[:, start : start + mini_batch_size]"
_BATCH_Y = "mini_batch_Y = shuffled_Y[:, start : start + mini_batch_size]"
_APPEND = "mini_batches.append((mini_batch_X, mini_batch_Y))"
_WHOLE_LOOP = f"{_LOOP}\n        {_BATCH_X}\n        {_BATCH_Y}\n        {_APPEND}"

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="rest-lost",
        edits=((_LOOP, "for start in range(0, m - mini_batch_size + 1, mini_batch_size):"),),
        message="The last, smaller mini-batch is missing: the examples that are left over never "
        "take part in the training.",
    ),
    Misconception(
        name="empty-batch-at-the-end",
        edits=((_LOOP, "for start in range(0, m + 1, mini_batch_size):"),),
        message="Where everything fits, there is an empty mini-batch at the end. There is a rest "
        "only if m is not a multiple of the size.",
    ),
    Misconception(
        name="last-full-batch-lost",
        edits=((_LOOP, "for start in range(0, m - mini_batch_size, mini_batch_size):"),),
        message="The last mini-batch is missing, even where it is full.",
    ),
    Misconception(
        name="first-batch-lost",
        edits=((_LOOP, "for start in range(mini_batch_size, m, mini_batch_size):"),),
        message="The first mini-batch is missing. The first example has the number 0.",
    ),
    Misconception(
        name="only-the-first-batch",
        edits=((_LOOP, "for start in range(0, 1):"),),
        message="There is only one mini-batch. All examples belong to one.",
    ),
    Misconception(
        name="not-shuffled",
        edits=((_ORDER, "permutation = np.arange(m)"),),
        message="The examples come in the order in which they were given: either they are not "
        "shuffled, or what has been shuffled is not what is cut.",
    ),
    Misconception(
        name="labels-not-shuffled",
        edits=((_Y, "shuffled_Y = Y"),),
        message="The examples are in random order and the labels are not, so that examples have "
        "lost their labels. Both are shuffled, and both are cut from what has been shuffled.",
    ),
    Misconception(
        name="examples-not-shuffled",
        edits=((_X, "shuffled_X = X"),),
        message="The labels are in random order and the examples are not, so that examples have "
        "lost their labels. Both are shuffled, and both are cut from what has been shuffled.",
    ),
    Misconception(
        name="shuffled-differently",
        edits=((_Y, "shuffled_Y = Y[:, np.random.permutation(m)]"),),
        message="X and Y are shuffled with two different permutations, so that examples have lost "
        "their labels. Draw one, and use it for both.",
    ),
    Misconception(
        name="permutation-of-the-rows",
        edits=((_X, "shuffled_X = np.random.permutation(X)"), (_Y, "shuffled_Y = Y")),
        message="The rows of X are shuffled. The examples are the columns.",
    ),
    Misconception(
        name="batches-of-rows",
        edits=(
            (_BATCH_X, "mini_batch_X = shuffled_X[start : start + mini_batch_size]"),
            (_BATCH_Y, "mini_batch_Y = shuffled_Y[start : start + mini_batch_size]"),
        ),
        message="The mini-batches are made of rows. The examples are the columns, the second axis.",
    ),
    Misconception(
        name="whole-set-in-each-batch",
        edits=((_BATCH_X, "mini_batch_X = shuffled_X"), (_BATCH_Y, "mini_batch_Y = shuffled_Y")),
        message="Every mini-batch has all examples. Only a part of the columns belongs to each.",
    ),
    Misconception(
        name="first-batch-again-and-again",
        edits=(
            (_BATCH_X, "mini_batch_X = shuffled_X[:, 0:mini_batch_size]"),
            (_BATCH_Y, "mini_batch_Y = shuffled_Y[:, 0:mini_batch_size]"),
        ),
        message="Every mini-batch is the first one. Where does the second one begin?",
    ),
    Misconception(
        name="one-example-too-many",
        edits=(
            (_BATCH_X, "mini_batch_X = shuffled_X[:, start : start + mini_batch_size + 1]"),
            (_BATCH_Y, "mini_batch_Y = shuffled_Y[:, start : start + mini_batch_size + 1]"),
        ),
        message="Every mini-batch has one example too many, which the next one has as well. A "
        "slice does not include its end.",
    ),
    Misconception(
        name="one-example-too-few",
        edits=(
            (_BATCH_X, "mini_batch_X = shuffled_X[:, start : start + mini_batch_size - 1]"),
            (_BATCH_Y, "mini_batch_Y = shuffled_Y[:, start : start + mini_batch_size - 1]"),
        ),
        message="Every mini-batch has one example too few. A slice does not include its end, so "
        "nothing has to be subtracted.",
    ),
    Misconception(
        name="windows-that-overlap",
        edits=((_LOOP, "for start in range(0, m):"),),
        message="A mini-batch begins at every example, so that they overlap. The next one begins "
        "where the one before it ends.",
    ),
    Misconception(
        name="every-so-many",
        edits=(
            (_LOOP, "count = -(-m // mini_batch_size)\n    for start in range(count):"),
            (_BATCH_X, "mini_batch_X = shuffled_X[:, start::count]"),
            (_BATCH_Y, "mini_batch_Y = shuffled_Y[:, start::count]"),
        ),
        message="The columns are dealt out one by one, as cards are. A mini-batch is a run of "
        "neighbouring columns of the shuffled set.",
    ),
    Misconception(
        name="equal-parts",
        edits=(
            (
                _WHOLE_LOOP,
                "count = -(-m // mini_batch_size)\n"
                "    parts_X = np.array_split(shuffled_X, count, axis=1)\n"
                "    parts_Y = np.array_split(shuffled_Y, count, axis=1)\n"
                "    for pair in zip(parts_X, parts_Y):\n        mini_batches.append(pair)",
            ),
        ),
        message="The mini-batches are about equally large. All have the size that was asked for, "
        "and only the last may be smaller.",
    ),
    Misconception(
        name="rest-filled-up",
        edits=(
            (
                _WHOLE_LOOP,
                "for start in range(0, m, mini_batch_size):\n"
                "        places = np.arange(start, start + mini_batch_size) % m\n"
                "        mini_batches.append((shuffled_X[:, places], shuffled_Y[:, places]))",
            ),
        ),
        message="The last mini-batch is filled up with examples of the first. These would count "
        "twice; the last one may be smaller.",
    ),
    Misconception(
        name="rest-from-the-end-by-size",
        edits=((_BATCH_X, "start = min(start, max(m - mini_batch_size, 0))\n        " + _BATCH_X),),
        message="The last mini-batch is moved back so that it is full. It overlaps with the one "
        "before it; the last one may be smaller.",
    ),
    Misconception(
        name="always-sixty-four",
        edits=(
            (_LOOP, "for start in range(0, m, 64):"),
            (_BATCH_X, "mini_batch_X = shuffled_X[:, start : start + 64]"),
            (_BATCH_Y, "mini_batch_Y = shuffled_Y[:, start : start + 64]"),
        ),
        message="The mini-batches always have 64 examples, whatever mini_batch_size is.",
    ),
    Misconception(
        name="size-of-the-example",
        edits=(
            (_LOOP, "for start in range(0, m, 4):"),
            (_BATCH_X, "mini_batch_X = shuffled_X[:, start : start + 4]"),
            (_BATCH_Y, "mini_batch_Y = shuffled_Y[:, start : start + 4]"),
        ),
        message="The mini-batches always have 4 examples, as in the example of the notebook.",
    ),
    Misconception(
        name="always-the-same-seed",
        edits=(
            (
                "np.random.seed(seed)  # so that everyone gets the same order; "
                "keep this line first",
                "np.random.seed(0)",
            ),
        ),
        message="The order is the same for every seed. Then every epoch would have the same "
        "mini-batches; use the argument.",
    ),
    Misconception(
        name="drawn-with-repetition",
        edits=((_ORDER, "permutation = np.random.randint(0, m, m)"),),
        message="Numbers are drawn that may repeat, so that some examples come twice and others "
        "never. A permutation has each number once.",
    ),
    Misconception(
        name="shuffled-twice",
        edits=((_ORDER, "permutation = np.random.permutation(np.random.permutation(m))"),),
        message="The order is shuffled twice. That is random, too, but another order than the one "
        "that was asked for: call np.random.permutation once.",
    ),
    Misconception(
        name="inverse-permutation",
        edits=((_ORDER, "permutation = np.argsort(np.random.permutation(m))"),),
        message="The permutation is used the other way round: it says where an example goes, and "
        "not which one is taken. That is an order, too, but another one than asked for.",
    ),
    Misconception(
        name="labels-first",
        edits=((_APPEND, "mini_batches.append((mini_batch_Y, mini_batch_X))"),),
        message="In each pair the labels come first. The caller unpacks the examples first.",
    ),
    Misconception(
        name="examples-without-labels",
        edits=((_APPEND, "mini_batches.append(mini_batch_X)"),),
        message="The list holds only the examples. Each entry is a pair of examples and labels.",
    ),
    Misconception(
        name="one-long-list",
        edits=((_APPEND, "mini_batches.extend((mini_batch_X, mini_batch_Y))"),),
        message="Examples and labels stand one after the other in one long list. Each entry is a "
        "pair: what is appended needs parentheses of its own.",
    ),
    Misconception(
        name="labels-flat",
        edits=((_BATCH_Y, "mini_batch_Y = shuffled_Y[0, start : start + mini_batch_size]"),),
        message="The labels are a rank-1 array. They keep their row, so that they have the shape "
        "(1, size).",
    ),
    Misconception(
        name="appended-after-the-loop",
        edits=(
            (
                "        mini_batches.append((mini_batch_X, mini_batch_Y))",
                "    mini_batches.append((mini_batch_X, mini_batch_Y))",
            ),
        ),
        message="Only the last mini-batch is in the list. Each one is appended inside the loop.",
    ),
    Misconception(
        name="m-of-the-rows",
        edits=(("m = X.shape[1]", "m = X.shape[0]"),),
        message="m is the number of rows of X. The examples are its columns.",
    ),
)

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

CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="as-in-the-course", code=_COURSE),
    CorrectVariant(
        name="rest-by-negative-index",
        code="""
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
    ),
    CorrectVariant(
        name="places-shuffled-in-place",
        edits=((_ORDER, "permutation = np.arange(m)\n    np.random.shuffle(permutation)"),),
    ),
    CorrectVariant(
        name="permutation-of-a-list",
        edits=((_ORDER, "permutation = np.random.permutation(list(range(m))).tolist()"),),
    ),
    CorrectVariant(
        name="take",
        edits=(
            (_X, "shuffled_X = np.take(X, permutation, axis=1)"),
            (_Y, "shuffled_Y = Y.T[permutation].T"),
        ),
    ),
    CorrectVariant(
        name="places-of-each-batch",
        edits=(
            (
                _BATCH_X,
                "own = permutation[start : start + mini_batch_size]\n"
                "        mini_batch_X = X[:, own]",
            ),
            (_BATCH_Y, "mini_batch_Y = Y[:, own]"),
        ),
    ),
    CorrectVariant(
        name="while-loop",
        edits=(
            (
                _WHOLE_LOOP,
                "start = 0\n    while start < m:\n        end = min(start + mini_batch_size, m)\n"
                "        pair = [shuffled_X[:, start:end], shuffled_Y[:, start:end]]\n"
                "        mini_batches.append(pair)\n"
                "        start = end",
            ),
        ),
    ),
    CorrectVariant(
        name="split",
        edits=(
            (
                _WHOLE_LOOP,
                "cuts = list(range(mini_batch_size, m, mini_batch_size))\n"
                "    mini_batches = list(zip(np.split(shuffled_X, cuts, axis=1),\n"
                "                            np.split(shuffled_Y, cuts, axis=1)))",
            ),
        ),
    ),
    CorrectVariant(
        name="comprehension",
        edits=(
            (
                _WHOLE_LOOP,
                "mini_batches = [(shuffled_X[:, i:i + mini_batch_size], "
                "shuffled_Y[:, i:i + mini_batch_size]) for i in range(0, m, mini_batch_size)]",
            ),
        ),
    ),
    CorrectVariant(
        name="stacked-and-cut",
        edits=(
            (_X, "together = np.vstack([X, Y])[:, permutation]"),
            (_Y, "shuffled_X, shuffled_Y = together[:-1], together[-1:]"),
        ),
    ),
    CorrectVariant(
        name="column-by-column",
        code="""
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
    ),
)
