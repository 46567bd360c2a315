"""Tests of post coming in."""
