"""Import this first: it spares every process of the grader two seconds of processor time.

jsonschema, with which nbformat checks notebooks, compiles a grammar of international web addresses
when it is imported, if the package ``rfc3987_syntax`` is there (JupyterLab's server brings it).
Notebooks hold no such addresses, so the grader's processes do without it.
"""

import sys

# What is None here cannot be imported; jsonschema then leaves these two checks out.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
