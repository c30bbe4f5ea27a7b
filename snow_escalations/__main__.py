"""`python -m snow_escalations`, which is the same as the command `snow-escalations`."""

from snow_escalations.cli.main import main

main()
