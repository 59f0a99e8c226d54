def mean_of(total, count):
    return total / count
