"""The class report: what a class has understood of an assignment, and what it has not."""
