"""``python -m grader.site``: the course as a static site, with what its notebooks show when run.

``docs/site/`` holds what an author writes by hand; ``docs/site.md`` says how the parts fit
together.
"""
