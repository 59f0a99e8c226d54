"""Figures of notebooks, drawn with less work than it takes to show them."""

from __future__ import annotations

LAY_OUT_ALONE = """
import gc

from matplotlib.backend_bases import FigureCanvasBase

def lay_out(canvas, where, *_how, **_more):
    canvas.figure.draw_without_rendering()
    where.write(b"no picture")

FigureCanvasBase.print_figure = lay_out
gc.set_threshold(50_000)  # a figure is thousands of objects
"""
"""A cell to run first: what is shown is laid out, with all warnings that has, but not rendered."""
