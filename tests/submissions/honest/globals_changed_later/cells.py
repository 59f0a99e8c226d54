# %% after update_parameters
A, W, b, m, L, Y, AL, X, l, cache = [None] * 10
parameters, grads, learning_rate = {}, {}, "fast"
del parameters
