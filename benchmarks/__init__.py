"""Speed and size, measured: `make bench`, or `python -m benchmarks [NAME ...]`.

Ratios are against bare `requests` + `json` in the same run, as this machine's speed is nobody else's. Each line says
what was measured, the figure, the target and whether it was met.
"""
