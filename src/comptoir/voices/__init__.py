"""What people said, word for word and counted: occasions, verbatims, statements, and every change made to them."""
