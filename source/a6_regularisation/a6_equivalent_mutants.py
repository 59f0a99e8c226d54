"""Generated mutants of this assignment that are no mistakes, and why."""

from __future__ import annotations

EQUIVALENT_MUTANTS: dict[str, dict[str, str]] = {}
