"""What decorators offer to the API."""

from __future__ import annotations

import dataclasses
import enum
import sys
from collections.abc import Sequence
from typing import Annotated, List, Optional, Protocol  # noqa: UP035

import pytest
from typing_extensions import Self

import dagger
from dagger import DefaultAddress, DefaultPath, Deprecated, Doc, Ignore, Name
from dagger.mod.definitions import TypeDef
from dagger.mod.describe import describe, select_main
from dagger.mod.errors import DeclarationError, ModuleLoadError
from dagger.mod.module import Module, field

mod = Module()


@mod.enum_type
class Severity(dagger.Enum):
    """How bad."""

    LOW = "low", "Not so bad"
    HIGH = "high"


@mod.enum_type
class Plain(enum.Enum):
    ONE = "1"
    """The first."""
    TWO = "2"
    """The second.

    .. deprecated:: use ONE
    """


@mod.interface
class Duck(Protocol):
    """Quacks."""

    @mod.function
    async def quack(self, times: int = 1) -> str: ...

    @mod.function
    def pond(self) -> dagger.Directory: ...


@mod.object_type
class Report:
    """A result."""

    name: str = field()
    ok: Annotated[bool, Doc("Whether it is good")] = field(default=True, name="good")
    lines: list[str] = field(default=list, deprecated="too many")
    hidden: int = 0


@mod.object_type(deprecated="use another")
class Main:
    """Builds."""

    version: Annotated[str, Doc("A version")] = "3.12"
    source: Annotated[dagger.Directory, DefaultPath("/"), Ignore([".venv"])] = field()

    @mod.function
    async def lint(
        self,
        level: Severity = Severity.LOW,
        fix: Optional[bool] = None,  # noqa: UP045
        names: Sequence[str] = (),
        more: List[int] | None = None,  # noqa: UP006
    ) -> str:
        """Lints.

        Slowly.
        """
        return f"{level}{fix}{names}{more}"

    @mod.function(name="importAll", cache="never", deprecated="old", doc="Another text")
    def import_(self, from_: Annotated[str, Name("from"), Deprecated("why")]) -> Self:
        return self

    @mod.function
    @mod.check
    def verify(self) -> None: ...

    @mod.generate
    @mod.function
    def make(self, base: Annotated[dagger.Container, DefaultAddress("alpine")]) -> dagger.Changeset: ...

    @mod.function
    @mod.up()
    def serve(self, duck: Duck, kind: Plain = Plain.TWO) -> dagger.Service: ...

    @mod.function
    def reports(self, platform: dagger.Platform, protocol: dagger.NetworkProtocol) -> list[Report]: ...

    report = mod.function(Report)

    def helper(self) -> str:
        return ""


@pytest.fixture(scope="module")
def definition():
    return describe(mod, select_main(mod, "main"))


def of(definition, name):
    return next(each for each in (*definition.objects, *definition.enums, *definition.interfaces) if each.name == name)


def test_functions_in_source_order(definition):
    main = of(definition, "Main")
    assert [each.name for each in main.functions] == [
        "lint", "importAll", "verify", "make", "serve", "reports", "report",
    ]  # fmt: skip
    assert main.description == "Builds."
    assert main.annotations == {"deprecated": "use another"}
    assert definition.main_object == "Main"


def test_arguments(definition):
    lint = of(definition, "Main").functions[0]
    assert lint.description == "Lints.\n\nSlowly."
    assert lint.returns == TypeDef("string")
    assert [(each.name, each.type, each.default) for each in lint.arguments] == [
        ("level", TypeDef("enum", "Severity"), '"LOW"'),
        ("fix", TypeDef("optional", of=TypeDef("boolean")), None),
        ("names", TypeDef("list", of=TypeDef("string")), "[]"),
        ("more", TypeDef("optional", of=TypeDef("list", of=TypeDef("integer"))), None),
    ]
    assert lint.location is not None
    assert lint.location.file == __file__


def test_annotations(definition):
    functions = {each.name: each for each in of(definition, "Main").functions}
    renamed = functions["importAll"]
    assert renamed.description == "Another text"
    assert renamed.annotations == {"deprecated": "old", "cache": "never"}
    assert renamed.returns == TypeDef("object", "Main")
    assert (renamed.arguments[0].name, renamed.arguments[0].annotations) == ("from", {"deprecated": "why"})
    assert functions["verify"].annotations == {"check": True}
    assert functions["verify"].returns == TypeDef("void")
    assert functions["make"].annotations == {"generate": True}
    assert functions["make"].arguments[0].annotations == {"defaultAddress": "alpine"}
    assert functions["serve"].annotations == {"up": True}
    assert functions["serve"].arguments[0].type == TypeDef("interface", "Duck")
    assert functions["serve"].arguments[1].default == '"TWO"'
    assert [each.type for each in functions["reports"].arguments] == [
        TypeDef("scalar", "Platform"),
        TypeDef("enum", "NetworkProtocol"),
    ]
    assert functions["reports"].returns == TypeDef("list", of=TypeDef("object", "Report"))


def test_the_constructor_is_the_main_objects(definition):
    constructor = of(definition, "Main").constructor
    assert constructor.name == ""
    arguments = {each.name: each for each in constructor.arguments}
    assert list(arguments) == ["version", "source"]
    assert (arguments["version"].default, arguments["version"].description) == ('"3.12"', "A version")
    assert arguments["source"].annotations == {"defaultPath": "/", "ignore": [".venv"]}
    assert arguments["source"].type == TypeDef("object", "Directory")
    assert of(definition, "Report").constructor is None
    made = of(definition, "Main").functions[-1]
    assert (made.name, made.returns, len(made.arguments)) == ("report", TypeDef("object", "Report"), 4)


