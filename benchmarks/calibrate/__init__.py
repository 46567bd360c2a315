"""Fits how sure a reading is: makes papers, reads them, learns the odds, writes `parsers/odds.py` and its report. Nothing here runs at work."""
