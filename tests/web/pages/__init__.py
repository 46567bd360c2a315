"""Tests of the pages, file for file."""
