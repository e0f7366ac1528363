"""Messages and letters: queued in the outbox, written from live data when they leave."""
