"""``python -m grader``."""

import gc
import os
import sys

# Python looks for modules where one stands first: in a student's folder, perhaps, with a numpy.py.
try:
    here = os.getcwd()
except FileNotFoundError:  # it is gone, and libraries want one
    here = os.sep
    os.chdir(here)
code = os.path.dirname(os.path.dirname(__file__))
if __name__ == "__main__" and not os.path.samefile(here, code):
    sys.path[:] = [place for place in sys.path if place not in ("", here)]
    os.environ["PYTHONSAFEPATH"] = "1"  # for the processes that are started from here

# Small matrices gain nothing from threads, and many processes run side by side. NumPy reads this
# when it is imported.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# Importing makes hundreds of thousands of objects, and next to no garbage to look for.
gc.set_threshold(50_000)

from grader.cli.main import main  # noqa: E402

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
