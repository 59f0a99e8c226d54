# %% compute_cost
def cost_of_the_model(AL, Y):
    return np.squeeze(-np.mean(Y))
