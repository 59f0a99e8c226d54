"""The hub of ``make hub``: that of jupyterhub_config.py, and without root one for a single user."""

import os
from pathlib import Path

c = get_config()  # noqa: F821  (JupyterHub provides it)
load_subconfig(str(Path(__file__).resolve().parent / "jupyterhub_config.py"))  # noqa: F821

if os.getuid() != 0:
    c.JupyterHub.authenticator_class = "dummy"
    c.DummyAuthenticator.password = "demonstration"
    c.JupyterHub.spawner_class = "simple"
    c.SimpleLocalProcessSpawner.home_dir_template = os.environ["HUB_HOMES"] + "/{username}"
    for service in c.JupyterHub.services:
        service.pop("user")
