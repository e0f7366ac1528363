"""Follow-up: searches of records after a hearing, and the later offences they find."""
