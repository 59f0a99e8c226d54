# %% compute_cost
def compute_cost(AL, Y):
    raise ValueError("\x1b]0;owned\x07\x1b[2J<script>alert(1)</script>{place}{0}%s\r\n\0\u202e" + "x" * 10**7)
