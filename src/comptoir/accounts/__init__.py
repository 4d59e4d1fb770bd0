"""People, their roles, sign-in; and the settings of a space, which need a rule and the journal."""
