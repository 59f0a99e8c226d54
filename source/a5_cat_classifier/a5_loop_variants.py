"""Mistakes that both models may have: in the update, in what is recorded, in the loop."""

UPDATE_LINE = "parameters = update_parameters(parameters, grads, learning_rate)"
RECORD_LINES = """if i % 100 == 0:
            costs.append(cost)"""

UPDATE = {
    "learning-rate-of-the-notebook": (
        {UPDATE_LINE: "parameters = update_parameters(parameters, grads, 0.0075)"},
        "The learning rate is 0.0075 in every call, whatever the argument says. Use the argument.",
    ),
    "learning-rate-forgotten": (
        {UPDATE_LINE: "parameters = update_parameters(parameters, grads)"},
        "`update_parameters` was not told the learning rate. It takes three arguments.",
    ),
    "gradient-ascent": (
        {UPDATE_LINE: "parameters = update_parameters(parameters, grads, -learning_rate)"},
        "The cost grows: the step goes uphill. `update_parameters` takes care of the sign already.",
    ),
    "update-not-stored": (
        {UPDATE_LINE: "update_parameters(parameters, grads, learning_rate)"},
        "The network never learns: the parameters of the start come back. `update_parameters` "
        "returns new ones, and leaves the old ones as they were.",
    ),
    "updated-twice": (
        {UPDATE_LINE: UPDATE_LINE + "\n        " + UPDATE_LINE},
        "Each round of the loop goes twice as far along the gradient as it should: one step is "
        "enough.",
    ),
}

RECORDING = {
    "cost-of-every-step": (
        {RECORD_LINES: "costs.append(cost)"},
        "The cost of every step is in the list. Only every hundredth should be recorded, "
        "beginning with step 0.",
    ),
    "cost-of-the-last-step-too": (
        {
            RECORD_LINES: (
                "if i % 100 == 0 or i == num_iterations - 1:\n            costs.append(cost)"
            )
        },
        "The list holds the cost of the last step too. That one is only printed.",
    ),
    "cost-recorded-only-when-printed": (
        {RECORD_LINES: "if print_cost and i % 100 == 0:\n            costs.append(cost)"},
        "The costs are recorded only where they are printed. They should be recorded always.",
    ),
    "cost-recorded-together-with-the-print": (
        {
            RECORD_LINES: (
                "if print_cost and i % 100 == 0 or i == num_iterations - 1:\n"
                "            costs.append(cost)"
            )
        },
        "The costs are recorded only where they are printed, and so is that of the last step. "
        "They should be recorded at the steps 0, 100, 200, whether they are printed or not.",
    ),
    "cost-recorded-one-step-late": (
        {RECORD_LINES: "if (i + 1) % 100 == 0:\n            costs.append(cost)"},
        "The costs of the steps 99, 199 and so on are recorded. It should be those of the steps "
        "0, 100, 200.",
    ),
}

LOOP = {
    "one-step-too-few": (
        {"range(num_iterations)": "range(num_iterations - 1)"},
        "There is one step too few. `range(n)` runs n times, from 0 to n - 1.",
    ),
    "one-step-too-many": (
        {"range(num_iterations)": "range(num_iterations + 1)"},
        "There is one step too many. `range(n)` runs n times, from 0 to n - 1.",
    ),
    "steps-counted-from-one": (
        {"range(num_iterations)": "range(1, num_iterations)"},
        "There is one step too few, and the first cost is not recorded. Steps are counted from 0.",
    ),
    "number-of-steps-ignored": (
        {"range(num_iterations)": "range(100)"},
        "A hundred steps are taken, whatever the argument says. Use the argument.",
    ),
    "returned-from-inside-the-loop": (
        {RECORD_LINES: RECORD_LINES + "\n        return parameters, costs"},
        "Only the first step is taken. A `return` inside the loop would do that: look at its "
        "indentation.",
    ),
    "only-parameters-returned": (
        {"return parameters, costs": "return parameters"},
        "Only the parameters are returned. The costs are asked for as well (older editions of "
        "this exercise did without).",
    ),
    "results-in-another-order": (
        {"return parameters, costs": "return costs, parameters"},
        "The two results are swapped: the parameters come first, then the costs.",
    ),
    "last-cost-returned": (
        {"return parameters, costs": "return parameters, cost"},
        "The second result is the last cost alone. It should be the list of the recorded costs.",
    ),
}
