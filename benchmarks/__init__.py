"""How fast the course is graded: ``python -m benchmarks --help``."""

import os

# One BLAS thread a process, as in the workers: set before NumPy is imported.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
