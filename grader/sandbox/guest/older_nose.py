"""``nose.tools`` for tests that were written with it: the asserts of unittest as functions.

nose cannot be installed for a Python of today, and many courses take their asserts from it.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import types
import unittest

_CAPITAL = re.compile(r"(?<!^)([A-Z])")


def give_back_nose() -> None:
    """Let notebooks import ``nose.tools``, where nose is not installed."""
    if "nose" in sys.modules or importlib.util.find_spec("nose") is not None:
        return
    package, tools = types.ModuleType("nose"), types.ModuleType("nose.tools")
    asserts = unittest.TestCase()
    asserts.maxDiff = None
    for name in dir(asserts):
        if name.startswith("assert") and "_" not in name:
            spelt = _CAPITAL.sub(r"_\1", name).lower()
            setattr(tools, spelt, getattr(asserts, name))
    others = {"assert_equals": "assertEqual", "eq_": "assertEqual", "ok_": "assertTrue"}
    for spelt, name in others.items():
        setattr(tools, spelt, getattr(asserts, name))
    package.__path__ = []
    package.tools = tools  # type: ignore[attr-defined]
    sys.modules.update({"nose": package, "nose.tools": tools})
