"""From a submission to its marks.

A submission and an assignment come in. Verdicts, points and sentences go out, as plain data.
Nothing is written, and no database is asked, so it runs anywhere.

Begin with :func:`~grader.judging.grade.grade` and :class:`~grader.judging.judge.Judge`.
"""