def test_fields(definition):
    report = of(definition, "Report")
    assert [(each.name, each.original_name, each.description) for each in report.fields] == [
        ("name", "name", None),
        ("good", "ok", "Whether it is good"),
        ("lines", "lines", None),
    ]
    assert report.fields[2].annotations == {"deprecated": "too many"}


def test_enums_and_interfaces(definition):
    severity = of(definition, "Severity")
    assert severity.description == "How bad."
    assert [(each.name, each.value, each.description) for each in severity.members] == [
        ("LOW", "low", "Not so bad"),
        ("HIGH", "high", None),
    ]
    plain = of(definition, "Plain")
    assert [(each.name, each.value, each.description, each.annotations) for each in plain.members] == [
        ("ONE", "1", "The first.", {}),
        ("TWO", "2", "The second.", {"deprecated": "use ONE"}),
    ]
    assert plain.description is None
    duck = of(definition, "Duck")
    assert [(each.name, each.returns) for each in duck.functions] == [
        ("quack", TypeDef("string")),
        ("pond", TypeDef("object", "Directory")),
    ]


def test_other_constructors():
    other = Module()

    @other.object_type
    class Created:
        text: str

        @classmethod
        async def create(cls, number: Annotated[int, Doc("A number")] = 3) -> Self:
            """Makes it."""
            return cls(text=str(number))

    @other.object_type
    class Initialised:
        text: str

        def __init__(self, first: str, second: Optional[str] = None):  # noqa: UP045
            self.text = first + (second or "")

    created = describe(other, select_main(other, "created")).objects[0].constructor
    assert (created.description, created.arguments[0].description) == ("Makes it.", "A number")
    found = describe(other, select_main(other, "initialised")).objects[1].constructor
    assert [(each.name, each.type.kind) for each in found.arguments] == [("first", "string"), ("second", "optional")]


def test_a_constructor_that_only_stores_its_arguments_says_so():
    module = Module()

    @module.object_type
    class Plain:
        first_name: str = "x"
        tags: list[str] = field(default=list)

    @module.object_type
    class Hooked:
        name: str = "x"

        def __post_init__(self) -> None:
            self.name = self.name.upper()

    @module.object_type
    class Hidden:
        count: int = field(default=0, init=False)

    def stores(name: str):
        constructor = next(
            each for each in describe(module, select_main(module, name)).objects if each.constructor
        ).constructor
        return constructor.annotations.get("storesArguments")

    assert stores("plain") == {"firstName": "first_name", "tags": "tags"}
    assert stores("hooked") is None
    assert stores("hidden") is None


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 cannot resolve an InitVar that is text")
def test_init_vars_are_arguments_of_the_constructor():
    other = Module()

    @other.object_type
    class Main:
        extra: dataclasses.InitVar[str | None] = None
        text: str = field(init=False, default="")

    found = describe(other, select_main(other, "main")).objects[0]
    assert [(each.name, each.type) for each in found.constructor.arguments] == [
        ("extra", TypeDef("optional", of=TypeDef("string")))
    ]
    assert [each.name for each in found.fields] == ["text"]


def test_base_classes_count():
    other = Module()

    @other.object_type
    class Base:
        shared: str = "x"

        @other.function
        def inherited(self) -> str: ...

    @other.object_type
    class Derived(Base):
        @other.function
        def own(self) -> str: ...

    found = describe(other, select_main(other, "derived"))
    assert [each.name for each in found.objects[1].functions] == ["inherited", "own"]
    assert [each.name for each in found.objects[1].constructor.arguments] == ["shared"]


def test_a_missing_main_object_is_explained():
    other = Module()

    @other.object_type
    class Other: ...

    with pytest.raises(ModuleLoadError) as caught:
        select_main(other, "my-module")
    assert str(caught.value) == (
        "the module 'my-module' has no main object: it needs a class MyModule decorated with @object_type. "
        "Decorated classes that were found: Other"
    )
    assert select_main(other, "my-module", Other).name == "MyModule"


class Undecorated: ...


class UndecoratedEnum(enum.Enum):
    A = 1


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        (dict, "dict is no type of the API; return a list of objects, or the JSON scalar, instead of a dict"),
        (list, "list is no type of the API; say what the list holds, such as list[str]"),
        (str | int, "str | int is no type of the API; a union may only be of one type and None"),
        (
            Undecorated,
            "Undecorated is no type of the API; decorate the class with @object_type, @interface or @enum_type",
        ),
        (UndecoratedEnum, "the enum UndecoratedEnum must be decorated with @enum_type"),
    ],
)
def test_types_that_the_api_has_not(annotation, message):
    other = Module()

    def wrong(self): ...

    wrong.__annotations__["return"] = annotation
    other.function(wrong)
    main = other.object_type(type("Main", (), {"wrong": wrong}))
    with pytest.raises(DeclarationError) as caught:
        describe(other, main.__dagger_object__)
    assert str(caught.value) == f"{wrong.__qualname__}: {message}"
    assert caught.value.place == (__file__, wrong.__code__.co_firstlineno)


def test_parameters_that_cannot_be_offered():
    other = Module()

    @other.object_type
    class Main:
        @other.function
        def bare(self, x) -> str: ...

        @other.function
        def many(self, *x: str) -> str: ...

    functions = Main.__dagger_object__.functions
    with pytest.raises(DeclarationError, match=r"parameter 'x' of .*Main.bare has no type annotation"):
        functions["bare"].describe()
    with pytest.raises(DeclarationError, match="takes any number of arguments"):
        functions["many"].describe()
