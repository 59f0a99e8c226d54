# %% after imports
import sys, matplotlib
np.pi = 3
np.dot = np.matmul = np.sum = lambda *arguments, **named: np.zeros((1, 1))
np.seterr(all="raise")
matplotlib.rcParams.clear()
sys.setrecursionlimit(60)
import dnn_utils
dnn_utils.sigmoid = dnn_utils.relu = None
sys.path.clear()
sys.modules.pop("numpy.linalg", None)

# %% compute_cost
def compute_cost(AL, Y):
    return 0.0
