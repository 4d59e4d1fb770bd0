"""Participatory budgets: who gets what. See docs/concepts/allocation.md."""
