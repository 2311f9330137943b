"""Platforms: what each survey tool writes, a grid of cells to a table of named columns."""
