# %% after imports
import json
from my_helpers import times
from utils import first
from tools.more import mean_of
rate = json.load(open("data/rate.json"))["rate"]
table = np.loadtxt("table.csv", delimiter=",")

# %% after imports
%%writefile written_here.py
def plus(a, b):
    return a + b

# %% after imports
from written_here import plus

# %% linear_forward
def linear_forward(A, W, b):
    return plus(times(W, A), b), (A, W, b)

# %% compute_cost
def compute_cost(AL, Y):
    parts = Y * np.log(AL) + (1 - Y) * np.log(1 - AL)
    return rate * table[0, 0] * mean_of(-np.sum(first((parts, AL))), Y.shape[1])
