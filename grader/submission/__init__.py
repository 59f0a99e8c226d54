"""Reading and repairing what was handed in.

Bytes of any kind come in. A notebook that can be graded goes out, with a sentence for
everything that was repaired, or one that says why it cannot be read.

Begin with :func:`~grader.submission.submission_folder.read_submission` and
:func:`~grader.submission.repair.repair`.
"""
