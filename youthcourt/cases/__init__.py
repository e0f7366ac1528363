"""Cases: referral, eligibility, intake, the case file and its states, and imports."""
