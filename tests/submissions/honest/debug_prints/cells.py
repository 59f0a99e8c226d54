# %% linear_forward
import sys
# <solution of linear_forward>
quiet_linear_forward = linear_forward
def linear_forward(A, W, b):
    print("A", A, "W", W, "b", b)
    sys.stderr.write("in linear_forward\n")
    sys.stdout.flush()
    Z, cache = quiet_linear_forward(A, W, b)
    breakpoint()
    print("Z", Z.shape, file=sys.stderr, flush=True)
    return Z, cache
