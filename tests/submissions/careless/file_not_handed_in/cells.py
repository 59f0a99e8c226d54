# %% after imports
import json
with open("/content/drive/eps.json") as file:
    EPS = json.load(file)

# %% compute_cost
def compute_cost(AL, Y):
    return np.squeeze(-np.sum(Y * np.log(AL + EPS) + (1 - Y) * np.log(1 - AL)) / Y.shape[1])
