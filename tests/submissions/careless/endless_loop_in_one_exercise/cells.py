# %% compute_cost
def compute_cost(AL, Y):
    cost, i = 0, 0
    while i < Y.shape[1]:
        cost += AL[0, 0]
    return cost
