"""Priority neighbourhoods of 2015 and 2024 with their lineage, communes, EPCI, local areas, geometry."""
