# %% after update_parameters
A, W, b, m, L, Y, AL, X, l, cache = [None] * 10
parameters, grads, learning_rate = {}, {}, "fast"
linear_forward, cache = linear_forward(np.ones((2, 1)), np.ones((1, 2)), 0.0)
relu, cache = relu(np.ones((1, 1)))
np = None
del parameters

# %% after imports
import functools, json
json.dumps = functools.partial(json.dumps, indent=2)
for name in dir():
    if not name.startswith("_"):
        del globals()[name]

# %% after gradient_difference
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
