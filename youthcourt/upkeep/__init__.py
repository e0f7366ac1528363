"""Keeping the house: backups, their return, health, and what is kept."""
