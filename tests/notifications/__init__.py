"""Tests of post going out."""
