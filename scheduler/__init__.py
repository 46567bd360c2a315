"""The clock: what is due when, claimed once, run and written down."""
