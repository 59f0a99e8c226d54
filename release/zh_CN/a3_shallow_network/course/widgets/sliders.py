"""A hand on a parameter: figures that change when a slider is moved.

In a live notebook the figure is drawn when it is asked for, and its neighbours ahead of time, while
the kernel has nothing else to do. Where there is no kernel (the course's site) or there are no
widgets, the same call shows pictures drawn beforehand, and a slider of the page moves between them;
where no script runs either, some of these pictures stand still.
"""

from __future__ import annotations

import base64
import html
import io
import itertools
import json
import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from IPython.display import display
from matplotlib.figure import Figure

from course.language import _
from course.sentences import listed
from course.widgets.idle import when_idle

__all__ = ["STILL", "play", "show_frames"]

STILL = "COURSE_STILL_PICTURES"
"""The environment variable that asks for pictures drawn beforehand even where there are widgets."""

MOST_FRAMES = 25
"""How many pictures are drawn beforehand, where there is nobody who could draw them later."""

AHEAD = 12
"""How many pictures near the one that is shown are drawn before they are asked for."""

Draw = Callable[..., Figure]
Choices = Mapping[str, Sequence[Any]]
Place = tuple[int, ...]
"""For each slider the number of the value at which it stands."""

# Shows the picture of the values that are chosen, and no other.
_SCRIPT = """
(() => {
  const box = document.currentScript.parentElement;
  const sliders = [...box.querySelectorAll("input")];
  const frames = [...box.querySelectorAll("figure")];
  const move = () => {
    const place = sliders.map((slider) => slider.value).join();
    for (const frame of frames) frame.hidden = frame.dataset.place !== place;
    for (const slider of sliders) {
      const value = JSON.parse(slider.dataset.values)[slider.value];
      slider.setAttribute("aria-valuetext", value);
      slider.nextElementSibling.textContent = value;
    }
  };
  for (const slider of sliders) {
    slider.parentElement.hidden = false;
    slider.addEventListener("input", move);
  }
  move();
})();
"""


def play(draw: Draw, **choices: Sequence[Any]) -> None:
    """Show a figure with one slider for each of its parameters.

    Parameters:
        draw: makes the figure; it is called with one value by name for each slider. What it gives
            for the same values is kept, so run the cell again where it would draw something else.
        **choices: for each parameter the values that its slider can take, in order. The slider
            begins in the middle. An underscore in a name is shown as a space.

    Raises:
        ValueError: a parameter has no values.
    """
    for name, values in choices.items():
        if not len(values):
            message = _("the slider {name!r} has no values to choose from")
            raise ValueError(message.format(name=name))
    if os.environ.get(STILL):
        show_frames(draw, choices)
        return
    try:
        import ipywidgets
    except ImportError:
        show_frames(draw, choices)
        return
    _LiveFigure(ipywidgets, draw, choices).show()


