"""The author's vocabulary: an assignment read from its folder, its cases and its answers.

``source/<assignment>/`` comes in: the solved notebook and ``exercises.py``. Exercises, their
cases, the reference's answers and the known mistakes go out.

Begin with :class:`~grader.exercises.exercise.Exercise`,
:func:`~grader.exercises.assignment.load` and :func:`~grader.exercises.cases.judged_cases`.
"""

from course.language import also_read
from grader.paths import CODE, TRANSLATIONS, course_root

# Every room that says a sentence reads exercises, and the sandbox, which has no course, does not.
for _folder in (CODE / "translations", TRANSLATIONS, course_root() / "translations"):
    also_read(_folder)
