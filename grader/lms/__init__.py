"""Learning management systems: what they hand out is imported, what they take in is exported."""
