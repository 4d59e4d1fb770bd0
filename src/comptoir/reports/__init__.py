"""Every document that leaves the house: what to write comes from the rooms below, how to write it from the analysis."""
