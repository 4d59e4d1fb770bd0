"""Pages of the thread."""
