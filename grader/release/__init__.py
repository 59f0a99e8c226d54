"""Deriving what students get, and auditing it.

The masters of ``source/`` and the modules of ``utils/`` come in. The folders of ``release/`` go
out, complete in themselves, with no answer in them.

Begin with :func:`~grader.release.making.make_release` and
:func:`~grader.release.audit.problems_of_release`.
"""
