"""formgrader's pages, in which no name or text can act as a script.

nbgrader's templates put names of students, of notebooks and of cells into pages as they are, so
that whoever fills a gradebook can write scripts that run with an instructor's rights. Three things
stand against it:

- the templates escape what they show, and write it as JSON where it is a script's;
- what formgrader's scripts ask for holds no brackets of HTML;
- the pages run only those scripts that their templates name (Content-Security-Policy, with a
  random number for each page), and none of an attribute such as ``onerror``.

A gradebook that others have filled is as harmless as one of this course.
"""

from __future__ import annotations

import contextlib
import functools
import html
import json
import re
import secrets
import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from grader.text.inert import inert_name

_FORMGRADER = "nbgrader.server_extensions.formgrader"
_NONCE: ContextVar[str] = ContextVar("nonce", default="")
_POLICY = "script-src 'nonce-{nonce}' 'strict-dynamic'; object-src 'none'; base-uri 'none'"
_SCRIPT = re.compile(r"<script(?=[\s>])")
_VALUE = re.compile(r'= "\{\{ (\w+) \}\}"')
_RESOURCE = re.compile(r'= "\{\{ resources\.(\w+) \}\}"')
_CLICK = re.compile(r'onclick="(\w+)\((true|false|)\);?"')
# MathJax would run its configuration by eval; it is there already, so the text can run itself.
_MATHJAX = 'type="text/x-mathjax-config"'
# Templates that show cells: a script there is a notebook's.
_CELLS = ("base.html.j2", "celltags.j2", "null.j2")
_CLICKS = """
<script nonce="{{ csp_nonce() }}">
document.addEventListener("click", function (event) {
  var at = event.target.closest ? event.target.closest("[data-clicked]") : null;
  if (!at) return;
  if (at.dataset.clicked === "toggle_name") toggle_name(at.dataset.with === "true");
  if (at.dataset.clicked === "toggleAllNames") toggleAllNames();
});
</script>
"""
_SUSPICIOUS = re.compile(r"[<>\"`]|&[#\w]")
# What people write, and what is shown as text alone.
_PROSE = frozenset({"comment", "auto_comment", "manual_comment", "log", "error", "message"})


def use_safe_formgrader() -> None:
    """Make formgrader's pages safe, where this process is a server that has them."""
    if _FORMGRADER in sys.modules:
        from nbgrader.server_extensions.formgrader import base, formgrader, handlers

        _patch(base, formgrader, handlers)


def _patch(base: Any, formgrader: Any, handlers: Any) -> None:
    handler = base.BaseHandler
    if getattr(handler, "course_is_safe", False):
        return
    handler.course_is_safe = True
    policy = handler.content_security_policy.fget
    exporter = handler.exporter.fget
    handler.content_security_policy = property(
        lambda self: f"{_own_policy(policy(self))}; {_policy(self)}"
    )
    handler.exporter = property(lambda self: _SafeExporter(exporter(self), _nonce_of(self)))
    handler.render = _with_nonce(handler.render)
    base.BaseApiHandler.write = _without_brackets(base.BaseApiHandler.write)
    files = handlers.SubmissionFilesHandler
    files.content_security_policy = property(lambda self: f"{_own_policy(policy(self))}; sandbox")
    original = formgrader.FormgradeExtension.init_tornado_settings

    @functools.wraps(original)
    def init_tornado_settings(self: Any, webapp: Any) -> None:
        original(self, webapp)
        environment = webapp.settings["nbgrader_jinja2_env"]
        environment.autoescape = True
        _prepare(environment)
        _prepare(webapp.settings["nbgrader_exporter"].environment)

    formgrader.FormgradeExtension.init_tornado_settings = init_tornado_settings


def _own_policy(policy: str) -> str:
    """A server's policy as formgrader needs it.

    It reports nothing, since formgrader's address for reports leads nowhere. And JupyterLab shows
    formgrader in a frame, which a server in a hub allows to nobody: the same server may.
    """
    parts = (part.strip() for part in policy.split(";"))
    kept = [part for part in parts if part and not part.startswith("report-uri")]
    return "; ".join("frame-ancestors 'self'" if p == "frame-ancestors 'none'" else p for p in kept)


def _nonce_of(handler: Any) -> str:
    if not hasattr(handler, "course_nonce"):
        handler.course_nonce = secrets.token_urlsafe(16)
    return str(handler.course_nonce)


def _policy(handler: Any) -> str:
    return _POLICY.format(nonce=_nonce_of(handler))


def _with_nonce(render: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(render)
    def safe(self: Any, name: str, **values: Any) -> Any:
        _NONCE.set(_nonce_of(self))
        if "resources" in values:
            values["resources"] = values["resources"] | {"raw": values["resources"]}
        return render(self, name, **values)

    return safe


class _SafeExporter:
    """nbconvert's exporter for the page of one submission."""

    def __init__(self, exporter: Any, nonce: str) -> None:
        self._exporter = exporter
        self._nonce = nonce

    def from_filename(self, filename: str, resources: dict[str, Any]) -> Any:
        """The page; nbconvert's templates do not escape what stands in the resources."""
        _NONCE.set(self._nonce)
        safe = {k: html.escape(v) if isinstance(v, str) else v for k, v in resources.items()}
        return self._exporter.from_filename(filename, resources=safe | {"raw": resources})


def _without_brackets(write: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(write)
    def safe(self: Any, chunk: Any) -> Any:
        if isinstance(chunk, str):
            with contextlib.suppress(ValueError):
                chunk = json.dumps(_inert(json.loads(chunk)))
        return write(self, chunk)

    return safe


def _inert(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _inert(part, str(name)) for name, part in value.items()}
    if isinstance(value, list):
        return [_inert(part, key) for part in value]
    if isinstance(value, str) and key not in _PROSE and _SUSPICIOUS.search(value):
        return inert_name(value)
    return value


def _prepare(environment: Any) -> None:
    """Let the templates of an environment name their scripts and escape their values."""
    environment.globals["csp_nonce"] = _NONCE.get
    environment.loader = _SafeTemplates(environment.loader)


def _safe_source(template: str, source: str) -> str:
    if template.rpartition("/")[2] in _CELLS:
        return source
    source = source.replace(_MATHJAX, "")
    source = _SCRIPT.sub('<script nonce="{{ csp_nonce() }}"', source)
    source = _VALUE.sub(r"= {{ \1 | tojson }}", source)
    source = _RESOURCE.sub(r"= {{ resources.raw.\1 | tojson }}", source)
    if _CLICK.search(source):
        source = _CLICK.sub(r'data-clicked="\1" data-with="\2"', source)
        place = source.find('<button id="toggle_names"')
        place = place if place >= 0 else source.find("  <nav ")
        source = source[:place] + _CLICKS + source[place:]
    return source


class _SafeTemplates:
    """A loader of templates, which are made safe as they are read."""

    has_source_access = True

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def get_source(self, environment: Any, template: str) -> tuple[str, str | None, Any]:
        """The template's text, as Jinja asks for it."""
        source, filename, uptodate = self._loader.get_source(environment, template)
        return _safe_source(template, source), filename, uptodate

    def load(self, environment: Any, name: str, values: Any = None) -> Any:
        """The compiled template."""
        from jinja2 import BaseLoader

        return BaseLoader.load(self, environment, name, values)  # type: ignore[arg-type]
