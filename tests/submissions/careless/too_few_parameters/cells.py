# %% compute_cost
def compute_cost(AL):
    return np.squeeze(-np.mean(np.log(AL)))
