"""What leaves the house as files: the DfE's uploads with what must be entered by hand, and the register."""
