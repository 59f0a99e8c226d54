"""What an author needs: the linter, generated mistakes, sample classes, tidy notebooks.

The masters of ``source/`` come in. Sentences on what is unsound go out, and made-up submissions
whose marks are known.
"""
