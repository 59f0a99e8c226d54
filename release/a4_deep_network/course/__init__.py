"""What the notebooks of the course import beside the modules with well-known names."""
