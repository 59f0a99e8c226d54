"""Marks and feedback for learning management systems.

The marks of a class and the system's own list come in. Tables that the system takes in, and
packed feedback pages, go out.
"""
