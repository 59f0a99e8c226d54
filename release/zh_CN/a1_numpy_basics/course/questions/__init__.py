"""The questions of lessons and assignments, one module a notebook: no cell shows an answer."""
