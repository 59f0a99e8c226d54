"""One class on JupyterHub, on one machine. Read it from top to bottom; docs/jupyterhub.md explains.

Three kinds of people: students have a Unix account each; a course account owns the class (the
clone of the course, the gradebook, the secret of the class) and nobody logs in as it; teachers have
accounts of their own, and open formgrader, which runs as the course account, from the hub's menu
"Services".
"""

import os
import resource
import sys
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner

c = get_config()  # noqa: F821  (JupyterHub provides it)

# ------------------------------------------------------------------------ what you change

COURSE = os.environ.get("HUB_COURSE", "neural-networks-from-scratch")
COURSE_ACCOUNT = os.environ.get("HUB_COURSE_ACCOUNT", "course")
TEACHERS = set(os.environ.get("HUB_TEACHERS", "teacher").split())
# The clone of the course, and the folder of the class (submissions, gradebook, secret). Both belong
# to the course account, and nobody else can enter them.
PROJECT = os.environ.get("HUB_PROJECT", f"/home/{COURSE_ACCOUNT}/project")
CLASS = os.environ.get("HUB_CLASS", f"/home/{COURSE_ACCOUNT}/class")
# Where students fetch and hand in: owned by root, mode 1777, like /tmp.
EXCHANGE = os.environ.get("HUB_EXCHANGE", "/srv/nbgrader/exchange")
# Which assignments are graded when they are handed in, with workers that are always ready.
WATCHED = os.environ.get("HUB_WATCHED", "").split()

# ------------------------------------------------------------------------ who may log in

# Unix accounts and their passwords (PAM) are the default. For passwords that each person chooses
# on the first login, take the "#" away; accounts are then made for those who are listed.
# c.JupyterHub.authenticator_class = "firstuseauthenticator.FirstUseAuthenticator"
c.Authenticator.allow_all = True
c.Authenticator.admin_users = set()

# ------------------------------------------------------------------------ what everybody gets

HERE = Path(__file__).resolve().parent
COMMON = {"JUPYTER_PLATFORM_DIRS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class LimitedSpawner(LocalProcessSpawner):
    """A server with an end to what its user can take from the others.

    On a machine with systemd, systemdspawner counts memory and CPU of all processes of a user
    together, which is better still.
    """

    def make_preexec_fn(self, name):
        become_user = super().make_preexec_fn(name)

        def limited():
            resource.setrlimit(resource.RLIMIT_NPROC, (1000, 1000))
            resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))  # of one process
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
            become_user()

        return limited


c.JupyterHub.spawner_class = LimitedSpawner
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.default_url = "/lab"
c.Spawner.environment = COMMON | {
    # Names the exchange and the course, and switches off what only teachers need.
    "JUPYTER_CONFIG_PATH": str(HERE / "students"),
    "NBGRADER_COURSE": COURSE,
    "NBGRADER_EXCHANGE": EXCHANGE,
}
c.JupyterHub.shutdown_on_logout = True
c.JupyterHub.cleanup_servers = True

# ------------------------------------------------------------------------ what teachers get

COURSE_ENVIRONMENT = COMMON | {
    "COURSE_ROOT": CLASS,
    "NBGRADER_COURSE": COURSE,
    "NBGRADER_EXCHANGE": EXCHANGE,
    "HOME": str(Path(CLASS).parent),
    # Seen from PROJECT, where these commands are started: its settings, and its own packages.
    "JUPYTER_CONFIG_PATH": "./.",
    "PYTHONPATH": os.pathsep.join([PROJECT, f"{PROJECT}/utils"]),
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
}

c.JupyterHub.services = [
    {
        # JupyterLab with formgrader, at /services/COURSE/, shared by all teachers.
        "name": COURSE,
        "url": os.environ.get("HUB_FORMGRADER", "http://127.0.0.1:8102"),
        "command": [
            *(sys.executable, "-m", "jupyterhub.singleuser"),
            *(f"--ServerApp.root_dir={CLASS}", "--ServerApp.default_url=/formgrader"),
        ],
        "user": COURSE_ACCOUNT,
        "cwd": PROJECT,
        "environment": COURSE_ENVIRONMENT,
        "oauth_no_confirm": True,
    },
    {
        # Grades what is handed in; the hub starts it again if it ever ends.
        "name": "watch",
        "command": [sys.executable, "-m", "grader", "watch", *WATCHED],
        "user": COURSE_ACCOUNT,
        "cwd": PROJECT,
        "environment": COURSE_ENVIRONMENT,
        "display": False,
    },
]
c.JupyterHub.load_groups = {"teachers": {"users": sorted(TEACHERS)}}
c.JupyterHub.load_roles = [
    {
        "name": "formgrader",
        "groups": ["teachers"],
        "scopes": [f"access:services!service={COURSE}", f"read:services!service={COURSE}"],
    }
]
