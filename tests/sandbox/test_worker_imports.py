"""What a worker imports before the first submission: what takes long is left for whom it is for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.paths import PROJECT, RELEASE
from grader.sandbox.guest.prepared import import_all

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


def test_of_a_package_that_cannot_be_imported_no_part_is_left_to_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "half_a_package"
    package.mkdir()
    (package / "part.py").write_text("name = 1\n")
    (package / "__init__.py").write_text("from half_a_package import part, nothing\n")
    monkeypatch.syspath_prepend(tmp_path)
    import_all(["half_a_package.part"])
    with pytest.raises(ImportError):
        from half_a_package.part import name  # noqa: F401
