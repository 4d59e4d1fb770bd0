"""Comptoirs: what arrives (imports), the boards where a room sorts it, the synthesis that comes out."""
