"""Write pipelines as modules: decorators for what a module offers, and `dag` for the API that it calls."""

from dagger.client.gen import *
from dagger.connection import Config, Connection, Retry, Timeout, close, connect, connection
from dagger.errors import *
from dagger.mod import (
    DefaultAddress,
    DefaultPath,
    Deprecated,
    Doc,
    Enum,
    Ignore,
    Name,
    agent,
    check,
    default_module,
    enum_type,
    field,
    function,
    generate,
    interface,
    object_type,
    up,
)
