# %% compute_cost
# <solution of compute_cost>
silent = compute_cost
def compute_cost(AL, Y):
    print(silent(AL, Y))
