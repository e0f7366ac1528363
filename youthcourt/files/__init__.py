"""Files brought to a court: their checks, and the reader and writer of tables."""
