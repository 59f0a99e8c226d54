"""The author's vocabulary: an assignment read from its folder, its cases and its answers.

``source/<assignment>/`` comes in: the solved notebook and ``exercises.py``. Exercises, their
cases, the reference's answers and the known mistakes go out.

Begin with :class:`~grader.exercises.exercise.Exercise`,
:func:`~grader.exercises.assignment.load` and :func:`~grader.exercises.cases.judged_cases`.
"""
