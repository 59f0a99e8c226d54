"""nbgrader's settings for this course. nbgrader reads this file in the project's root.

Everything that is not set here is nbgrader's own: scores, late penalties, manual grading, feedback,
export. To change a setting for your class, change it here.
"""

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent if "__file__" in globals() else Path.cwd()
sys.path[:0] = [str(PROJECT), str(PROJECT / "utils")]

from grader.nbgrader_settings import configure  # noqa: E402

c = get_config()  # noqa: F821  (nbgrader provides it)
configure(c, PROJECT)
