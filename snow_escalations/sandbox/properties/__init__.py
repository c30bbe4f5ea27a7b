"""The instance's `sys_properties`: each mode of the sandbox is one of them, declared once, readable and settable.

Property     a declaration: name, kind, default, meaning
Properties   the values of one instance
CORE         the declarations of the core; other parts of the sandbox bring their own
"""

from snow_escalations.sandbox.properties.core import CORE
from snow_escalations.sandbox.properties.declaration import Kind, Property, PropertyError
from snow_escalations.sandbox.properties.values import Properties

__all__ = ["CORE", "Kind", "Properties", "Property", "PropertyError"]
