"""nbgrader's settings for students on the hub: where they fetch and hand in, and who they are."""

import os

c = get_config()  # noqa: F821  (nbgrader provides it)
c.CourseDirectory.course_id = os.environ["NBGRADER_COURSE"]
c.Exchange.root = os.environ["NBGRADER_EXCHANGE"]
if who := os.environ.get("JUPYTERHUB_USER"):
    c.CourseDirectory.student_id = who
