"""Screens over several features; their forms post to the feature that owns the act."""
