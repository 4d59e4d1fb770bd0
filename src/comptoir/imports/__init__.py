"""Every import of a table, from one declaration: file, columns, preview, once, progress, undo. See docs/adr/0017."""
