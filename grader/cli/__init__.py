"""The commands of ``python -m grader``, a module each.

Words that a person types come in: arguments, answers to a question. Words that a person reads
go out: progress, tables, what went wrong and what to do next. The work is done in the rooms
below.

Begin with :func:`~grader.cli.main.main`.
"""
