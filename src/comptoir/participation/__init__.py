"""Participation: surveys, short questionnaires answered without an account. See docs/concepts/enquetes.md."""
