# %% compute_cost
def compute_cost(AL, Y):
    return compute_cost(AL, Y) / Y.shape[1]
