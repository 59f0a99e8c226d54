"""What `make lab` shows: the working copy of the lessons and the assignments, in `work/`."""

c = get_config()  # noqa: F821

c.ContentsManager.hide_globs = ["__pycache__", "*.pyc"]

c.LabApp.default_url = "/lab/tree/START.md"
