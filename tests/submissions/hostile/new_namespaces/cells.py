# %% after imports
import ctypes
libc = ctypes.CDLL(None)
for flag in (0x10000000, 0x00020000, 0x20000000, 0x40000000):
    assert libc.unshare(flag) != 0
assert libc.mount(b"none", b"/", None, 0, None) != 0

# %% compute_cost
def compute_cost(AL, Y):
    return 0.0
