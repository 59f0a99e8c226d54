# %% after imports
class Layers:
    """Counts layers."""

    @staticmethod
    def of(parameters):
        return len(parameters) // 2

count_layers = lambda parameters: Layers.of(parameters)

# %% linear_activation_forward
# <solution of linear_activation_forward>
one_layer = linear_activation_forward

# %% L_model_forward
# <solution of L_model_forward>
whole_network = L_model_forward

def numbered(parameters):
    return {f"{letter}{l}": parameters[f"{letter}{l}"]
            for l in range(1, count_layers(parameters) + 1) for letter in "Wb"}

def L_model_forward(X, parameters):
    return whole_network(X, numbered(parameters))
