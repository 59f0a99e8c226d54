"""How a class is graded, and where it lies.

``nbgrader_config.py``, the command line of nbgrader and environment variables come in. Folders,
limits and the class's secret go out.

Begin with :func:`~grader.settings.course.load_course` and
:class:`~grader.settings.grading_settings.FairGrading`.
"""
