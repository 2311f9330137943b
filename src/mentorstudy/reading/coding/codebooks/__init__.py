"""Codebooks: what a platform's own description of a survey says of its columns."""
