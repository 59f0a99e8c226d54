"""What a reader of a lesson can move and answer: sliders, the playground, and short questions.

In come a function that draws a figure, or questions with their answers. Out go widgets in a live
notebook; where there are none, pictures drawn beforehand and plain text that hold the same. Nothing
that is answered is kept.
"""
