"""HTML that is not the instance's REST layer: the edge, a hibernating instance, maintenance.

The exact pages are not published; titles and statuses are.
"""


def _page(title: str, text: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{text}</h1></body></html>".encode()


URI_TOO_LONG = _page("414 URI Too Long", "URI Too Long")
BAD_GATEWAY = _page("502 Bad Gateway", "502 Bad Gateway")
MAINTENANCE = _page("Service Unavailable", "The instance is unavailable for maintenance")
HIBERNATING = _page("Instance Hibernating page", "Your instance is hibernating")
TOO_MANY_REQUESTS = _page("429 Too Many Requests", "Too Many Requests")
