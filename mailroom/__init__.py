"""Composition: reads the configuration, builds the parts, starts and stops them. Holds no rules."""

VERSION = "0.1.0"
"""The version of the whole service, as in pyproject.toml."""
