# %% compute_cost
def compute_cost(AL, Y):
    def numbers():
        while True:
            yield 0.0
    return numbers()
