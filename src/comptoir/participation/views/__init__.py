"""Pages of surveys: the team's, and the one that residents answer."""
