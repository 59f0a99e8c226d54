"""The page that a student gets.

An autograded notebook with its marks comes in. One page goes out, without scripts, which shows
the student's work, what was found, and where to read on.

Begin with :func:`~grader.feedback.page.feedback_page`.
"""
