"""The demo: a real installation in a folder of its own, with invented schools, people and papers, on loopback only."""
