"""The report of a class: what it has understood, and what it has not.

Recorded marks come in. A page, tables and plain data go out.

Begin with :func:`~grader.report.class_report.make_report`.
"""
