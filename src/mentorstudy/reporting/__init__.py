"""Evidence to pages."""