class _Frames:
    """The pictures of a figure, each drawn once."""

    def __init__(self, draw: Draw, choices: Choices) -> None:
        self.choices = {name: list(values) for name, values in choices.items()}
        self.middle: Place = tuple(len(values) // 2 for values in self.choices.values())
        self._draw = draw
        self._drawn: dict[Place, tuple[str, str]] = {}

    def picture(self, place: Place) -> tuple[str, str]:
        """The description of a picture, and the PNG as base64."""
        if place not in self._drawn:
            figure = self._draw(**self.values(place))
            stream = io.BytesIO()
            figure.savefig(stream, format="png", bbox_inches="tight")
            png = base64.b64encode(stream.getvalue()).decode()
            self._drawn[place] = str(getattr(figure, "alt", "")), png
        return self._drawn[place]

    def element(self, place: Place) -> str:
        """A picture as an element of HTML that is never wider than its page."""
        alt, png = self.picture(place)
        return (
            f'<img alt="{html.escape(alt)}" loading="lazy" style="max-width: 100%; height: auto"'
            f' src="data:image/png;base64,{png}">'
        )

    def values(self, place: Place) -> dict[str, Any]:
        """What the sliders say at a place."""
        return {
            name: values[number]
            for (name, values), number in zip(self.choices.items(), place, strict=True)
        }

    def undrawn_near(self, place: Place) -> Place | None:
        """The nearest place without a picture, of the :data:`AHEAD` places around this one."""
        counts = [range(len(values)) for values in self.choices.values()]
        around = sorted(itertools.product(*counts), key=lambda other: _distance(place, other))
        return next((other for other in around[: AHEAD + 1] if other not in self._drawn), None)


def _distance(place: Place, other: Place) -> tuple[int, int]:
    """How far one place is from another: in sliders that differ, then in steps."""
    steps = [abs(first - second) for first, second in zip(place, other, strict=True)]
    return sum(step > 0 for step in steps), sum(steps)


class _LiveFigure(_Frames):
    """A figure below live sliders."""

    def __init__(self, ipywidgets: Any, draw: Draw, choices: Choices) -> None:
        super().__init__(draw, choices)
        self._sliders = [
            ipywidgets.SelectionSlider(
                # Numbers stand for values: of two values that are equal, the second could not be
                # chosen otherwise.
                options=[(str(value), number) for number, value in enumerate(values)],
                value=len(values) // 2,
                description=label(name),
                # The browser sends a position only once the one before has been drawn, and then the
                # newest one, so none waits in a queue.
                continuous_update=True,
                style={"description_width": "initial"},
                layout={"width": "28em", "max_width": "98%"},
            )
            for name, values in self.choices.items()
        ]
        # Not the image widget: it has no place for a description that can be read aloud.
        self._picture = ipywidgets.HTML()
        self._box = ipywidgets.VBox([*self._sliders, self._picture])

    def show(self) -> None:
        """Show it; a viewer that knows no widgets finds a still picture beside them."""
        self._redraw()
        for slider in self._sliders:
            slider.observe(self._redraw, names="value")
        alt, still = self.picture(self.middle)
        bundle = self._box._repr_mimebundle_()
        bundle["image/png"] = still
        display(bundle, metadata={"image/png": {"alt": alt}}, raw=True)

    def _place(self) -> Place:
        return tuple(slider.value for slider in self._sliders)

    def _redraw(self, _change: object = None) -> None:
        self._picture.value = self.element(self._place())
        when_idle(self, self._draw_ahead)

    def _draw_ahead(self) -> bool:
        """Draw one picture that may be asked for next; say whether there are more of them."""
        place = self.undrawn_near(self._place())
        if place is not None:
            self.picture(place)
        return place is not None


def show_frames(draw: Draw, choices: Choices) -> None:
    """Show a figure with sliders that move between pictures drawn beforehand.

    Parameters:
        draw: as for :func:`play`.
        choices: the values of each slider; where there are too many, some are left out.
    """
    frames = _Frames(draw, dict(zip(choices, _thinned(list(choices.values())), strict=True)))
    display({"text/html": "".join(_lines_of_frames(frames))}, raw=True)


def _thinned(choices: list[Sequence[Any]]) -> list[list[Any]]:
    """As many of the values as make at most :data:`MOST_FRAMES` pictures; the first, the last
    and the middle one of a slider stay as long as possible."""
    counts = [len(values) for values in choices]
    while math.prod(counts) > MOST_FRAMES:
        counts[counts.index(max(counts))] -= 1
    return [
        [values[round(i * (len(values) - 1) / max(1, count - 1))] for i in range(count)]
        for values, count in zip(choices, counts, strict=True)
    ]


def _lines_of_frames(frames: _Frames) -> Iterator[str]:
    """The HTML of sliders and pictures. Without its script three of the pictures are shown, which
    differ in the first slider."""
    first = len(next(iter(frames.choices.values())))
    still = {(number, *frames.middle[1:]) for number in (0, frames.middle[0], first - 1)}
    yield '<div class="course-frames">'
    for (name, values), number in zip(frames.choices.items(), frames.middle, strict=True):
        given = html.escape(json.dumps([str(value) for value in values]))
        yield (
            f'<label hidden>{html.escape(label(name))} <input type="range" min="0"'
            f' max="{len(values) - 1}" value="{number}" data-values="{given}"> <output></output>'
            "</label> "
        )
    for place in itertools.product(*(range(len(values)) for values in frames.choices.values())):
        said = listed(
            [
                _("{name}: {value}").format(name=label(name), value=value)
                for name, value in frames.values(place).items()
            ]
        )
        hidden = "" if place in still else " hidden"
        yield (
            f'<figure data-place="{",".join(map(str, place))}"{hidden} style="margin: 0">'
            f"{frames.element(place)}<figcaption>{html.escape(said)}</figcaption></figure>"
        )
    yield f"<script>{_SCRIPT}</script></div>"


def label(name: str) -> str:
    """What stands beside a slider: the name of its parameter, in the reader's language."""
    return _(name.replace("_", " "))
