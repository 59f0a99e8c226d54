# %% linear_forward
def linear_forward(A, W, b):
    return None

# %% linear_activation_forward
def linear_activation_forward(A_prev, W, b, activation):
    return linear_forward(np.zeros((0, 12_000)), np.zeros((12_000, 0)), np.zeros((1, 1)))
