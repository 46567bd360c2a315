"""Tests mirror the folders, file for file."""
