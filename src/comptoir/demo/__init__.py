"""The demonstration: one invented agglomeration on real place names, shared by demo, tests, screenshots and docs.

The agglomeration, its landlord, its people and everything they say are invented. Names of towns and neighbourhoods are
real and come from open data: see SOURCES.md in this folder.
"""
