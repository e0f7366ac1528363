"""Persons: youths, jurors and the adults around them."""
