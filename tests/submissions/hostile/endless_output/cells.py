# %% compute_cost
def compute_cost(AL, Y):
    while True:
        print("spam" * 1000)
