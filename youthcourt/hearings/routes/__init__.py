"""The pages of the calendar."""

BLUEPRINTS = ()
