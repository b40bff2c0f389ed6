"""`python -m credence`: the commands, for whoever starts them from another program."""

from credence.cli import main

main()
