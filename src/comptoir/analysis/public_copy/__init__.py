"""What a published copy of words hides: passages that may identify, origins of small groups."""
