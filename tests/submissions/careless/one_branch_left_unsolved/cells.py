# %% linear_activation_forward
# <solution of linear_activation_forward>
both_branches = linear_activation_forward
def linear_activation_forward(A_prev, W, b, activation):
    if activation == "sigmoid":
        raise NotImplementedError("Not implemented yet: write your code here and delete this line")
    return both_branches(A_prev, W, b, activation)
