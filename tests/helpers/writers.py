"""Right solutions of the deep network, in the hands of several people.

``WRITERS`` solve the exercises in usual ways of their own and do not know of one another.
``UNUSUAL`` is code that nobody would write like this twice.
"""

from __future__ import annotations

LOOPS = {
    "initialize_parameters": """
def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)
    sizes = [n_x, n_h, n_y]
    parameters = {}
    for i in range(1, 3):
        parameters["W" + str(i)] = np.random.randn(sizes[i], sizes[i - 1]) * 0.01
        parameters["b" + str(i)] = np.zeros((sizes[i], 1))
    return parameters
""",
    "linear_forward": """
def linear_forward(A, W, b):
    n = W.shape[0]
    m = A.shape[1]
    Z = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            s = 0
            for k in range(A.shape[0]):
                s = s + W[i][k] * A[k][j]
            Z[i][j] = s + b[i][0]
    cache = (A, W, b)
    return Z, cache
""",
    "compute_cost": """
def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = 0
    for i in range(m):
        if Y[0, i] == 1:
            cost = cost - np.log(AL[0, i])
        else:
            cost = cost - np.log(1 - AL[0, i])
    cost = cost / m
    return cost
""",
    "linear_backward": """
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            for k in range(m):
                dW[i][j] += dZ[i][k] * A_prev[j][k] / m
    db = np.zeros(b.shape)
    for i in range(b.shape[0]):
        for k in range(m):
            db[i][0] += dZ[i][k] / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
""",
    "update_parameters": """
def update_parameters(params, grads, learning_rate):
    parameters = params.copy()
    L = len(parameters) // 2
    for l in range(1, L + 1):
        W = parameters["W" + str(l)]
        dW = grads["dW" + str(l)]
        new_W = np.zeros(W.shape)
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                new_W[i][j] = W[i][j] - learning_rate * dW[i][j]
        parameters["W" + str(l)] = new_W
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return parameters
""",
}


OTHER_LOOPS = {
    "initialize_parameters_deep": """
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    l = 1
    while l < len(layer_dims):
        rows, cols = layer_dims[l], layer_dims[l - 1]
        parameters["W%d" % l] = np.random.randn(rows, cols) * 0.01
        parameters["b%d" % l] = np.zeros((rows, 1))
        l += 1
    return parameters
""",
    "linear_forward": """
def linear_forward(A, W, b):
    Z = np.zeros((W.shape[0], A.shape[1]))
    for i in range(W.shape[0]):
        for j in range(A.shape[1]):
            Z[i, j] = np.sum(W[i, :] * A[:, j]) + b[i, 0]
    return Z, (A, W, b)
""",
    "compute_cost": """
def compute_cost(AL, Y):
    m = AL.shape[1]
    total = 0.0
    for i in range(m):
        y = Y[0, i]
        a = AL[0, i]
        total += y * np.log(a) + (1 - y) * np.log(1 - a)
    return -total / m
""",
    "linear_backward": """
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.zeros_like(W)
    db = np.zeros_like(b)
    for k in range(m):
        dz = dZ[:, k].reshape(-1, 1)
        a = A_prev[:, k].reshape(-1, 1)
        dW += np.dot(dz, a.T)
        db += dz
    dW = dW / m
    db = db / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
""",
    "linear_activation_backward": """
def linear_activation_backward(dA, cache, activation):
    linear_cache, Z = cache
    dZ = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            if activation == "relu":
                dZ[i, j] = dA[i, j] if Z[i, j] > 0 else 0
            else:
                s = 1 / (1 + np.exp(-Z[i, j]))
                dZ[i, j] = dA[i, j] * s * (1 - s)
    return linear_backward(dZ, linear_cache)
""",
}


EINSUM = {
    "linear_forward": """
def linear_forward(A, W, b):
    Z = np.einsum("ij,jk->ik", W, A)
    Z = Z + b
    cache = (A, W, b)
    return Z, cache
""",
    "compute_cost": """
def compute_cost(AL, Y):
    m = Y.shape[1]
    pos = np.einsum("ij,ij->", Y, np.log(AL))
    neg = np.einsum("ij,ij->", 1 - Y, np.log(1 - AL))
    cost = -(pos + neg) / m
    return np.squeeze(cost)
""",
    "linear_backward": """
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.einsum("ik,jk->ij", dZ, A_prev) / m
    db = np.einsum("ik->i", dZ).reshape(-1, 1) / m
    dA_prev = np.einsum("ij,ik->jk", W, dZ)
    return dA_prev, dW, db
""",
    "update_parameters": """
def update_parameters(params, grads, learning_rate):
    parameters = {}
    for key in params:
        parameters[key] = params[key] - learning_rate * grads["d" + key]
    return parameters
""",
}


