"""The pages of an evaluation, by subject."""
