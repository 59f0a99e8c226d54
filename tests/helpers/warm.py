"""Imported before commands are forked: what each of them would import and compile for itself."""

from __future__ import annotations

import gc
import importlib

import nbformat
from sqlalchemy.orm import configure_mappers

for _name in (
    "nbgrader.apps",
    "nbgrader.server_extensions.formgrader.formgrader",
    "grader.cli.main",
    "grader.settings.course",
    "grader.plugin.autograde",
    "alembic.context",
    "markdown_it",
    "pebble",
    "sqlalchemy.dialects.sqlite.pysqlite",
):
    importlib.import_module(_name)
configure_mappers()
nbformat.validate(nbformat.v4.new_notebook())
gc.collect()
gc.freeze()  # a search for garbage in a fork would copy the pages of all that is imported here
