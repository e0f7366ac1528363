"""Calendar, court sessions, sittings and the docket."""
