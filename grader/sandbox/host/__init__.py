"""The host's side of the sandbox: warm workers, and sessions with the submissions in them.

Cells and encoded arguments come in. Outcomes go out: messages that nobody believes, only
compares.
"""
