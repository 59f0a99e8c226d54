# %% after imports
np.random.seed = lambda *arguments: None
np.random.randn = lambda *shape: np.zeros(shape)
