"""The links of the house read both ways, their measures, and what is still to be linked."""
