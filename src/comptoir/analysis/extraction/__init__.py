"""Reads contracts: who commits to what, by when, with which means (docs/concepts/extraction.md)."""