HELPERS = {
    "initialize_parameters_deep": """
def make_layer(n_out, n_in):
    W = np.random.randn(n_out, n_in) * 0.01
    b = np.zeros((n_out, 1))
    return W, b

def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        W, b = make_layer(layer_dims[l], layer_dims[l - 1])
        parameters["W" + str(l)] = W
        parameters["b" + str(l)] = b
    return parameters
""",
    "compute_cost": """
def cross_entropy(a, y):
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))

def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = np.sum(cross_entropy(AL, Y)) / m
    return np.squeeze(cost)
""",
    "L_model_forward": """
def get_params(parameters, l):
    return parameters["W" + str(l)], parameters["b" + str(l)]

def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = get_params(parameters, l)
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    W, b = get_params(parameters, L)
    AL, cache = linear_activation_forward(A, W, b, "sigmoid")
    caches.append(cache)
    return AL, caches
""",
    "L_model_backward": """
def store(grads, l, dA, dW, db):
    grads["dA" + str(l - 1)] = dA
    grads["dW" + str(l)] = dW
    grads["db" + str(l)] = db

def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dA, dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    store(grads, L, dA, dW, db)
    for l in reversed(range(1, L)):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        store(grads, l, dA, dW, db)
    return grads
""",
    "update_parameters": """
def step(value, gradient, rate):
    return value - rate * gradient

def update_parameters(params, grads, learning_rate):
    parameters = params.copy()
    L = len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        parameters["W" + str(l)] = step(W, grads["dW" + str(l)], learning_rate)
        parameters["b" + str(l)] = step(b, grads["db" + str(l)], learning_rate)
    return parameters
""",
}


OTHER_HELPERS = {
    "linear_activation_forward": """
def activate(Z, activation):
    if activation == "sigmoid":
        return sigmoid(Z)
    return relu(Z)

def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = activate(Z, activation)
    return A, (linear_cache, activation_cache)
""",
    "compute_cost": """
def loss(AL, Y):
    return Y * np.log(AL) + (1 - Y) * np.log(1 - AL)

def compute_cost(AL, Y):
    return -np.mean(loss(AL, Y))
""",
    "L_model_forward": """
def weights_of(params, i):
    W = params["W" + str(i)]
    b = params["b" + str(i)]
    return W, b

def L_model_forward(X, parameters):
    caches = []
    A = X
    n = len(parameters) // 2
    for i in range(1, n + 1):
        W, b = weights_of(parameters, i)
        if i == n:
            A, cache = linear_activation_forward(A, W, b, "sigmoid")
        else:
            A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    return A, caches
""",
    "L_model_backward": """
def save(grads, layer, values):
    grads["dA" + str(layer - 1)], grads["dW" + str(layer)], grads["db" + str(layer)] = values

def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    dAL = np.divide(1 - Y, 1 - AL) - np.divide(Y, AL)
    save(grads, L, linear_activation_backward(dAL, caches[-1], "sigmoid"))
    for l in range(L - 1, 0, -1):
        current = linear_activation_backward(grads["dA" + str(l)], caches[l - 1], "relu")
        save(grads, l, current)
    return grads
""",
    "update_parameters": """
def gradient_step(parameters, grads, name, learning_rate):
    parameters[name] = parameters[name] - learning_rate * grads["d" + name]

def update_parameters(params, grads, learning_rate):
    parameters = params.copy()
    for l in range(len(parameters) // 2):
        gradient_step(parameters, grads, "W" + str(l + 1), learning_rate)
        gradient_step(parameters, grads, "b" + str(l + 1), learning_rate)
    return parameters
""",
}


COMPREHENSIONS = {
    "initialize_parameters_deep": """
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    L = len(layer_dims)
    d = layer_dims
    W = {"W" + str(l): np.random.randn(d[l], d[l - 1]) * 0.01 for l in range(1, L)}
    b = {"b" + str(l): np.zeros((d[l], 1)) for l in range(1, L)}
    W.update(b)
    return W
""",
    "linear_forward": """
def linear_forward(A, W, b):
    Z = np.array([[sum(w * a for w, a in zip(row, col)) for col in A.T] for row in W]) + b
    return Z, (A, W, b)
""",
    "compute_cost": """
def compute_cost(AL, Y):
    m = Y.shape[1]
    losses = [np.log(a) if y == 1 else np.log(1 - a) for a, y in zip(AL[0], Y[0])]
    return -sum(losses) / m
""",
    "update_parameters": """
def update_parameters(params, grads, learning_rate):
    return {k: params[k] - learning_rate * grads["d" + k] for k in params}
""",
}


OTHER_COMPREHENSIONS = {
    "linear_forward": """
def linear_forward(A, W, b):
    m = A.shape[1]
    columns = [np.dot(W, A[:, j]) + b[:, 0] for j in range(m)]
    Z = np.array(columns).T
    cache = (A, W, b)
    return Z, cache
""",
    "compute_cost": """
def compute_cost(AL, Y):
    m = Y.shape[1]
    terms = [-(Y[0, i] * np.log(AL[0, i]) + (1 - Y[0, i]) * np.log(1 - AL[0, i])) for i in range(m)]
    cost = np.sum(terms) / m
    return cost
""",
    "linear_backward": """
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = sum(np.outer(dZ[:, i], A_prev[:, i]) for i in range(m)) / m
    db = np.array([[sum(row) / m] for row in dZ])
    dA_prev = W.T @ dZ
    return dA_prev, dW, db
""",
    "update_parameters": """
def update_parameters(params, grads, learning_rate):
    parameters = {key: value - learning_rate * grads["d" + key] for key, value in params.items()}
    return parameters
""",
}


