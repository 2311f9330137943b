"""Coding: the texts of cells to codes, days and reasons; nothing here knows a file."""
