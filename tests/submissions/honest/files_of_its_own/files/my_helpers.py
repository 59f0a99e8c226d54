import numpy as np


def times(a, b):
    return np.dot(a, b)
