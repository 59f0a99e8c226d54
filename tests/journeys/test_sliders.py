"""Sliders in a real browser: in JupyterLab, on a page without a kernel, and without scripts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from matplotlib.figure import Figure

from course.figures.style import Drawing
from course.widgets import sliders
from tests.helpers.browser import (
    Lab,
    code_cell,
    jupyter_lab,
    recorded_page,
    require_browser,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Draws a figure wider than the window. After the first one, drawing waits until there is a file,
# so the test knows what has been pressed while a figure was being drawn.
SLIDER = """
import pathlib, time
from course.figures.style import Drawing
from course.widgets import sliders

sliders.AHEAD = 0
drawn = []

def draw(height):
    while drawn and not pathlib.Path("go on").exists():
        time.sleep(0.02)
    drawn.append(height)
    figure = Drawing(figsize=(16, 1))
    figure.alt = f"An empty figure, drawn for the height {height}."
    figure.text(0.5, 0.5, f"height {height}")
    return figure

sliders.play(draw, height=list(range(21)))
"""
PLAYGROUND = (
    "from course.widgets.playground.page import show_playground\nshow_playground(units=[3])"
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on a notebook with a slider and the playground."""
    require_browser()
    root = tmp_path_factory.mktemp("lab")
    cells = [SLIDER, "print(drawn)", PLAYGROUND]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(notebook, root / "moving.ipynb")
    with jupyter_lab(root, tmp_path_factory.mktemp("private")) as lab:
        yield lab


@pytest.fixture(scope="module")
def in_lab(browser: Browser, lab: Lab, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The notebook, open in a window of 1000 pixels."""
    size = {"width": 1000, "height": 900}
    with recorded_page(browser, request, lab.log, viewport=size) as page:
        lab.open_notebook(page, "moving.ipynb")
        yield page


def run(page: Page, text: str) -> None:
    """Run the cell that holds this text; a notebook that is still being opened hears no keys."""
    from playwright.sync_api import expect

    cell = code_cell(page, text)
    for attempt in range(10):
        asks_for_a_kernel = page.locator(".jp-Dialog .jp-mod-accept")
        if asks_for_a_kernel.is_visible():
            asks_for_a_kernel.click()
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        with contextlib.suppress(AssertionError) if attempt < 9 else contextlib.nullcontext():
            expect(cell.locator(".jp-InputPrompt")).not_to_have_text("[ ]:", timeout=10_000)
            return


def test_of_the_positions_passed_while_a_figure_is_drawn_only_the_last_one_is_drawn(
    in_lab: Page, lab: Lab
) -> None:
    from playwright.sync_api import expect

    (lab.root / "go on").unlink(missing_ok=True)
    run(in_lab, "def draw(height)")
    handle = in_lab.get_by_role("slider")
    expect(in_lab.get_by_role("img", name="for the height 10.")).to_be_visible()
    handle.focus()
    for _ in range(6):
        in_lab.keyboard.press("ArrowRight")
    expect(in_lab.locator(".widget-readout")).to_have_text("16")
    (lab.root / "go on").touch()
    expect(in_lab.get_by_role("img", name="for the height 16.")).to_be_visible()
    run(in_lab, "print(drawn)")
    expect(code_cell(in_lab, "print(drawn)").locator(".jp-OutputArea")).to_contain_text(
        "[10, 11, 16]"
    )


def test_nothing_of_a_figure_is_cut_off_in_a_window_of_1000_pixels(in_lab: Page) -> None:
    run(in_lab, "def draw(height)")
    picture = in_lab.get_by_role("img", name="for the height 10.")
    picture.wait_for()
    box, output = picture.bounding_box(), in_lab.locator(".jp-OutputArea-output").first
    within = output.bounding_box()
    assert box and within and box["x"] + box["width"] <= within["x"] + within["width"]
    assert output.evaluate("output => output.scrollWidth - output.clientWidth") == 0


def test_the_playground_learns_in_an_output_of_jupyterlab(in_lab: Page) -> None:
    from playwright.sync_api import expect

    run(in_lab, "show_playground")
    frame = in_lab.frame_locator("iframe.course-playground")
    frame.get_by_role("button", name="Step").click()
    expect(frame.locator("#readout")).to_contain_text("Iteration 1 ·")
    expect(frame.locator("html")).to_have_attribute("data-theme", "light")
    in_lab.wait_for_function(
        "frame => frame.clientHeight === frame.contentDocument.body.offsetHeight",
        arg=in_lab.locator("iframe.course-playground").element_handle(),
    )


# Without a kernel --------------------------------------------------------------------------------


def draw(weight: int, bias: int) -> Figure:
    """A figure with a description that says for what it was drawn."""
    figure = Drawing(figsize=(1, 1))
    figure.alt = f"A figure for the weight {weight} and the bias {bias}."
    return figure


@pytest.fixture
def frames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a page with a figure of two sliders, as it is shown without a kernel."""
    shown: list[dict[str, str]] = []
    monkeypatch.setattr(sliders, "display", lambda data, raw: shown.append(data))
    sliders.show_frames(draw, {"weight": [1, 2, 3], "bias": [0, 5]})
    file = tmp_path / "page.html"
    file.write_text(f"<!DOCTYPE html><html lang='en'><title>x</title>{shown[0]['text/html']}")
    return file.as_uri()


def descriptions(page: Page) -> list[str]:
    """The descriptions of the pictures that can be seen."""
    return page.get_by_role("img").evaluate_all("all => all.map((one) => one.alt)")


def test_without_a_kernel_the_keyboard_moves_between_pictures_drawn_beforehand(
    browser: Browser, frames: str, request: pytest.FixtureRequest
) -> None:
    with recorded_page(browser, request) as page:
        page.goto(frames)
        assert descriptions(page) == ["A figure for the weight 2 and the bias 5."]
        page.get_by_role("slider", name="weight").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowLeft")
        assert descriptions(page) == ["A figure for the weight 3 and the bias 0."]
        assert page.get_by_role("slider", name="bias").get_attribute("aria-valuetext") == "0"


def test_without_scripts_some_pictures_stand_still_and_say_what_they_are_drawn_for(
    browser: Browser, frames: str, request: pytest.FixtureRequest
) -> None:
    with recorded_page(browser, request, java_script_enabled=False) as page:
        page.goto(frames)
        assert page.get_by_role("img").count() == 3
        assert page.get_by_text("weight: 3, bias: 5").is_visible()
        assert page.get_by_role("slider").count() == 0


def test_of_too_many_values_some_are_left_out_and_the_ends_stay() -> None:
    thinned = sliders._thinned([range(9), [0.5, 1.5], list("abcdefg")])
    assert [(values[0], values[-1]) for values in thinned] == [(0, 8), (0.5, 1.5), ("a", "g")]
    counts = [len(values) for values in thinned]
    assert counts[0] * counts[1] * counts[2] <= sliders.MOST_FRAMES
    assert sliders._thinned([range(13)]) == [list(range(13))]


def test_pictures_are_drawn_ahead_along_each_slider_first_and_not_without_end() -> None:
    frames = sliders._Frames(draw, {"weight": range(9), "bias": range(9)})
    drawn = [(4, 4)]
    frames.picture((4, 4))
    while place := frames.undrawn_near((4, 4)):
        frames.picture(place)
        drawn.append(place)
    assert len(drawn) == 1 + sliders.AHEAD
    assert set(drawn[1:5]) == {(3, 4), (5, 4), (4, 3), (4, 5)}
    assert all(4 in place for place in drawn)
