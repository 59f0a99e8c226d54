"""The figures of the lessons and assignments: each can be drawn, and describes itself."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from matplotlib.text import Text
from scipy.special import expit

import course.figures
import planar_utils
from course.figures import (
    activations,
    arrays,
    cat_network,
    computation_graph,
    costs,
    decision_boundaries,
    depth,
    feature_detectors,
    gradient_check,
    gradient_descent,
    house_prices,
    image_as_column,
    images,
    initialisation,
    kinds_of_networks,
    layers,
    learning_curves,
    logistic_regression,
    losses,
    network_diagrams,
    passes,
    products,
    reduced_problem,
    regularisation,
    sigmoid_and_softmax,
    training,
    training_step,
    unit_values,
    vectorization,
    whiskers,
)
from course.figures.style import new_plots, short_number
from course.language import speaking
from course.networks.layered import random_parameters
from course.networks.reduced_training import follow_step

WITHOUT_A_SUBJECT = {"style", "fonts", "parts", "matrices"}
"""What the modules of the subjects are built on."""

RANDOM = np.random.RandomState(0)
IMAGES = RANDOM.randint(0, 256, (6, 12, 12, 3)).astype(np.uint8)
LABELS = np.arange(6) % 2
CLASSES = [b"non-cat", b"cat"]
X_FEW, Y_FEW = planar_utils.load_planar_dataset(20)
SHARES = {"one": [0.9, 0.8, 0.7], "another": [0.5, 0.6, 0.9]}
COST = gradient_descent.cost_of_points(X_FEW[0], Y_FEW)
SMALL = random_parameters([2, 3, 1], 1.0)


def tilted(slope: float, points: Any) -> Any:
    """A model whose boundary is a straight line, with one parameter."""
    return expit(slope * points[:1] + points[1:])


def steep(points: Any) -> Any:
    """The same model, finished."""
    return tilted(1, points)


def graph(**options: Any) -> Any:
    """The computation graph of a product."""
    step = computation_graph.Step("u", "u = a b", ("a", "b"), lambda a, b: a * b)
    return computation_graph.draw_computation_graph({"a": 2, "b": 3}, [step], **options)


CALLS: dict[str, list[Callable[[], Any]]] = {
    "draw_accuracies": [
        lambda: decision_boundaries.draw_accuracies({1: 0.6, 4: 0.9}, {1: 0.5, 4: 0.8})
    ],
    "draw_activation_comparison": [activations.draw_activation_comparison],
    "draw_activation_curves": [activations.draw_activation_curves],
    "draw_activation_spreads": [
        lambda: initialisation.draw_activation_spreads({"one": [X_FEW, X_FEW]}, (1, 2))
    ],
    "draw_activations": [activations.draw_activations],
    "draw_all_examples": [vectorization.draw_all_examples],
    "draw_all_gradients": [vectorization.draw_all_gradients],
    "draw_bent_curve": [house_prices.draw_bent_curve, lambda: house_prices.draw_bent_curve(1)],
    "draw_boundaries": [
        lambda: decision_boundaries.draw_boundaries(dict.fromkeys("abcde", steep), X_FEW, Y_FEW)
    ],
    "draw_boundary": [lambda: logistic_regression.draw_boundary(X_FEW, Y_FEW, [1.0, -1.0], 0.2)],
    "draw_boundary_at": [
        lambda: decision_boundaries.draw_boundary_at(tilted, {5: 1.0}, X_FEW, Y_FEW, 5)
    ],
    "draw_boundary_frames": [
        lambda: decision_boundaries.draw_boundary_frames(tilted, {0: 0.1, 1: 2.0}, X_FEW, Y_FEW)
    ],
    "draw_broadcasting": [lambda: arrays.draw_broadcasting((3, 1), (1, 4))],
    "draw_by_epoch": [
        lambda: learning_curves.draw_by_epoch({"large": ([0.7, 0.5], 1), "small": ([0.7, 0.3], 2)})
    ],
    "draw_by_layer": [lambda: initialisation.draw_by_layer({**SHARES, "none": [0, 0]}, "size")],
    "draw_by_strength": [
        lambda: learning_curves.draw_by_strength(
            [0, 1], {"training": [[0.9, 1], [0.8, 0.8]], "dev": [0.6, 0.7]}, "strength", chosen=1
        ),
        lambda: learning_curves.draw_by_strength([0, 1], {"dev": [0.6, 0.7]}, "strength", "cost"),
    ],
    "draw_computation_graph": [graph, lambda: graph(gradients=False, learned=["a"])],
    "draw_cost_shapes": [whiskers.draw_cost_shapes],
    "draw_cost_signatures": [lambda: costs.draw_cost_signatures({**SHARES, "high": [2, 1, 9]})],
    "draw_cost_surface": [
        lambda: gradient_descent.draw_cost_surface(
            COST, {"way": gradient_descent.descend(COST, (-3, 2), 1, 5)}
        ),
        lambda: gradient_descent.draw_cost_surface(COST, surface=False),
    ],
    "draw_curve_fits": [lambda: depth.draw_curve_fits([0, 1, 2], [0, 1, 0], SHARES)],
    "draw_decision_boundary": [
        lambda: decision_boundaries.draw_decision_boundary(steep, X_FEW, Y_FEW)
    ],
    "draw_differences": [lambda: gradient_check.draw_differences({"right": 1e-9, "wrong": 0.1})],
    "draw_disturbances": [
        lambda: cat_network.draw_disturbances([0, 1, 2], SHARES, "levels", baseline=0.5)
    ],
    "draw_dropped_units": [
        regularisation.draw_dropped_units,
        lambda: regularisation.draw_dropped_units([1, 2, 1], 0, 1),
    ],
    "draw_each_entry": [lambda: arrays.draw_each_entry([-1, 2])],
    "draw_edge_layer": [lambda: feature_detectors.draw_edge_layer(IMAGES[0])],
    "draw_edges": [lambda: feature_detectors.draw_edges(IMAGES[0], X_FEW, "edges")],
    "draw_evidence": [
        lambda: cat_network.draw_evidence(IMAGES[:2], ["a", "b"], {"map": [np.eye(3)] * 2})
    ],
    "draw_face_layers": [feature_detectors.draw_face_layers],
    "draw_factorisation": [lambda: reduced_problem.draw_factorisation(12288, 209)],
    "draw_folding": [depth.draw_folding],
    "draw_forward_backward_blocks": [passes.draw_forward_backward_blocks],
    "draw_forward_backward_update": [logistic_regression.draw_forward_backward_update],
    "draw_function_map": [training.draw_function_map],
    "draw_gradient_step": [gradient_descent.draw_gradient_step],
    "draw_hidden_units": [
        lambda: decision_boundaries.draw_hidden_units(np.tanh, X_FEW, Y_FEW, [[1.0, -2.0]])
    ],
    "draw_house_network": [house_prices.draw_house_network],
    "draw_house_neuron": [house_prices.draw_house_neuron],
    "draw_house_prices": [house_prices.draw_house_prices],
    "draw_image_to_column": [lambda: image_as_column.draw_image_to_column(3, 4, 3)],
    "draw_index_guide": [layers.draw_index_guide],
    "draw_kinds_of_data": [lambda: kinds_of_networks.draw_kinds_of_data(IMAGES[0])],
    "draw_layer_block": [passes.draw_layer_block],
    "draw_layer_counts": [layers.draw_layer_counts],
    "draw_layer_pair": [passes.draw_layer_pair],
    "draw_learning_curves": [
        lambda: learning_curves.draw_learning_curves(
            [0, 5], *[{"training": [0.7, 0.2], "dev": [0.7, 0.6]}] * 2, best=True
        )
    ],
    "draw_line_fit": [whiskers.draw_line_fit],
    "draw_linear_backward": [passes.draw_linear_backward],
    "draw_linear_step": [passes.draw_linear_step],
    "draw_logistic_graph": [lambda: logistic_regression.draw_logistic_graph(gradients=False)],
    "draw_logistic_unit": [
        lambda: logistic_regression.draw_logistic_unit(12288),
        lambda: logistic_regression.draw_logistic_unit(1, show_shapes=False),
    ],
    "draw_loss": [losses.draw_loss],
    "draw_loss_over_z": [lambda: losses.draw_loss_over_z(-2.0, 0)],
    "draw_losses": [losses.draw_losses],
    "draw_mini_batches": [
        regularisation.draw_mini_batches,
        lambda: regularisation.draw_mini_batches(8, 4),
    ],
    "draw_network": [lambda: network_diagrams.draw_network([12288, 20, 7, 5, 1])],
    "draw_network_kinds": [kinds_of_networks.draw_network_kinds],
    "draw_neuron": [lambda: house_prices.draw_neuron([1, 2], [3, 4], -1, ["a", "b"], "price")],
    "draw_nudges": [lambda: gradient_check.draw_nudges([1e-2, 1e-4, 1e-6], SHARES)],
    "draw_points": [lambda: decision_boundaries.draw_points(X_FEW, Y_FEW)],
    "draw_products": [products.draw_products],
    "draw_pull": [regularisation.draw_pull, lambda: regularisation.draw_pull(0)],
    "draw_random_numbers": [initialisation.draw_random_numbers],
    "draw_relu": [activations.draw_relu],
    "draw_rows_as_arrows": [lambda: arrays.draw_rows_as_arrows([[3, 4]], [[0.6, 0.8]])],
    "draw_run": [training.draw_run],
    "draw_scores_and_probabilities": [
        lambda: sigmoid_and_softmax.draw_scores_and_probabilities(
            [2, -1], [0.95, 0.05], ["cat", "dog"]
        )
    ],
    "draw_separable_descent": [
        lambda: gradient_descent.draw_separable_descent({"one": np.eye(3), "two": np.ones((4, 3))})
    ],
    "draw_shallow_network": [
        network_diagrams.draw_shallow_network,
        lambda: network_diagrams.draw_shallow_network(7, 12, 3),
    ],
    "draw_shallow_passes": [passes.draw_shallow_passes],
    "draw_shapes": [arrays.draw_shapes],
    "draw_shift_map": [lambda: cat_network.draw_shift_map(np.eye(3), [-4, 0, 4], 0.66)],
    "draw_slope": [lambda: sigmoid_and_softmax.draw_slope(-2)],
    "draw_small_pictures": [
        lambda: images.draw_small_pictures([np.eye(3)], ["a line of dark squares"])
    ],
    "draw_span": [reduced_problem.draw_span],
    "draw_spread_at": [unit_values.draw_spread_at],
    "draw_stacked_units": [layers.draw_stacked_units],
    "draw_stacking": [vectorization.draw_stacking],
    "draw_step": [
        lambda: training_step.draw_step(follow_step(SMALL, X_FEW[:, :3], Y_FEW[:, :3], 0.5))
    ],
    "draw_sum_axes": [arrays.draw_sum_axes],
    "draw_sureness": [lambda: cat_network.draw_sureness(np.linspace(0, 1, 6), LABELS)],
    "draw_tangent": [activations.draw_tangent, lambda: activations.draw_tangent("relu", 0)],
    "draw_times": [lambda: vectorization.draw_times({"loop": 0.3, "product": 0.002})],
    "draw_timings": [lambda: vectorization.draw_timings([10, 99], [0.1, 1], [0.01, 0.02])],
    "draw_training_cycle": [training.draw_training_cycle],
    "draw_training_log": [
        lambda: costs.draw_training_log([0, 100, 200], [0.7, 0.5, 0.4], SHARES, SHARES)
    ],
    "draw_two_shapes": [lambda: products.draw_two_shapes((2, 3), "(3,)")],
    "draw_unit_fit": [whiskers.draw_unit_fit],
    "draw_unit_in_plane": [unit_values.draw_unit_in_plane],
    "draw_unit_paths": [lambda: initialisation.draw_unit_paths({"one": RANDOM.randn(4, 3, 2)})],
    "draw_unit_portraits": [
        lambda: cat_network.draw_unit_portraits(
            RANDOM.randn(2, 432), RANDOM.rand(2, 6), IMAGES, LABELS, [0, 1]
        )
    ],
    "draw_units_by_examples": [layers.draw_units_by_examples],
    "draw_units_needed": [lambda: depth.draw_units_needed(SHARES)],
    "draw_values": [lambda: unit_values.draw_values(SMALL, [1.0, -1.0])],
    "draw_vanishing_slopes": [activations.draw_vanishing_slopes],
    "draw_xor_tree": [depth.draw_xor_tree],
    "plot_comparison": [lambda: costs.plot_comparison(SHARES, {"one": (0.9, 0.7)}, 0.66)],
    "plot_cost_curves": [lambda: costs.plot_cost_curves(SHARES)],
    "plot_costs": [lambda: costs.plot_costs([0.7, 0.5])],
    "plot_layer_sizes": [lambda: initialisation.plot_layer_sizes(SHARES)],
    "show_first_layer": [lambda: images.show_first_layer(RANDOM.randn(3, 12), 2)],
    "show_image_table": [
        lambda: images.show_image_table({"row": IMAGES[:2]}, {"row": ["the first", "the second"]})
    ],
    "show_image_unrolled": [lambda: image_as_column.show_image_unrolled(IMAGES[0])],
    "show_images": [lambda: images.show_images(IMAGES, LABELS, CLASSES, title="images")],
    "show_mislabeled_images": [
        lambda: images.show_mislabeled_images(
            CLASSES, IMAGES.reshape(6, -1).T / 255, LABELS, 1 - LABELS
        )
    ],
    "show_weights": [lambda: images.show_weights(RANDOM.randn(12, 1), 2)],
}


def modules_of_subjects() -> Iterator[Any]:
    for module in pkgutil.iter_modules(course.figures.__path__):
        if module.name not in WITHOUT_A_SUBJECT:
            yield importlib.import_module(f"course.figures.{module.name}")


def pictures_of(module: Any) -> list[str]:
    """The functions of a module that make a picture."""
    return [
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and name.startswith(("draw_", "plot_", "show_"))
    ]


def test_every_picture_is_tried() -> None:
    names = [name for module in modules_of_subjects() for name in pictures_of(module)]
    assert sorted(names) == sorted(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_picture_is_drawn_and_described_for_those_who_cannot_see_it(name: str) -> None:
    for call in CALLS[name]:
        figure = call()
        figure.draw_without_rendering()
        assert len(figure.alt) > 30 and figure.alt.endswith(".")


def texts_of(figure: Any) -> list[Text]:
    """The texts that a figure shows."""
    return [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]


def test_every_picture_speaks_chinese_with_signs_that_its_font_has(
    caplog: pytest.LogCaptureFixture,
) -> None:
    given = " ".join(inspect.getsource(call) for calls in CALLS.values() for call in calls)
    english, measured = [], set()
    with speaking("zh_CN"):
        for name, calls in CALLS.items():
            figure = calls[0]()
            for shown in texts_of(figure):
                if shown.get_text() not in measured:
                    measured.add(shown.get_text())
                    shown.get_window_extent()  # a sign without a shape is a warning: an error
            for text in (figure.alt, *(text.get_text() for text in texts_of(figure))):
                plain = re.sub(r"\$[^$]*\$", "", text)
                phrases = re.findall("[a-z]{2,} [a-z]{2,}", plain)
                english += [(name, phrase) for phrase in phrases if phrase not in given]
    assert not english
    # So does Matplotlib tell of signs in formulas, and of fonts that it does not find.
    assert not [record for record in caplog.records if record.name.startswith("matplotlib")]


def test_the_language_of_pictures_changes_while_python_runs() -> None:
    with speaking("zh_CN"):
        chinese = layers.draw_index_guide()
    english = layers.draw_index_guide()
    families = [
        {name for text in texts_of(figure) for name in text.get_fontfamily()}
        for figure in (chinese, english)
    ]
    assert families == [{"Noto Sans SC of the course", "DejaVu Sans"}, {"DejaVu Sans"}]
    assert "subscript: the unit\n(unit 3 of that layer)" in map(Text.get_text, texts_of(english))
    assert "下标：单元\n（该层的单元 3）" in map(Text.get_text, texts_of(chinese))


def test_what_a_notebook_hands_to_a_picture_is_translated() -> None:
    with speaking("zh_CN"):
        figure = costs.plot_cost_curves({"learning rate 0.5": [1, 0.5], "my own": [1, 0.9]})
        shown = [text.get_text() for text in texts_of(figure)]
        figure = initialisation.draw_by_layer({"tanh, 0.01": [1, 2]}, "typical size of $dW^{[l]}$")
        shown += [text.get_text() for text in texts_of(figure)]
    assert {"学习率 0.5", "my own", "tanh，0.01", "$dW^{[l]}$ 的典型大小"} <= set(shown)


def test_what_students_plot_themselves_has_the_signs_too(caplog: pytest.LogCaptureFixture) -> None:
    with speaking("zh_CN"):
        figure, (ax,) = new_plots(1, 4, 3, "A plot.")
        ax.set_title("代价 $J$")
        ax.plot([1, 2], label="学习率")
        ax.legend()
        figure.draw_without_rendering()
    assert not caplog.records


def test_a_cost_beyond_all_bounds_does_not_fill_the_picture_with_digits() -> None:
    figure = costs.draw_cost_signatures({"healthy": [1, 0.5], "plus instead of minus": [1, 1e75]})
    figure.draw_without_rendering()  # a picture without room for its plots is a warning: an error
    assert "more than 1,000,000" in [text.get_text() for text in texts_of(figure)]
    assert len(figure.alt) < 200


@pytest.mark.parametrize("module", list(modules_of_subjects()), ids=lambda module: module.__name__)
def test_boxes_and_arrows_are_drawn_by_the_parts(module: Any) -> None:
    for shape in ("FancyBboxPatch", "FancyArrowPatch", "ConnectionPatch"):
        assert not hasattr(module, shape)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: arrays.draw_broadcasting((3, 4), (2, 4)),
        lambda: arrays.draw_broadcasting((3, 9), (3, 1)),
        lambda: arrays.draw_each_entry([]),
        lambda: image_as_column.draw_image_to_column(4, 4, 3),
        lambda: arrays.draw_rows_as_arrows([[1, 2, 3]], [[1, 2, 3]]),
        lambda: sigmoid_and_softmax.draw_scores_and_probabilities([1], [1.0], ["cat", "dog"]),
        lambda: sigmoid_and_softmax.draw_slope(7),
        lambda: images.draw_small_pictures([], []),
        lambda: logistic_regression.draw_logistic_unit(0),
        lambda: logistic_regression.draw_logistic_graph(x=(1.0,)),
        lambda: computation_graph.draw_computation_graph({"a": 1}, []),
        lambda: computation_graph.draw_computation_graph(
            {"a": 1}, [computation_graph.Step("u", "u", ("c",), lambda c: c)]
        ),
        lambda: losses.draw_loss_over_z(0, 2),
        lambda: gradient_descent.draw_cost_surface(
            gradient_descent.cost_of_points([1], [1]), dict.fromkeys("abcd", [(0, 0)])
        ),
        lambda: logistic_regression.draw_boundary(np.zeros((3, 2)), [0, 1], [1, 1, 1], 0),
        lambda: images.show_weights(np.zeros(5), 2),
        lambda: passes.draw_linear_step(9, 1, 1),
        lambda: vectorization.draw_all_examples(0, 1),
        lambda: vectorization.draw_stacking(1, 9),
        lambda: network_diagrams.draw_network([3]),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], Any]) -> None:
    with pytest.raises(ValueError):
        draw()


@pytest.mark.parametrize("name", activations.ACTIVATIONS)
def test_the_drawn_derivative_is_the_slope_of_the_drawn_curve(name: str) -> None:
    activation = activations.ACTIVATIONS[name]
    z = np.array([-3.0, -0.7, 0.4, 2.0])
    measured = (activation.value(z + 1e-6, 0.1) - activation.value(z - 1e-6, 0.1)) / 2e-6
    np.testing.assert_allclose(activation.slope(z, 0.1), measured, atol=1e-8)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1470.3, "1,470"),
        (999.6, "1,000"),
        (12.34, "12.3"),
        (0.00123, "0.00123"),
        (2e6, "2,000,000"),
    ],
)
def test_a_number_in_a_figure_is_no_power_of_ten(value: float, shown: str) -> None:
    assert short_number(value) == shown
