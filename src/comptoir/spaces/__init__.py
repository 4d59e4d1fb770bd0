"""The tenant: the partnership of a territory, its look, its files and its background jobs."""
