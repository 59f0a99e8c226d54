# %% compute_cost
def compute_cost(AL, Y):
    return np.linspace(0, 5, 100_000)
