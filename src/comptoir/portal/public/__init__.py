"""The pages that everybody may read: « Vous avez dit, voici la suite », the table of commitments, follow-up codes."""
