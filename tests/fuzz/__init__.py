"""Machine-made input for everything that reads strangers' bytes. `make fuzz` runs it for as long as one likes."""
