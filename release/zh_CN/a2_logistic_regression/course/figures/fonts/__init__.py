"""Fonts for the languages whose signs are not in DejaVu Sans, the font of all other pictures.

``<language>.ttf`` holds the signs that the catalogues of students' modules use, and no others.
``python -m grader translations`` makes it; its licence lies beside it.
"""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path

from matplotlib import rcParams
from matplotlib.font_manager import fontManager, get_font

__all__ = ["families"]


@functools.cache
def families(language: str) -> tuple[str, ...]:
    """The family of the font that a language needs, if it needs one; Matplotlib knows it then.

    Pictures that students draw themselves have its signs as well.

    Parameters:
        language: such as ``zh_CN``.
    """
    path = Path(__file__).parent / f"{language}.ttf"
    if not path.is_file():
        return ()
    fontManager.addfont(path)
    # Matplotlib would complain that no bold one is there.
    fontManager.ttflist.append(dataclasses.replace(fontManager.ttflist[-1], weight=700))
    family: str = get_font(path).family_name
    # It comes first: Matplotlib takes the words beside a formula from one font.
    rcParams["font.family"] = [family, *rcParams["font.family"]]
    return (family,)
