"""Containers: the bytes of a file, guarded and decoded, to a grid of cells."""
