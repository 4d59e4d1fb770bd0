"""What may leave the house about people: the threshold of each space; later, releases of statistics."""
