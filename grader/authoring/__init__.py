"""What an author needs: the linter, generated mistakes, sample classes, tidy notebooks.

The masters of ``source/`` come in. Sentences on what is unsound go out, and made-up submissions
whose marks are known.

Begin with :func:`~grader.authoring.check_course.check_course`,
:func:`~grader.authoring.own_tests_audit.audit_own_tests` and
:func:`~grader.authoring.simulate.simulate`.
"""
