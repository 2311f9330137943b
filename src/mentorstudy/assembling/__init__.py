"""Scores and records to people."""
