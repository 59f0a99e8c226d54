"""What a worker imports before the first submission: what takes long is left for whom it is for."""

from __future__ import annotations

import subprocess
import sys

from grader.paths import PROJECT, RELEASE

_WARM_UP = """
import sys
from pathlib import Path
sys.path[:0] = [{released!r}, {project!r}]
from grader.sandbox.guest.worker import warm_up
warm_up(Path({released!r}))
print(*sorted(name for name in sys.modules if name.count(".") == 1))
cells = (
    "import scipy; found = scipy.misc.imresize, scipy.squeeze",
    "from scipy.integrate import simps, quad",
    "from scipy import ndimage; found = ndimage.imread, ndimage.zoom",
    "from scipy.misc import logsumexp; found = logsumexp([0.0])",
)
for cell in cells:
    exec(compile(cell, "<cell own>", "exec"))
"""


def test_a_worker_imports_of_scipy_what_a_notebook_asks_for_and_gives_its_names_back() -> None:
    released = str(RELEASE / "a4_deep_network")
    code = _WARM_UP.format(released=released, project=str(PROJECT))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd="/"
    )
    assert done.returncode == 0, done.stderr
    large = {"scipy.integrate", "scipy.optimize", "scipy.ndimage", "scipy.special", "scipy.sparse"}
    assert not large & set(done.stdout.split())
