"""Submissions out of deliveries.

Deliveries and what is known of the class come in. Folders in ``submitted/`` go out, with the
students entered in the gradebook, and a record of what the system calls each of them.
"""
