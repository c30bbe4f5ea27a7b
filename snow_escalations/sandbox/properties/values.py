"""The values of one instance's properties, kept in step with the rows of `sys_properties`."""

from collections.abc import Callable, Iterable, Mapping

from snow_escalations.documents import suggest
from snow_escalations.sandbox.properties.declaration import Property, PropertyError

OWN_PREFIX = "sandbox."
Writer = Callable[[str, str], None]


class Properties:
    """Get and set by name. A name that is not declared is an error if it starts with `sandbox.`; others are free rows.

    `set` goes through the store (see `bind`), so that the row of `sys_properties` and the value here never differ;
    `absorb` is how a written row arrives here. `version` counts the changes, for what is derived from properties.
    """

    def __init__(self, declarations: Iterable[Property]) -> None:
        self._declared = {declaration.name: declaration for declaration in declarations}
        self._values = {name: declaration.default for name, declaration in self._declared.items()}
        self._write: Writer = self.absorb
        self.version = 0

    @property
    def declarations(self) -> Mapping[str, Property]:
        """Every declared property by name."""
        return self._declared

    def bind(self, write: Writer) -> None:
        """From now on `set` writes through `write(name, value)`, which stores the row and calls `absorb`."""
        self._write = write

    def get(self, name: str) -> str:
        """The value; "" for a name that is neither declared nor set.

        Raises:
            PropertyError: an unknown `sandbox.` name.
        """
        value = self._values.get(name)
        if value is not None:
            return value
        if name.startswith(OWN_PREFIX):
            raise PropertyError(self._unknown(name))
        return ""

    def boolean(self, name: str) -> bool:
        """The value of a boolean property."""
        return self.get(name) == "true"

    def integer(self, name: str) -> int:
        """The value of an integer property."""
        return int(self.get(name))

    def items(self, name: str) -> tuple[str, ...]:
        """The items of a list property: comma separated, spaces around them cut, empty ones left out."""
        return tuple(item for part in self.get(name).split(",") if (item := part.strip()))

    def set(self, name: str, value: str) -> None:
        """Change a property, as an administrator does in `sys_properties.list`.

        Raises:
            PropertyError: an unknown `sandbox.` name, or a value that a declared property does not take.
        """
        self.check(name, value)
        self._write(name, value)

    def check(self, name: str, value: str) -> None:
        """Refuse what `set` would refuse.

        Raises:
            PropertyError: as `set`.
        """
        declaration = self._declared.get(name)
        if declaration is not None:
            declaration.check(value)
        elif name.startswith(OWN_PREFIX):
            raise PropertyError(self._unknown(name))

    def absorb(self, name: str, value: str) -> None:
        """Take over the value of a row that was written.

        Raises:
            PropertyError: as `set`.
        """
        self.check(name, value)
        self._values[name] = value
        self.version += 1

    def forget(self, name: str) -> None:
        """The row of a property was deleted: its default applies again."""
        self.version += 1
        declaration = self._declared.get(name)
        if declaration is None:
            self._values.pop(name, None)
        else:
            self._values[name] = declaration.default

    def _unknown(self, name: str) -> str:
        return f"property `{name}` is unknown{suggest(name, self._declared)}"
