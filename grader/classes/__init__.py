"""A whole class at once: what is to be graded, by how many processes, on which machines.

The configured course comes in. Recorded marks go out, and word of how the run goes on for
whoever listens. One submission can stop nobody else's.

Begin with :func:`~grader.classes.autograde.autograde` and
:func:`~grader.classes.pool.grade_folders`.
"""
