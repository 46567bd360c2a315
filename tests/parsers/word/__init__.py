"""Tests of parsers/word, file for file."""
