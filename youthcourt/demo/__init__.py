"""Made-up courts to look at; every person in them is invented."""
