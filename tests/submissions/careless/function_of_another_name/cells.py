# %% compute_cost
# <solution of compute_cost>
cost_of_the_model = compute_cost
del compute_cost
