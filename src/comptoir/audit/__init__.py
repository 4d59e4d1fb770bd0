"""Who did what, when, on what: the append-only journal, written by the actions themselves."""
