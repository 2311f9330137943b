"""People to numbers."""
