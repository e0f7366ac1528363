"""A court (tenant) and its policy."""
