# %% compute_cost
remembered = []
def compute_cost(AL, Y, memory={}):
    memory[AL.tobytes()] = remembered[-1:] or 0.69
    remembered.append(float(np.mean(AL)))
    return remembered[0]
