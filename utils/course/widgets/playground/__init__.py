"""The playground: a small network that is trained in the browser while one looks on.

In come the points of the lessons and a choice of settings. Out goes one page of HTML that needs
nothing else, neither a kernel nor a server nor a network. ``network.js`` is the network,
``drawing.js`` draws on canvases, ``controls.js`` joins them to what a reader presses and chooses.
"""
