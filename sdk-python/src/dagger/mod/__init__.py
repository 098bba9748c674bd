"""What a module's code declares itself with: the decorators, annotations and enum base that `dagger` offers."""

from dagger.mod.annotations import DefaultAddress, DefaultPath, Deprecated, Doc, Ignore, Name
from dagger.mod.enums import Enum
from dagger.mod.module import Module, field

_default = Module()

agent = _default.agent
check = _default.check
enum_type = _default.enum_type
function = _default.function
generate = _default.generate
interface = _default.interface
object_type = _default.object_type
up = _default.up


def default_module() -> Module:
    """The registry that the decorators fill."""
    return _default


__all__ = [
    "DefaultAddress",
    "DefaultPath",
    "Deprecated",
    "Doc",
    "Enum",
    "Ignore",
    "Name",
    "agent",
    "check",
    "default_module",
    "enum_type",
    "field",
    "function",
    "generate",
    "interface",
    "object_type",
    "up",
]
