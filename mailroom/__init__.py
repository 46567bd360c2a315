"""Composition: reads the configuration, builds the parts, starts and stops them. Holds no rules."""
