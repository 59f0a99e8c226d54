# %% compute_cost
def compute_cost(AL, Y):
    return np.squeeze(-np.sum(y_hat) / Y.shape[1])
