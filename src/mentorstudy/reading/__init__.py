"""Files in: exports as the tools wrote them, to exports coded, typed and free of names."""
