"""Taking a space away and bringing it back, how long things are kept, what is erased on request. See docs/adr/0018."""
