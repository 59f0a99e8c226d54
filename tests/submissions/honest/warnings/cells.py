# %% after imports
import warnings
warnings.warn("this notebook is old", DeprecationWarning)
np.log(np.zeros(1))
np.float64(1) / np.float64(0)

# %% compute_cost
# <solution of compute_cost>
calm_compute_cost = compute_cost
def compute_cost(AL, Y):
    warnings.warn("computing a cost")
    np.log(np.zeros(2))
    return calm_compute_cost(AL, Y)
