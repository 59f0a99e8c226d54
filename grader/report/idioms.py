"""Common array idioms, which say nothing about who wrote them.

Students who do not know of one another write such lines alike. They are discounted wherever they
occur, whatever names they use; ``normal_code.py`` has already merged many of their forms.
"""

IDIOMS = (
    # Loops over arrays
    """
def loops(A, B, n, m, total):
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            C[i, j] = np.dot(A[i, :], B[:, j])
            C[i, j] = np.sum(A[i, :] * B[:, j])
            C[i, j] += A[i, k] * B[k, j]
            C[i, j] = total
            C[i, j] = C[i, j] + b[i, 0]
            C[i, j] += b[i, 0]
            C[i, j] = A[i, j] + b[i]
            C[i, j] = A[i, j] + b[i, 0]
            C[i, j] = np.dot(A[i, :], B[:, j]) + b[i, 0]
            C[i, j] = np.dot(A[i], B[:, j]) + b[i]
            C[i, j] = max(0, A[i, j])
            C[i, j] = np.maximum(0, A[i, j])
            total += A[i, k] * B[k, j]
            total += A[i, j]
            total = total + A[0, j] * B[0, j]
    for k in range(len(A)):
        total += A[k]
    for k in range(A.shape[1]):
        C[i, 0] += A[i, k]
        C[:, k] = np.dot(A, B[:, k])
        C[:, k] = A @ B[:, k] + b[:, 0]
    for i, value in enumerate(A):
        pass
    for a, b in zip(A, B):
        pass
    for key, value in A.items():
        pass
    for key in A.keys():
        pass
    for i in range(1, n):
        pass
    for i in range(1, n + 1):
        pass
    for i in range(n - 1):
        pass
    for i in range(n - 1, -1, -1):
        pass
    for i in range(n, 0, -1):
        pass
    for i in reversed(range(n)):
        pass
    for i in range(1, len(A) // 2 + 1):
        pass
    for i in range(len(A) // 2):
        pass
    while i < n:
        i += 1
    while i > 0:
        i -= 1
""",
    # Empty arrays, shapes, copies
    """
def arrays(A, B, n, m):
    Z = np.zeros((n, m))
    Z = np.zeros((n, 1))
    Z = np.zeros((A.shape[0], 1))
    Z = np.zeros((A.shape[0], B.shape[1]))
    Z = np.zeros((A.shape[1], B.shape[0]))
    Z = np.zeros((A.shape[0], A.shape[1]))
    Z = np.zeros(A.shape)
    Z = np.zeros_like(A)
    Z = np.ones((n, 1))
    Z = np.ones((A.shape[1], 1))
    Z = np.ones_like(A)
    Z = np.empty((A.shape[0], B.shape[1]))
    Z = np.empty_like(A)
    rows, columns = A.shape
    n, m = A.shape[0], B.shape[1]
    n = A.shape[0]
    m = float(A.shape[1])
    Z = A.copy()
    Z = np.array(A)
    Z = np.array(A, copy=True)
    Z = A.reshape(B.shape)
    Z = A.reshape(-1, 1)
    Z = A.reshape(A.shape[0], 1)
    Z = np.squeeze(A)
    Z = A.astype(float)
    Z = np.array([])
    Z = np.array([[1.0]])
    result = {}
    result = dict()
    result = []
    result = list()
    result.append(A)
    A.append((B, n))
    import copy
    parameters = copy.deepcopy(A)
    parameters = copy.copy(A)
""",
    # Sums, means, products, powers
    """
def sums(A, B, W, b, m):
    s = np.sum(A)
    s = np.sum(A * B)
    s = np.sum(A, axis=0)
    s = np.sum(A, axis=1)
    s = np.sum(A, axis=1, keepdims=True)
    s = np.mean(A)
    s = np.mean(A, axis=1, keepdims=True)
    s = np.mean(A, axis=1).reshape(-1, 1)
    s = np.sum(A, axis=1, keepdims=True) / m
    s = np.sum(A, axis=1).reshape(-1, 1) / m
    s = np.sum(A, axis=1).reshape(A.shape[0], 1) / m
    s = (1 / m) * np.sum(A, axis=1).reshape((A.shape[0], 1))
    s = sum(A) / m
    s = sum(A[i] for i in range(m))
    s = np.linalg.norm(A, axis=1, keepdims=True)
    s = np.dot(W, A) + b
    s = np.dot(W.T, A) + b
    s = np.dot(A, B.T) / m
    s = np.einsum("ij,jk->ik", A, B)
    s = np.einsum("ij,jk->ik", A, B) + b
    s = np.einsum("ij,kj->ik", A, B) / m
    s = np.einsum("ij,ik->jk", A, B)
    s = np.einsum("ji,jk->ik", A, B)
    s = np.einsum("ij->i", A)
    s = np.tensordot(A, B, axes=1)
    s = np.tensordot(A, B, axes=1) + b
    s = np.exp(-A)
    s = 1 / (1 + np.exp(-A))
    s = s * (1 - s)
    s = np.maximum(0, A)
    s = np.where(A > 0, A, 0)
    s = np.where(A > 0, B, 0)
    s = (A > 0).astype(float)
    s = (A > 0).astype(int)
    s = A * (A > 0)
    Z[Z < 0] = 0
    Z[A <= 0] = 0
    s = np.abs(A - B)
    s = (A - B) ** 2
    s = float(np.squeeze(A))
    return float(A)
    return s.item()
    return np.squeeze(s)
""",
    # The cross-entropy cost in parts, with and without a guard
    """
def costs(Y, A, AL, m, eps, epsilon):
    eps = 1e-8
    eps = 1e-10
    eps = 1e-15
    A = np.clip(A, eps, 1 - eps)
    A = np.clip(A, 1e-10, 1 - 1e-10)
    first = Y * np.log(A)
    second = (1 - Y) * np.log(1 - A)
    first = np.multiply(Y, np.log(A))
    logs = Y * np.log(A) + (1 - Y) * np.log(1 - A)
    losses = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    losses = -Y * np.log(A) - (1 - Y) * np.log(1 - A)
    logs = np.log(A)
    logs = np.log(1 - A)
    logs = np.log(A + eps)
    logs = Y * np.log(A + eps) + (1 - Y) * np.log(1 - A + eps)
    cost = -np.sum(logs) / m
    cost = np.sum(losses) / m
    cost = -np.sum(first + second) / m
    cost = -(np.sum(first) + np.sum(second)) / m
    cost = -(np.sum(Y * np.log(A)) + np.sum((1 - Y) * np.log(1 - A))) / m
    cost = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    cost = -(np.dot(Y, np.log(A).T) + np.dot(1 - Y, np.log(1 - A).T)) / m
    cost += -(Y[0, i] * np.log(A[0, i]) + (1 - Y[0, i]) * np.log(1 - A[0, i]))
    cost += Y[0, i] * np.log(A[0, i]) + (1 - Y[0, i]) * np.log(1 - A[0, i])
    cost -= Y[0, i] * np.log(A[0, i]) + (1 - Y[0, i]) * np.log(1 - A[0, i])
    cost = cost / m
    cost = -cost / m
""",
    # Parameters and gradients by their keys
    """
def keys(parameters, grads, learning_rate, l, L):
    W = parameters["W" + str(l)]
    b = parameters["b" + str(l)]
    W = parameters["W" + str(l + 1)]
    b = parameters["b" + str(l + 1)]
    dW = grads["dW" + str(l)]
    db = grads["db" + str(l)]
    dW = grads["dW" + str(l + 1)]
    db = grads["db" + str(l + 1)]
    w_key = "W" + str(l)
    b_key = "b" + str(l)
    key = "W" + str(l + 1)
    key = "b" + str(l + 1)
    step = learning_rate * grads["d" + key]
    parameters[key] = parameters[key] - learning_rate * grads["d" + key]
    parameters["W" + str(l)] = W
    parameters["b" + str(l)] = b
    parameters["W" + str(l)] = W - learning_rate * dW
    parameters["b" + str(l)] = b - learning_rate * db
    parameters["W" + str(l)] -= learning_rate * grads["dW" + str(l)]
    parameters["b" + str(l)] -= learning_rate * grads["db" + str(l)]
    grads["dA" + str(l)] = dA
    grads["dW" + str(l)] = dW
    grads["db" + str(l)] = db
    grads["dA" + str(l)], grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = step
    n = len(parameters)
    L = len(parameters) // 2
    L = int(len(parameters) / 2)
    for letter in ("W", "b"):
        parameters[letter + str(l)] = parameters[letter + str(l)] - learning_rate * step
    for name in parameters:
        parameters[name] = parameters[name] - learning_rate * grads["d" + name]
    A, W, b = cache
    A, W, b = cache[0], cache[1], cache[2]
    A_prev = cache[0]
    linear_cache, activation_cache = cache
    linear_cache = cache[0]
    activation_cache = cache[1]
""",
    # Helpers and choices
    """
def choices(name, L, l):
    if name == "relu":
        pass
    elif name == "sigmoid":
        pass
    if l == L:
        pass
    if l == L - 1:
        pass
    if l < L:
        pass
    kind = "sigmoid" if l == L else "relu"
    kind = "relu" if l < L else "sigmoid"
    kind = "sigmoid" if l == L - 1 else "relu"
    raise ValueError("unknown activation")
    raise NotImplementedError
    f = lambda a: a
    return [a for a in b]
    return {k: v for k, v in name.items()}
    return None
""",
)
