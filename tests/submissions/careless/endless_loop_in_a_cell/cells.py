# %% after linear_forward
while True:
    pass
