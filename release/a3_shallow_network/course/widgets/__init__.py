"""What a reader of a lesson can move and answer: sliders for figures, and short questions.

In come a function that draws a figure, or questions with their answers. Out go widgets in a live
notebook; where there are none, still pictures and plain text that hold the same. Nothing that is
answered is kept.
"""
