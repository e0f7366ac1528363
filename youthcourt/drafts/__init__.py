"""Forms that were interrupted wait here until they are sent or discarded on purpose."""
