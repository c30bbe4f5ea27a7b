"""`python -m snow_escalations.cli`."""

from snow_escalations.cli.main import main

main()
