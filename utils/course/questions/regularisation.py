"""The questions that lesson 8, Regularisation asks."""

from __future__ import annotations

from course.widgets.quiz import Choice, Number

OVERFITTING = (
    Choice(
        question="A network is right for 85 % of the training set and for 84 % of the dev set. "
        "People are right for nearly 100 %. What is to be done first?",
        right="make the network larger, or train it longer",
        why="It is poor on both sets: it underfits. It has to fit the training set first.",
        wrong={
            "use regularisation": (
                "There is hardly a gap between the two sets, and regularisation would make the fit "
                "even poorer."
            ),
            "collect more data": "More data help against a gap between the sets; here is none.",
            "look at the test set": "The test set is for the end, when all has been decided.",
        },
    ),
    Choice(
        question="The cost on the dev set rises, while the accuracy on it stays the same. How can "
        "that be?",
        right="the wrong answers become surer",
        why="The accuracy only asks on which side of 0.5 an answer lies; the cost of a wrong "
        "answer grows without limit as it becomes surer.",
        wrong={
            "more answers become wrong": "Then the accuracy would fall.",
            "the learning rate is too large": "Then the cost on the training set would rise, too.",
            "it cannot be": "Figure 1 shows it: compare the two plots to the right of the line.",
        },
    ),
)

L2 = (
    Number(
        question="A network has the weights 3 and -1 in layer 1 and 2 in layer 2, the biases 5 "
        "and 4, lambda = 10 and m = 35 examples. How large is the penalty?",
        right=2,
        why="9 + 1 + 4 = 14, times 10 / (2 * 35) = 1/7. The biases do not count.",
        wrong={
            4: "The factor is lambda / (2m). You have left out the 2.",
            7.857: "The biases do not count.",
            2.286: "First square each weight, then add up.",
            70: "The factor is lambda / (2m). You have left out m.",
        },
    ),
    Choice(
        question="For some weight, the part of the gradient that comes from the examples is zero. "
        "What does gradient descent with L2 regularisation do with this weight?",
        right="in each step it becomes smaller by the same share",
        why="Each step multiplies it by 1 - alpha * lambda / m. It comes near zero, but not to it.",
        wrong={
            "it stays as it is": "That is so without the penalty.",
            "in each step it becomes smaller by the same amount": (
                "That is what a penalty on the sizes does (L1). The derivative of the square is "
                "proportional to the weight."
            ),
            "it becomes zero in the next step": "Only if alpha * lambda / m were exactly 1.",
        },
    ),
    Choice(
        question="With a very large lambda, what does the network predict?",
        right="nearly the same for all inputs",
        why="The weights are nearly zero, so that the input hardly counts. What is left is the "
        "last bias: the share of label 1 in the training set.",
        wrong={
            "something random": "The weights are not random; they are all nearly zero.",
            "the training labels, exactly": "That would be the case for lambda = 0.",
            "always label 0": (
                "The biases are not penalised: the prediction is the share of label 1."
            ),
        },
    ),
)

CHOOSING = (
    Choice(
        question="You have chosen lambda with the dev set. Which accuracy do you report as that "
        "of your network on new images?",
        right="that on the test set",
        why="It had no part in any decision.",
        wrong={
            "that on the dev set": (
                "Lambda was chosen so that it would be high: it is a little too good."
            ),
            "that on the training set": "It says how well the network has learned by heart.",
            "the mean of all three": "Two of the three are too good.",
        },
    ),
    Choice(
        question="After looking at the test set you are not content, and change lambda once more. "
        "What is the test set now?",
        right="a second dev set",
        why="It has taken part in a decision. An honest forecast would need new images.",
        wrong={
            "still a test set, since the network was not trained on it": (
                "It need not be trained on; it is enough that something was chosen by it."
            ),
            "part of the training set": "No parameter was fitted to it.",
            "still a test set, since it was only one change": (
                "One change does little harm, but where would you stop?"
            ),
        },
    ),
)

DROPOUT = (
    Choice(
        question="A network was trained with inverted dropout and keep_prob = 0.8. What is done "
        "for predictions?",
        right="all units are used, and nothing is scaled",
        why="The training has kept the mean of what each unit receives as it is without dropout.",
        wrong={
            "all units are used, and activations are multiplied by 0.8": (
                "That belongs to dropout that is not inverted: there nothing was divided in the "
                "training."
            ),
            "the units are dropped as in the training": (
                "Then the same image would get another answer each time."
            ),
            "one mask is drawn and then kept": (
                "All units have learned something; why should some of them be silent?"
            ),
        },
    ),
    Number(
        question="A unit has the activation 1.2, its mask is 1, and keep_prob = 0.8. What does "
        "the next layer receive?",
        right=1.5,
        why="1.2 * 1 / 0.8 = 1.5.",
        wrong={
            0.96: "Divided by keep_prob, not multiplied.",
            1.2: "A unit that is kept makes up for those that are not: it is divided.",
            6: "Divided by the probability of being kept, not of being dropped.",
        },
    ),
    Choice(
        question="With dropout the cost rises in some steps. What do you do?",
        right="nothing, as long as it falls on average",
        why="Each step is the cost of another thinned network.",
        wrong={
            "look for a wrong sign": "A wrong sign makes the cost rise smoothly.",
            "make the learning rate smaller until it falls in each step": (
                "It would still rise where a step meets unlucky masks."
            ),
            "make keep_prob smaller": "Then the curve becomes even rougher.",
        },
    ),
)

BATCHES = (
    Number(
        question="There are 1,000 examples and mini-batches of 64. How many steps does an epoch "
        "have?",
        right=16,
        why="15 full mini-batches hold 960 examples; the other 40 make a sixteenth.",
        wrong={
            15: "40 examples are left over. They are a mini-batch, too.",
            15.625: "There are only whole steps.",
            64: "That is the number of examples in each step.",
        },
    ),
    Number(
        question="How many examples are in the last of these mini-batches?",
        right=40,
        why="1000 - 15 * 64 = 40.",
        wrong={
            64: "64 does not divide 1,000.",
            16: "That is the number of mini-batches.",
            24: "That is what is missing to a full one.",
        },
    ),
    Choice(
        question="X and Y are shuffled with two different permutations. What does the network "
        "learn?",
        right="hardly anything but the share of the labels",
        why="The labels no longer belong to their examples, so there is nothing to be found.",
        wrong={
            "the same, but more slowly": "Slowness is not the problem: the labels are wrong.",
            "nothing, since there is an error message": (
                "All shapes fit. That is what makes this mistake so bad."
            ),
            "the same, since each label occurs as often as before": (
                "The number of labels is the same, but not what they belong to."
            ),
        },
    ),
    Choice(
        question="Which cost curve belongs to stochastic gradient descent (one example a step)?",
        right="a very noisy one that falls on average",
        why="Each step follows a single example, and its loss is measured on that one alone.",
        wrong={
            "a smooth one that falls in every step": (
                "That is batch gradient descent with a fitting learning rate."
            ),
            "one that rises all the time": "Something is wrong there, whatever the batches are.",
            "a flat one": "The steps are small, but there are very many of them.",
        },
    ),
)
