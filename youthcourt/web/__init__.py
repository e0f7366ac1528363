"""What every page shares: access, transactions, headers, forms and sentences."""
