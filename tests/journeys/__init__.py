"""Whole ways through the house: real SMTP, real child processes, a real browser."""
