# %% compute_cost
def compute_cost(AL, Y):
    return np.zeros((1500, 1500))
