"""What an author needs: new assignments, the linter, sample classes, tidy notebooks.

The masters of ``source/`` come in. Sentences on what is unsound go out, and made-up submissions
whose marks are known.

Begin with :func:`~grader.authoring.check_course.check_course`,
:func:`~grader.authoring.own_tests_audit.audit_own_tests`,
:func:`~grader.authoring.skeleton.new_assignment` and :func:`~grader.authoring.simulate.simulate`.
"""
