"""Importing this makes a process end as soon as the one that started it has ended.

It is for the server from which the processes of a pool are forked: they keep it alive, and it keeps
them alive, so that without this a coordinator that is killed would leave all of them behind until
the submissions at hand are graded.
"""

from __future__ import annotations

from grader.sandbox import system_calls

system_calls.end_with_parent()
