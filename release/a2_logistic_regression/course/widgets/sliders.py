"""A hand on a parameter: figures that are drawn again when a slider is moved.

Where there are no widgets (a printed page, the course's site, a viewer without a kernel) the same
call shows still pictures, for a few values of each slider, so that nothing is lost but the motion.
"""

from __future__ import annotations

import base64
import html
import io
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from IPython.display import Image, Markdown, display
from matplotlib.figure import Figure

__all__ = ["STILL", "play", "still_pictures"]

STILL = "COURSE_STILL_PICTURES"
"""The environment variable that asks for still pictures even where widgets are installed."""

Draw = Callable[..., Figure]


def play(draw: Draw, **choices: Sequence[Any]) -> None:
    """Show a figure with one slider for each of its parameters.

    Parameters:
        draw: makes the figure; it is called with one value by name for each slider, and should
            answer within half a second, or the slider lags.
        **choices: for each parameter the values that its slider can take, in order. The slider
            begins in the middle. An underscore in a name is shown as a space.

    Raises:
        ValueError: a parameter has no values.
    """
    for name, values in choices.items():
        if not len(values):
            raise ValueError(f"the slider {name!r} has no values to choose from")
    if os.environ.get(STILL):
        still_pictures(draw, choices)
        return
    try:
        import ipywidgets
    except ImportError:
        still_pictures(draw, choices)
        return
    _show_widgets(ipywidgets, draw, choices)


def still_pictures(draw: Draw, choices: Mapping[str, Sequence[Any]]) -> None:
    """Show what the sliders would show: the first slider at three values, the others in the middle.

    Parameters:
        draw: as for :func:`play`.
        choices: the values of each slider.
    """
    middle = _middle(choices)
    name, values = next(iter(choices.items()))
    shown = [values[0], values[len(values) // 2], values[-1]]
    for value in dict.fromkeys(shown):
        figure = draw(**{**middle, name: value})
        display(Markdown(f"*{_label(name)}: {value}*"))
        _show_picture(figure)


def _middle(choices: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    return {name: values[len(values) // 2] for name, values in choices.items()}


def _label(name: str) -> str:
    return name.replace("_", " ")


def _alt(figure: Figure) -> str:
    return str(getattr(figure, "alt", ""))


def _png(figure: Figure) -> bytes:
    stream = io.BytesIO()
    figure.savefig(stream, format="png", bbox_inches="tight")
    return stream.getvalue()


def _show_picture(figure: Figure) -> None:
    alt = _alt(figure)
    picture = Image(data=_png(figure), format="png", alt=alt or None)
    display(picture)


def _show_widgets(ipywidgets: Any, draw: Draw, choices: Mapping[str, Sequence[Any]]) -> None:
    """Show live sliders; a viewer that knows no widgets finds a still picture beside them."""
    sliders = {
        name: ipywidgets.SelectionSlider(
            options=list(values),
            value=values[len(values) // 2],
            description=_label(name),
            continuous_update=False,
            style={"description_width": "initial"},
            layout={"width": "28em"},
        )
        for name, values in choices.items()
    }
    # Not the image widget: it has no place for a description that can be read aloud.
    picture = ipywidgets.HTML()

    def redraw(_change: object = None) -> tuple[str, str]:
        figure = draw(**{name: slider.value for name, slider in sliders.items()})
        alt, source = _alt(figure), base64.b64encode(_png(figure)).decode()
        picture.value = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{source}">'
        return alt, source

    alt, still = redraw()
    for slider in sliders.values():
        slider.observe(redraw, names="value")
    box = ipywidgets.VBox([*sliders.values(), picture])
    bundle = box._repr_mimebundle_()
    bundle["image/png"] = still
    display(bundle, metadata={"image/png": {"alt": alt}}, raw=True)
