"""Simulating people of whom the truth is known."""
