"""nbgrader's settings for this course. nbgrader reads this file in the project's root.

Everything that is not set here is nbgrader's own: scores, late penalties, manual grading, feedback,
export. To change a setting for your class, change it here.
"""

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent if "__file__" in globals() else Path.cwd()
sys.path[:0] = [str(PROJECT), str(PROJECT / "utils")]

from grader.plugin.configuration import configure  # noqa: E402

c = get_config()  # noqa: F821  (nbgrader provides it)
configure(c, PROJECT)

# How submissions are graded; each line shows a default. Take the "#" away to change it. What each
# limit means is written in grader/sandbox/limits.py.
# c.FairGrading.blocked_share = 1.0     # of the points, where only an earlier function is wrong
# c.FairGrading.exercise_seconds = 10.0
# c.FairGrading.cell_seconds = 20.0
# c.FairGrading.memory_mb = 1024
# c.FairGrading.sandbox = True
# c.FairGrading.language = "en"         # of what no notebook decides: "zh_CN"
# c.FairGrading.lesson_link = ""        # "https://example.org/course/{notebook}.html#{section}"

# What is graded when it is handed in, by `python -m grader watch` (docs/jupyterhub.md).
# c.Attempts.limit = 0                  # graded attempts of a student; 0 is no limit
# c.Attempts.minutes_between = 0.0
# c.Attempts.counts = "last"            # or "best"
# c.Attempts.feedback = "at once"       # or "public until due", "by hand"

# What the release gives students beside the exercises (docs/self-study.md).
# c.SelfStudy.hints = True
# c.SelfStudy.solutions = "course"      # in a copy of the course; or "sealed", "withheld"
