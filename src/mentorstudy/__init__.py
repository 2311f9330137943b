"""Measures what mentoring does to retention, confidence and leadership readiness."""
