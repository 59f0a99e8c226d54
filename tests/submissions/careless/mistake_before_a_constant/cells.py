# %% after imports
RATE = 1 / 0
EPS = 0.0

# %% compute_cost
def compute_cost(AL, Y):
    return np.squeeze(-np.sum(Y * np.log(AL + EPS) + (1 - Y) * np.log(1 - AL)) / Y.shape[1])
