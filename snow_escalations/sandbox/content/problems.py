"""Problems of data files, told all at once."""

from collections.abc import Sequence

from snow_escalations.errors import ConfigurationError

_SHOWN = 50


class DataError(ConfigurationError):
    """Rows cannot be loaded; `problems` holds every reason: file, row (counted from 0), field."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        shown = list(self.problems[:_SHOWN])
        if len(self.problems) > _SHOWN:
            shown.append(f"and {len(self.problems) - _SHOWN} more problems")
        super().__init__("\n".join(shown))
