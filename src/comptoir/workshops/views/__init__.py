"""Pages of comptoirs, by subject. Every page: get the object through its rule, one action or one query, render."""
