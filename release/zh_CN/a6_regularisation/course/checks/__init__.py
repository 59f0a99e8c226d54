"""The machinery behind the public checks: comparing, describing, and the stored public cases.

It needs NumPy and the standard library only, so that it is at hand at once and runs wherever
Jupyter runs. Students have this folder; it holds no solution.
"""
