"""The pictures of the course, one module for each subject.

A notebook calls a function with its own numbers, such as ``draw_network([5, 4, 3, 1])``, and gets a
Matplotlib ``Figure``, which is shown below a cell that ends with the call and can be saved with
``savefig``. ``style`` holds the colours and sizes of all pictures; ``parts`` draws boxes, arrows,
units and texts, and ``matrices`` draws arrays as grids of cells. Nothing here computes what an
exercise asks for.
"""
