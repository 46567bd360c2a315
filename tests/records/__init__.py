"""Tests of facts, rules and storage."""
