"""Running code where it can reach nothing.

:mod:`~grader.sandbox.host` starts workers and asks them questions; :mod:`~grader.sandbox.guest`
runs inside, beside a student's code, and imports nothing of the host's side. Cells and
arguments go in, plain data comes out, through one socket (:mod:`~grader.sandbox.wire`).

Begin with :class:`~grader.sandbox.host.worker.Worker` and
:class:`~grader.sandbox.limits.Limits`.
"""
