"""What a cell shows, without a kernel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


def shown_by(act: Callable[[], object]) -> list[dict[str, Any]]:
    """Run an act as a cell of a notebook runs it.

    Returns:
        What it displays: MIME type -> content, for each output.
    """
    InteractiveShell.instance(history_manager=None)
    try:
        with capture_output() as captured:
            act()
    finally:
        InteractiveShell.clear_instance()
    return [output.data for output in captured.outputs]
