"""What nbgrader's own commands, formgrader and ``nbgrader_config.py`` call.

nbgrader hands in its configuration and the submissions that it wants graded. The same marks and
pages go out that ``python -m grader`` makes, through the same rooms.

Begin with :func:`~grader.plugin.configuration.configure`.
"""
