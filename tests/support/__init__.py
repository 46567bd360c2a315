"""Builders, makers of papers and letters, and real servers for tests."""
