"""``python -m grader``."""

import gc
import os
import sys

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
