# %% after linear_forward
assert linear_forward(np.ones((2, 1)), np.ones((1, 2)), np.ones((1, 1)))[0].shape == (1, 1)
assert 1 == 2, "this one is silly"