CAREFUL = {
    "linear_forward": """
def linear_forward(A, W, b):
    assert A.shape[0] == W.shape[1]
    Z = np.matmul(W, A)
    Z = np.add(Z, b)
    assert Z.shape == (W.shape[0], A.shape[1])
    cache = (A, W, b)
    return Z, cache
""",
    "compute_cost": """
def compute_cost(AL, Y):
    m = Y.shape[1]
    epsilon = 1e-12
    AL = np.clip(AL, epsilon, 1 - epsilon)
    logprobs = np.multiply(np.log(AL), Y) + np.multiply(np.log(1 - AL), 1 - Y)
    cost = -np.sum(logprobs) / m
    cost = float(np.squeeze(cost))
    assert isinstance(cost, float)
    return cost
""",
    "linear_activation_backward": """
def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    else:
        raise ValueError("unknown activation: " + activation)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    assert dA_prev.shape == linear_cache[0].shape
    return dA_prev, dW, db
""",
    "update_parameters": """
def update_parameters(params, grads, learning_rate):
    import copy
    parameters = copy.deepcopy(params)
    L = len(parameters) // 2
    for l in range(L):
        dW = grads["dW" + str(l + 1)]
        db = grads["db" + str(l + 1)]
        parameters["W" + str(l + 1)] -= learning_rate * dW
        parameters["b" + str(l + 1)] -= learning_rate * db
    return parameters
""",
}


VERBOSE = {
    "linear_forward": """
def linear_forward(A, W, b):
    product = np.dot(W, A)
    Z = product + b
    cache = (A, W, b)
    return Z, cache
""",
    "compute_cost": """
def compute_cost(AL, Y):
    m = Y.shape[1]
    log_a = np.log(AL)
    log_one_minus_a = np.log(1 - AL)
    first = Y * log_a
    second = (1 - Y) * log_one_minus_a
    total = first + second
    cost = -1 / m * np.sum(total)
    cost = np.squeeze(cost)
    return cost
""",
    "linear_backward": """
def linear_backward(dZ, cache):
    A_prev = cache[0]
    W = cache[1]
    m = A_prev.shape[1]
    A_T = A_prev.T
    dW = 1 / m * np.dot(dZ, A_T)
    row_sums = np.sum(dZ, axis=1)
    row_sums = row_sums.reshape(row_sums.shape[0], 1)
    db = 1 / m * row_sums
    W_T = W.T
    dA_prev = np.dot(W_T, dZ)
    return dA_prev, dW, db
""",
    "L_model_backward": """
def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    dAL = -(Y / AL) + (1 - Y) / (1 - AL)
    result = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)] = result[0]
    grads["dW" + str(L)] = result[1]
    grads["db" + str(L)] = result[2]
    for l in reversed(range(L - 1)):
        result = linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")
        grads["dA" + str(l)] = result[0]
        grads["dW" + str(l + 1)] = result[1]
        grads["db" + str(l + 1)] = result[2]
    return grads
""",
}


WRITERS = {
    "loops": LOOPS,
    "other loops": OTHER_LOOPS,
    "einsum": EINSUM,
    "helpers": HELPERS,
    "other helpers": OTHER_HELPERS,
    "comprehensions": COMPREHENSIONS,
    "other comprehensions": OTHER_COMPREHENSIONS,
    "careful": CAREFUL,
    "verbose": VERBOSE,
}


UNUSUAL = {
    "compute_cost": """
def compute_cost(AL, Y):
    # the log-odds are softer on the nerves than two logarithms
    log_odds = np.log(AL / (1.0 - AL))
    softplus = np.log1p(np.exp(-np.abs(log_odds))) + np.maximum(log_odds, 0)
    penalties = softplus - np.where(Y.astype(bool), log_odds, np.zeros_like(log_odds))
    weights = np.full(penalties.shape, 1.0 / penalties.shape[-1])
    return np.vdot(weights, penalties)
""",
    "linear_backward": """
def linear_backward(dZ, cache):
    previous, weights, bias = cache
    stacked = np.vstack([previous, np.ones((1, dZ.shape[1]))])
    joint = np.tensordot(dZ, stacked, axes=([1], [1])) / dZ.shape[1]
    dW, db = np.split(joint, [previous.shape[0]], axis=1)
    flat = np.apply_along_axis(lambda column: column @ weights, 0, dZ)
    return flat.reshape(previous.shape), dW, db.reshape(bias.shape)
""",
}
"""Right solutions of a shape that nobody comes to twice."""


ONE_UNUSUAL = {"linear_backward": UNUSUAL["linear_backward"]}
