# %% compute_cost
def compute_cost(AL, Y):
    value = []
    for _ in range(10_000):
        value = [value]
    return value
