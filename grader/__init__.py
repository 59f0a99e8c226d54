"""The instructor's side of the course: releasing, grading and reporting. Students never have it."""

import sys

# jsonschema, with which nbformat checks notebooks, imports whatever can check a rare kind of text
# if the package is there (JupyterLab's server brings them): a grammar of international web
# addresses alone takes two seconds of processor time. Notebooks hold no such texts. What is None
# here cannot be imported, and jsonschema then leaves its check out.
SLOW_CHECKS = ("rfc3987_syntax", "rfc3986_validator", "isoduration", "uri_template", "webcolors")
for _name in SLOW_CHECKS:
    sys.modules.setdefault(_name, None)  # type: ignore[arg-type]
