"""Reading what upkeep needs to know."""
