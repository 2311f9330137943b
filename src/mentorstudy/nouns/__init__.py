"""The ground: what is handed from wing to wing."""
