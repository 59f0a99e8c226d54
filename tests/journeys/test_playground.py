"""The playground in a real browser: its network is the course's, and everybody can play with it.

Its page is opened from a file, as a reader may keep it, and in a frame, as notebooks and the site
show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from course.networks.layered import LayeredNetwork, random_parameters
from course.widgets.playground.page import (
    ACTIVATION_NAMES,
    playground_page,
    point_sets,
    show_playground,
)
from tests.helpers.browser import recorded_page, require_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (360, 768, 1280)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

# Trains a network of the page with parameters from here; gives costs and parameters back.
TRAIN = """
({ layers, hidden, X, Y, rate, steps }) => {
  const rows = (matrix) => matrix.map((row) => Float64Array.from(row));
  const network = new Network(
    layers.map(({ W, b }) => ({ W: rows(W), b: Float64Array.from(b) })), hidden);
  const costs = Array.from({ length: steps }, () => network.step(rows(X), Y, rate));
  return { costs, layers: network.layers.map(({ W, b }) => [W.map((row) => [...row]), [...b]]) };
}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page as a file."""
    file = tmp_path_factory.mktemp("playground") / "playground.html"
    file.write_text(playground_page(), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The playground, just opened."""
    with recorded_page(browser, request) as page:
        page.goto(address)
        yield page


def column(array: Any) -> list[float]:
    """The entries of a column as a list."""
    return np.asarray(array).ravel().tolist()


# The network -------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", ACTIVATION_NAMES)
def test_the_network_of_the_page_learns_what_the_network_of_the_course_learns(
    page: Page, hidden: str
) -> None:
    random = np.random.default_rng(ACTIVATION_NAMES.index(hidden))
    for seed, (name, points) in enumerate(point_sets().items()):
        sizes = [2, *random.integers(1, 9, size=random.integers(0, 5)).tolist(), 1]
        X, Y = np.array(points["X"]), np.array([points["Y"]])
        start = random_parameters(sizes, lambda n_prev: 1 / np.sqrt(n_prev), seed)
        start |= {b: value + 0.1 for b, value in start.items() if b.startswith("b")}
        network = LayeredNetwork(start, hidden)
        costs = network.train(X, Y, learning_rate=0.1, steps=60)
        layers = [
            {"W": start[f"W{l}"].tolist(), "b": column(start[f"b{l}"])}
            for l in range(1, network.depth + 1)
        ]
        task = {"layers": layers, "hidden": hidden, "X": points["X"], "Y": points["Y"]}
        there = page.evaluate(TRAIN, task | {"rate": 0.1, "steps": 60})
        np.testing.assert_allclose(there["costs"], costs, rtol=0, atol=1e-6, err_msg=name)
        for l, (W, b) in enumerate(there["layers"], 1):
            np.testing.assert_allclose(W, network.parameters[f"W{l}"], rtol=0, atol=1e-6)
            np.testing.assert_allclose(b, column(network.parameters[f"b{l}"]), rtol=0, atol=1e-6)


def test_random_weights_are_normal_and_the_same_seed_gives_the_same(page: Page) -> None:
    made = page.evaluate("[1, 1, 2].map((s) => Array.from({length: 2000}, normalNumbers(s)))")
    assert made[0] == made[1] != made[2]
    for numbers in made:
        assert abs(np.mean(numbers)) < 0.1 and abs(np.std(numbers) - 1) < 0.1


def test_the_points_are_those_of_the_lessons_and_the_settings_those_asked_for(page: Page) -> None:
    given = page.evaluate("({ set: playground.points, ...playground.settings })")
    assert given["set"]["X"] == point_sets()["flower"]["X"]
    assert (given["units"], given["activation"], given["learningRate"]) == ([4], "tanh", 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": "spiral"},
        {"activation": "swish"},
        {"learning_rate": 0.5},
        {"units": (4, 9)},
        {"units": (1, 1, 1, 1, 1)},
        {"steps": 7},
    ],
)
def test_a_choice_that_the_playground_has_not_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="is none of"):
        playground_page(**wrong)


# Playing -----------------------------------------------------------------------------------------


