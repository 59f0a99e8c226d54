"""The instructor's side of the course: releasing, grading and reporting. Students never have it."""
