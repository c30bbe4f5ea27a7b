"""The settings of an installation: read from `settings.yaml` and the environment, checked whole, secrets by reference.

load        a configuration directory into `Settings`, with every problem at its file:line:column
instance    the part about the instance, and what a connection needs of it
shipped     the configuration that comes with the package
"""

from snow_escalations.settings.load import Configuration, load_configuration
from snow_escalations.settings.model import Settings

__all__ = ["Configuration", "Settings", "load_configuration"]
