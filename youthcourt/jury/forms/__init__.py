"""What staff type about seats and evenings."""
