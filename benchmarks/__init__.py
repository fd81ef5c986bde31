"""How long things take, beside how fast the machine is: `make bench`."""
