"""What notebooks import. Each module also works alone, beside a notebook, under its flat name."""
