# %% after imports
class Layers:
    """Counts layers."""

    @staticmethod
    def of(parameters):
        return len(parameters) // 2

count_layers = lambda parameters: Layers.of(parameters)

# %% L_model_forward
def one_layer(A, parameters, l, activation):
    return linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], activation)

def L_model_forward(X, parameters):
    *hidden, last = range(1, count_layers(parameters) + 1)
    A, caches = X, []
    for l in hidden:
        A, cache = one_layer(A, parameters, l, "relu")
        caches.append(cache)
    AL, cache = one_layer(A, parameters, last, "sigmoid")
    return AL, caches + [cache]
