"""Learning management systems: their archives come in, marks and feedback go back to them.

:mod:`~grader.lms.reading` knows what each system's archives and lists look like,
:mod:`~grader.lms.incoming` makes submissions of them, and :mod:`~grader.lms.outgoing` writes
the tables and pages that they take in. What comes in is believed to be hostile; what goes out
is filed under a person whose identity was established.

Begin with :func:`~grader.lms.incoming.importing.import_submissions` and
:func:`~grader.lms.outgoing.exporting.export_marks`.
"""
