"""The help for those who work alone: hints, reference solutions and a record of what is done.

In come the name of an exercise and what its check has said. Out go a hint, a solution once one's
own is right, or a list of what is done and what is next. The record is a plain text file beside the
notebook.
"""
