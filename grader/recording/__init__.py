"""The gradebook and the folders beside it: one reader, one writer.

Graded submissions come in. Rows of nbgrader's gradebook and autograded notebooks go out. No
other room writes them.

Begin with :class:`~grader.recording.recorder.Recorder` and
:func:`~grader.recording.reader.read_grades`.
"""
