"""Post out: what may be sent to whom, how it is worded, and sending it."""
