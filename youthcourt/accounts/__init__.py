"""Who may sign in, to which court, as what."""
