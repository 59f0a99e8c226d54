# %% compute_cost
def compute_cost(AL, Y):
    m = Y.shape[1]
	cost = 0
    return cost
