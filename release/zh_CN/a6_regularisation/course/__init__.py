"""What the notebooks of the course import beside the modules with well-known names.

Its parts are the checks, the figures, the networks to experiment with, the help for those who work
alone, and the widgets. In come the functions and arrays of a notebook. Out go messages, pictures
and numbers for its reader; nothing here solves an exercise.
"""
