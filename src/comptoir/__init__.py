"""Comptoir: from what was said to what is kept."""

__version__ = "0.1.0"
