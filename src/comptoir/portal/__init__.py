"""The doors: home, a space's first page, the team's week, the journal, pages not found."""
