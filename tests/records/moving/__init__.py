"""Tests of records that move in and out."""