def test_the_keyboard_alone_steps_plays_chooses_and_looks_at_units(page: Page) -> None:
    from playwright.sync_api import expect

    readout, caption = page.locator("#readout"), page.locator("#caption")
    pressed = page.keyboard.press
    expect(readout).to_contain_text("Iteration 0 ·")
    pressed("Tab")
    pressed("Tab")
    expect(page.get_by_role("button", name="Step")).to_be_focused()
    pressed("Enter")
    pressed("Enter")
    expect(readout).to_contain_text("Iteration 2 ·")

    pressed("Shift+Tab")
    pressed("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    expect(readout).not_to_contain_text("Iteration 2 ·")
    pressed("Space")
    expect(page.get_by_role("button", name="Play")).to_be_focused()
    stopped = readout.text_content() or ""
    expect(page.locator("#said")).to_have_text(stopped)

    page.get_by_label("Hidden layers").focus()
    pressed("ArrowDown")
    expect(readout).to_contain_text("Iteration 0 ·")
    page.get_by_label("Units in layer 2").focus()
    pressed("ArrowUp")
    expect(page.get_by_label("Units in layer 2")).to_be_focused()
    assert page.evaluate("playground.settings.units") == [4, 3]

    for _ in range(5):
        pressed("Tab")
    expect(page.get_by_role("button", name="Unit 1 of layer 1")).to_be_focused()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown"):
        pressed(key)
    expect(caption).to_contain_text("unit 3 of layer 2 responds")
    pressed("Shift+Tab")
    expect(caption).to_contain_text("What the network says")


def test_pointing_at_a_unit_shows_its_response_until_the_pointer_leaves(page: Page) -> None:
    from playwright.sync_api import expect

    plane, caption = page.locator("#plane"), page.locator("#caption")
    output = plane.evaluate("canvas => canvas.toDataURL()")
    page.get_by_role("button", name="Unit 2 of layer 1").hover()
    expect(caption).to_contain_text("unit 2 of layer 1 responds")
    assert plane.evaluate("canvas => canvas.toDataURL()") != output
    page.mouse.move(0, 0)
    expect(caption).to_contain_text("What the network says")
    assert plane.evaluate("canvas => canvas.toDataURL()") == output


def test_starting_again_gives_the_same_weights_and_other_weights_gives_others(page: Page) -> None:
    weights = "playground.network.layers.map(({ W }) => W.map((row) => [...row]))"
    first = page.evaluate(weights)
    page.get_by_role("button", name="Step").click()
    assert page.evaluate(weights) != first
    page.get_by_role("button", name="Start again").click()
    assert page.evaluate(weights) == first
    page.get_by_role("button", name="Other weights").click()
    assert page.evaluate(weights) != first


def test_a_cost_that_is_no_number_stops_the_training_and_says_what_to_do(page: Page) -> None:
    from playwright.sync_api import expect

    page.get_by_label("Activation").select_option("linear")
    page.get_by_label("Hidden layers").select_option("4")
    page.get_by_label("Learning rate").select_option("30")
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#readout")).to_contain_text("Choose a smaller learning rate")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize("depth", ["0", "4"])
def test_the_fewest_and_the_most_layers_can_be_trained(page: Page, depth: str) -> None:
    page.get_by_label("Hidden layers").select_option(depth)
    page.get_by_role("button", name="Step").click()
    assert page.evaluate("playground.costs.length") == 1
    lines = page.evaluate("document.querySelectorAll('#lines line').length")
    assert lines == {"0": 2, "4": 2 * 4 + 3 * 16 + 4}[depth]


# Looking -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_playground_breaks_no_rule_of_accessibility_and_is_never_too_wide(
    browser: Browser, address: str, request: pytest.FixtureRequest, scheme: str
) -> None:
    require_browser("axe_playwright_python")
    from axe_playwright_python.sync_playwright import Axe

    with recorded_page(browser, request, color_scheme=scheme) as page:
        page.goto(address)
        page.get_by_label("Hidden layers").select_option("4")
        # What is where does not depend on the colours.
        for width in WIDTHS if scheme == "light" else WIDTHS[-1:]:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(RULES)}})
            assert found.violations_count == 0, f"{width} px: {found.generate_report()}"


def test_readers_who_want_less_motion_get_a_new_picture_only_now_and_then(
    browser: Browser, address: str, request: pytest.FixtureRequest
) -> None:
    with recorded_page(browser, request, reduced_motion="reduce") as page:
        page.clock.install(time=0)
        page.goto(address)
        page.clock.pause_at(3_600_000)  # from here on time passes only as the test says
        page.get_by_role("button", name="Play").click()
        page.clock.run_for(900)
        assert page.evaluate("playground.costs.length") == 0
        page.clock.run_for(2500)
        assert page.evaluate("playground.costs.length") == 3 * 60


def test_without_scripts_the_page_says_what_would_be_there(
    browser: Browser, address: str, request: pytest.FixtureRequest
) -> None:
    with recorded_page(browser, request, java_script_enabled=False) as page:
        page.goto(address)
        assert page.get_by_text("needs JavaScript").is_visible()
        assert not page.get_by_role("button", name="Play").is_visible()


def in_a_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> str:
    """The address of a page with what a cell shows in it."""
    shown: list[dict[str, str]] = []
    monkeypatch.setattr(
        "course.widgets.playground.page.display", lambda data, raw: shown.append(data)
    )
    show_playground()
    file = tmp_path / "outer.html"
    file.write_text(f"<!DOCTYPE html><html>{body}{shown[0]['text/html']}</body></html>")
    return file.as_uri()


@pytest.mark.parametrize(
    ("body", "theme"),
    [
        ('<body data-jp-theme-light="false">', "dark"),
        ('<body data-jp-theme-light="true">', "light"),
        ("<script>document.documentElement.dataset.theme = 'dark'</script><body>", "dark"),
    ],
)
def test_in_a_frame_it_takes_the_theme_of_the_page_and_needs_no_scroll_bar(
    browser: Browser,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    body: str,
    theme: str,
) -> None:
    from playwright.sync_api import expect

    with recorded_page(browser, request, viewport={"width": 900, "height": 700}) as page:
        page.goto(in_a_frame(tmp_path, monkeypatch, body))
        frame = page.frame_locator("iframe")
        expect(frame.locator("html")).to_have_attribute("data-theme", theme)
        page.wait_for_function(
            "frame => frame.clientHeight === frame.contentDocument.body.offsetHeight",
            arg=page.locator("iframe").element_handle(),
        )
        frame.get_by_role("button", name="Step").click()
        expect(frame.locator("#readout")).to_contain_text("Iteration 1 ·")
