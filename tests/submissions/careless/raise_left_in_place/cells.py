# %% update_parameters
# <solution of update_parameters>
finished = update_parameters
def update_parameters(params, grads, learning_rate):
    raise NotImplementedError("Not implemented yet: write your code here and delete this line")
    return finished(params, grads, learning_rate)
