"""The instructor's side of the course: releasing, grading and reporting. Students never have it."""

import sys

# jsonschema, with which nbformat checks notebooks, compiles a grammar of international web
# addresses when it is imported, if the package rfc3987_syntax is there (JupyterLab's server brings
# it). That takes two seconds of processor time, and notebooks hold no such addresses. What is None
# here cannot be imported, and jsonschema then leaves these two checks out.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
