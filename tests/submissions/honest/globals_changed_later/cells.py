# %% after update_parameters
A, W, b, m, L, Y, AL, X, l, cache = [None] * 10
parameters, grads, learning_rate = {}, {}, "fast"
del parameters

# %% after imports
import functools, json
json.dumps = functools.partial(json.dumps, indent=2)
for name in dir():
    if not name.startswith("_"):
        del globals()[name]
