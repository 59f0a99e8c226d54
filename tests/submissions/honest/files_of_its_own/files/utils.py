def first(pair):
    return pair[0]
