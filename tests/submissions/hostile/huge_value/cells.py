# %% compute_cost
def compute_cost(AL, Y):
    return np.zeros((4000, 4000))
