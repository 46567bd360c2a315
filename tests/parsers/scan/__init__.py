"""Tests of parsers/scan, file for file."""
