"""The fonts of figures, and the texts that notebooks hand to figures."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from grader.release.folder import needed_modules
from grader.release.translation import fonts
from grader.release.translation.figure_texts import handed_texts


def test_the_font_of_a_language_has_every_sign_of_the_students_catalogues() -> None:
    for language in fonts.SOURCES:
        assert not fonts.lacking(language)
        assert not fonts.make_font(language)  # so nothing needs to be fetched
        assert fonts.font_path(language).stat().st_size < 300_000


def test_students_get_the_font_with_the_figures_and_its_licence() -> None:
    files = needed_modules(["from course.figures.arrays import draw_shapes"])
    assert {
        "course/figures/fonts/zh_CN.ttf",
        "course/figures/fonts/zh_CN.LICENSE.txt",
        "course/figures/fonts/__init__.py",
    } <= set(files)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place without a font yet, for catalogues that need four signs."""
    path = tmp_path / "made" / "zh_CN.ttf"
    monkeypatch.setattr(fonts, "font_path", lambda language: path)
    monkeypatch.setattr(fonts, "used_signs", lambda language: set("代价 J"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return path


def test_a_font_is_made_of_the_signs_that_are_used_to_the_byte_the_same(
    elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path(fonts.__file__).parents[3] / "utils/course/figures/fonts"
    shutil.copyfile(whole / "zh_CN.ttf", tmp_path / "whole.ttf")
    shutil.copyfile(whole / "zh_CN.LICENSE.txt", tmp_path / "LICENSE")
    source = replace(fonts.SOURCES["zh_CN"], file="whole.ttf")
    monkeypatch.setattr(fonts, "SOURCES", {"zh_CN": source})
    monkeypatch.setattr(fonts, "_fetched", lambda source, missing: tmp_path)
    assert fonts.make_font("zh_CN")
    first = elsewhere.read_bytes()
    assert set(map(chr, TTFont(elsewhere).getBestCmap())) == set("代价 J")
    assert elsewhere.with_name("zh_CN.LICENSE.txt").exists()
    elsewhere.unlink()
    assert fonts.make_font("zh_CN")
    assert elsewhere.read_bytes() == first


def test_who_cannot_fetch_a_font_that_is_needed_is_told_which_signs_are_missing(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(elsewhere.parent))
    with pytest.raises(fonts.CannotMakeFont, match=r"lacks 代 价, .*npm pack"):
        fonts.make_font("zh_CN")


def test_what_a_cell_hands_to_figures_is_found() -> None:
    cell = """
%matplotlib inline
draw_points(X, Y, title="The flower")
curves[f"learning rate {rate:g}"] = costs
models = {"all zero": zeros, f"{share:.1%} of them": none, "W1": 0}
show_images(pictures, [f"cat: {answer:.0%}"])
plural = "s" if layers > 1 else ""
heading = f"{layers} layer{plural}"
draw_points(X, Y, heading)
path = "no text of a figure"
for name, bias in (("tanh", 0.0), ("sigmoid", 10.0)):
    curves[f"{name}, bias {bias:.0f}"] = train(name, bias)
print("not for a figure", other["key of a cache"])
numbers = np.loadtxt("no text of a figure")
"""
    assert set(handed_texts(cell)) == {
        *("The flower", "learning rate {0}", "all zero", "{0}% of them", "cat: {0}%"),
        *("{0} layer", "{0} layers", "tanh, bias {0}", "sigmoid, bias {0}"),
        *("tanh", "sigmoid"),  # they may be names of curves, too
    }
