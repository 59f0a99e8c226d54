"""``python -m grader.site``: the course as a static site, with what its notebooks show when run.

Lessons and released assignments come in. Pages, downloads and a list of what is wrong with them
go out.

Begin with :func:`~grader.site.build.build_site`.
"""
