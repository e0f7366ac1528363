"""Time credits: whole minutes, transfers, balances."""
