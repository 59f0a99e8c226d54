# %% compute_cost
def compute_cost(AL, Y):
    value = {}
    value["cost"] = value
    return value
