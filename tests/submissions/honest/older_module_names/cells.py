# %% imports
import numpy as np
import h5py
import matplotlib.pyplot as plt
from testCases_v4a import *
from dnn_utils_v2 import sigmoid, sigmoid_backward, relu, relu_backward
import dnn_utils_v2
from public_tests import *
import copy

%matplotlib inline
plt.rcParams["figure.figsize"] = (5.0, 4.0)
%load_ext autoreload
np.random.seed(1)
assert dnn_utils_v2.relu is relu
