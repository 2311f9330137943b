"""Numbers to evidence."""
