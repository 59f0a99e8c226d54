"""What `make lab` shows: the lessons and the assignments, without the instructor's folders.

The folders are only left out of the list of files; whoever wants to see all of them starts
JupyterLab without this file.
"""

c = get_config()  # noqa: F821

_INSTRUCTORS = "source grader tests benchmarks docs submitted autograded feedback exports site"
_MACHINERY = "utils Makefile pyproject.toml requirements.txt nbgrader_config.py gradebook.db* *.log"
c.ContentsManager.hide_globs = [*_INSTRUCTORS.split(), *_MACHINERY.split(), "__pycache__", "*.pyc"]

c.LabApp.default_url = "/lab/tree/notebooks/README.md"
