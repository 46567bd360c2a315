"""Tests of parsers/labels, file for file."""
