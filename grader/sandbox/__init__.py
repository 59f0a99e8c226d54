"""Run students' code where it can reach nothing, and ask it questions through a socket."""
