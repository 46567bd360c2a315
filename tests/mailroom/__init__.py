"""Tests of composition and the command line."""
