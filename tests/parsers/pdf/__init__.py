"""Tests of parsers/pdf, file for file."""
