"""Who sits: the draw, the seats, attendance."""
