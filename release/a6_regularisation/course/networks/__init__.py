"""Networks to experiment with: of any depth, and on images in seconds.

In come parameters, examples and labels as arrays, one column an example. Out go activations,
gradients, costs and trained parameters. The lessons ask them what happens if; how a network is
written from its parts is the subject of the assignments, so no assignment's folder holds them.
"""
