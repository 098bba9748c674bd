"""What modules offer, as type definitions: `Module`, `currentTypeDefs`, marks in the schema. No engine is needed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from graphql import QueryError, Session, asserts
from scratch import NO_DOCKER, environment, write_module
from served import answers

SOURCE = '''
    """Finds faults."""

    import enum
    from typing import Annotated, Protocol

    import dagger
    from dagger import (
        DefaultAddress, DefaultPath, Doc, Ignore, check, dag, enum_type, field, function, interface, object_type,
    )


    @enum_type
    class Level(enum.Enum):
        """How bad."""

        LOW = "low"
        """Little."""
        HIGH = "high"


    @interface
    class Shape(Protocol):
        """Has an area."""

        @function
        async def area(self, scale: int) -> float: ...


    @object_type
    class Report:
        """What came out."""

        lines: Annotated[list[str], Doc("What was found.")] = field()


    @object_type
    class Faults:
        """Finds faults in files."""

        level: Level = field(default=Level.LOW)

        @function(doc="Reads the files.", deprecated="use lint", cache="10m")
        def read(
            self,
            source: Annotated[dagger.Directory, DefaultPath("/"), Ignore(["*.md"]), Doc("Where to look.")],
            base: Annotated[dagger.Container, DefaultAddress("alpine:3")],
            limit: int = 3,
            note: str | None = None,
        ) -> Report:
            return Report(lines=[])

        @function
        @check
        def lint(self) -> None: ...

        @function
        def shape(self, shape: Shape) -> Shape:
            return shape

        @function
        async def seen(self) -> list[str]:
            return [await each.name() for each in await dag.current_type_defs()]

        @function
        async def place(self) -> str:
            return await dag.source_map("x.py", 1, 2).module()
'''


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One session without a module."""
    with Session(tmp_path_factory.mktemp("types"), environment(NO_DOCKER)) as session:
        yield session


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The module's folder."""
    return write_module(tmp_path_factory.mktemp("faults"), SOURCE)


def data(dockwright: Run, folder: Path, document: str) -> Any:
    """Give the one field that a document asks for."""
    (answer,) = answers(dockwright, folder, document)
    assert "errors" not in answer, answer
    (value,) = answer["data"].values()
    return value


def named(types: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Give the type of that name."""
    (found,) = [each for each in types if each["name"] == name]
    return found


REFERENCE = "{ kind name optional asList { elementTypeDef { kind name } } }"
FUNCTION = (
    "{ name description deprecated sourceModuleName sourceMap { module filename line }"
    f" returnType {REFERENCE}"
    " args { name description deprecated defaultValue defaultPath ignore defaultAddress"
    f" typeDef {REFERENCE} }} }}"
)
TYPES = f"""{{ currentTypeDefs {{
  kind name
  asObject {{ description sourceModuleName sourceMap {{ module filename line }}
    fields {{ name description typeDef {REFERENCE} }} functions {FUNCTION} constructor {FUNCTION} }}
  asInterface {{ description sourceModuleName functions {FUNCTION} }}
  asEnum {{ description sourceModuleName members {{ name value description }} }}
  asInput {{ name fields {{ name typeDef {REFERENCE} }} }}
  asScalar {{ name sourceModuleName }}
}} }}"""


@pytest.fixture(scope="module")
def types(dockwright: Run, folder: Path) -> list[dict[str, Any]]:
    """What a program sees where the module is served."""
    return data(dockwright, folder, TYPES)


@asserts(
    "Query.currentTypeDefs",
    "TypeDef.asObject",
    "ObjectTypeDef.sourceModuleName",
    "ObjectTypeDef.sourceMap",
    "ObjectTypeDef.fields",
    "ObjectTypeDef.constructor",
    "FieldTypeDef.description",
)
def test_objects_of_a_module(types: list[dict[str, Any]], folder: Path) -> None:
    """Objects have the names that the API gives them, their documentation, and where they are declared."""
    lines = (folder / "dagger" / "src" / "main.py").read_text().splitlines()
    report = named(types, "FaultsReport")["asObject"]
    assert (report["description"], report["sourceModuleName"]) == ("What came out.", "faults")
    assert report["sourceMap"]["module"] == "faults"
    assert report["sourceMap"]["filename"] == "src/main.py"
    assert "class Report" in "".join(lines[report["sourceMap"]["line"] - 2 : report["sourceMap"]["line"] + 1])
    (field,) = report["fields"]
    assert (field["name"], field["description"]) == ("lines", "What was found.")
    assert field["typeDef"]["asList"] == {"elementTypeDef": {"kind": "STRING_KIND", "name": "String"}}
    assert report["functions"] == []
    main = named(types, "Faults")["asObject"]
    assert [each["name"] for each in main["functions"]] == ["read", "lint", "shape", "seen", "place"]
    (level,) = main["constructor"]["args"]
    assert (level["name"], level["defaultValue"], level["typeDef"]["name"]) == ("level", '"LOW"', "FaultsLevel")


@asserts(
    "Function.sourceModuleName",
    "Function.deprecated",
    "Function.args",
    "FunctionArg.defaultPath",
    "FunctionArg.ignore",
    "FunctionArg.defaultAddress",
    "FunctionArg.defaultValue",
)
def test_functions_of_a_module(types: list[dict[str, Any]]) -> None:
    """Arguments have their defaults, and what the host fills in may be left out."""
    functions = {each["name"]: each for each in named(types, "Faults")["asObject"]["functions"]}
    read = functions["read"]
    assert (read["description"], read["deprecated"]) == ("Reads the files.", "use lint")
    assert read["sourceModuleName"] == "faults"
    assert read["returnType"] == {"kind": "OBJECT_KIND", "name": "FaultsReport", "optional": False, "asList": None}
    source, base, limit, note = read["args"]
    assert (source["name"], source["description"]) == ("source", "Where to look.")
    assert (source["defaultPath"], source["ignore"], source["typeDef"]["optional"]) == ("/", ["*.md"], True)
    assert (base["defaultAddress"], base["typeDef"]["name"]) == ("alpine:3", "Container")
    assert (limit["defaultValue"], limit["typeDef"]["kind"]) == ("3", "INTEGER_KIND")
    assert (note["defaultValue"], note["typeDef"]["optional"]) == ("", True)
    assert functions["lint"]["returnType"] == {"kind": "VOID_KIND", "name": "Void", "optional": True, "asList": None}
    assert functions["shape"]["returnType"]["kind"] == "INTERFACE_KIND"


@asserts("InterfaceTypeDef.sourceModuleName", "EnumTypeDef.sourceModuleName", "InterfaceTypeDef.functions")
def test_interfaces_and_enums_of_a_module(types: list[dict[str, Any]]) -> None:
    """They carry the module's name and documentation too."""
    shape = named(types, "FaultsShape")["asInterface"]
    assert (shape["description"], shape["sourceModuleName"]) == ("Has an area.", "faults")
    (area,) = shape["functions"]
    assert (area["returnType"]["kind"], area["args"][0]["name"]) == ("FLOAT_KIND", "scale")
    level = named(types, "FaultsLevel")["asEnum"]
    assert (level["description"], level["sourceModuleName"]) == ("How bad.", "faults")
    members = [(each["name"], each["value"]) for each in level["members"]]
    assert members == [("LOW", "low"), ("HIGH", "high")]


@asserts(
    "Query.currentTypeDefs",
    "TypeDef.asInput",
    "InputTypeDef.name",
    "InputTypeDef.fields",
    "ScalarTypeDef.sourceModuleName",
)
def test_core_types(session: Session, types: list[dict[str, Any]]) -> None:
    """The core API's own types are there with and without a module; objects are named where the wire has their IDs."""
    alone = session.query(TYPES)["currentTypeDefs"]
    core = [each for each in types if each["name"] != "Query" and not each["name"].startswith("Faults")]
    assert [each for each in alone if each["name"] != "Query"] == core
    container = named(alone, "Container")["asObject"]
    assert container["sourceModuleName"] == ""
    functions = {each["name"]: each for each in container["functions"]}
    assert "id" not in functions
    (path, source, *_) = functions["withDirectory"]["args"]
    assert (path["typeDef"]["kind"], path["typeDef"]["optional"]) == ("STRING_KIND", False)
    assert (source["name"], source["typeDef"]["kind"], source["typeDef"]["name"]) == (
        "source",
        "OBJECT_KIND",
        "Directory",
    )
    ports = named(alone, "PortForward")["asInput"]
    assert ports["name"] == "PortForward"
    assert {each["name"]: each["typeDef"]["optional"] for each in ports["fields"]} == {
        "frontend": True,
        "backend": False,
        "protocol": True,
    }
    assert named(alone, "Platform")["asScalar"] == {"name": "Platform", "sourceModuleName": ""}


@asserts("Query.currentTypeDefs")
def test_query_and_what_is_only_referred_to(dockwright: Run, folder: Path) -> None:
    """`hideCore` leaves the functions of `Query` that modules add; `returnAllTypes` adds texts, lists and the like."""
    reading = "{ kind name asObject { functions { name sourceModuleName } } }"
    shown, hidden, everything = (
        answer["data"]["currentTypeDefs"]
        for answer in answers(
            dockwright,
            folder,
            f"{{ currentTypeDefs {reading} }}",
            f"{{ currentTypeDefs(hideCore: true) {reading} }}",
            f"{{ currentTypeDefs(returnAllTypes: true) {reading} }}",
        )
    )
    functions = {each["name"]: each["sourceModuleName"] for each in named(shown, "Query")["asObject"]["functions"]}
    assert functions["faults"] == "faults"
    assert functions["container"] == ""
    assert not any(name.startswith("load") for name in functions)
    assert named(hidden, "Query")["asObject"]["functions"] == [{"name": "faults", "sourceModuleName": "faults"}]
    assert named(hidden, "Container") == named(shown, "Container")
    added = [each for each in everything if each not in shown]
    assert everything[: len(shown)] == shown
    assert {"String", "Int", "[String]", "Void"} <= {each["name"] for each in added}
    assert not {each["name"] for each in added} & {each["name"] for each in shown}


@asserts("Query.currentTypeDefs", "SourceMap.module")
def test_inside_of_a_module(dockwright: Run, folder: Path) -> None:
    """Its code sees the core, itself and what it depends on; a place that it makes is its own."""
    seen = data(dockwright, folder, "{ faults { seen place } }")
    assert seen["place"] == "faults"
    assert {"Container", "Query", "Faults", "FaultsReport", "FaultsShape", "FaultsLevel"} <= set(seen["seen"])


@asserts(
    "Query.module",
    "Module.name",
    "Module.description",
    "Module.withDescription",
    "Module.withObject",
    "Module.withInterface",
    "Module.withEnum",
    "Module.objects",
    "Module.interfaces",
    "Module.enums",
)
def test_a_module_is_put_together(session: Session) -> None:
    """It has what was added, each type once, and nothing of a loaded one."""
    definitions = {
        "object": session.get('typeDef.withObject(name: "Report").id'),
        "iface": session.get('typeDef.withInterface(name: "Shape").id'),
        "enum": session.get('typeDef.withEnum(name: "Level").withEnumMember(name: "LOW").id'),
    }
    chain = (
        'module.withDescription(description: "Mine.").withObject(object: $object).withInterface(iface: $iface)'
        ".withEnum(enum: $enum)"
    )
    told = session.get(
        chain + " { name description objects { name } interfaces { asInterface { name } } enums { asEnum { name"
        " members { name } } } dependencies { name } sdk { source } runtime { id } }",
        **definitions,
    )
    assert told == {
        "name": "",
        "description": "Mine.",
        "objects": [{"name": "Report"}],
        "interfaces": [{"asInterface": {"name": "Shape"}}],
        "enums": [{"asEnum": {"name": "Level", "members": [{"name": "LOW"}]}}],
        "dependencies": [],
        "sdk": None,
        "runtime": None,
    }
    with pytest.raises(QueryError, match="the module has a type `Report` already"):
        session.get(chain + ".withObject(object: $object).name", **definitions)
    with pytest.raises(QueryError, match="withEnum takes an enum; this type has OBJECT_KIND"):
        session.get("module.withEnum(enum: $object).name", **definitions)
    with pytest.raises(QueryError, match="a module that was put together has no code"):
        session.get("module.serve")


MARKS = """{ __type(name: "Faults") {
  directives { name args { name value } }
  fields(includeDeprecated: true) {
    name directives { name args { name value } } args { name directives { name args { value } } }
  }
} }"""


def test_marks_in_the_schema(dockwright: Run, folder: Path) -> None:
    """Generators of clients read what functions are from applied directives."""
    told = data(dockwright, folder, MARKS)
    fields = {each["name"]: {mark["name"]: mark["args"] for mark in each["directives"]} for each in told["fields"]}
    place = {each["name"]: each["value"] for each in told["directives"][0]["args"]}
    assert told["directives"][0]["name"] == "sourceMap"
    assert (place["module"], place["filename"]) == ('"faults"', '"src/main.py"')
    assert set(fields["lint"]) == {"check", "sourceMap"}
    assert fields["read"]["cache"] == [{"name": "policy", "value": "Default"}, {"name": "ttl", "value": '"10m"'}]
    assert fields["read"]["deprecated"] == [{"name": "reason", "value": '"use lint"'}]
    (read,) = [each for each in told["fields"] if each["name"] == "read"]
    source = read["args"][0]["directives"]
    assert {each["name"]: each["args"] for each in source} == {
        "defaultPath": [{"value": '"/"'}],
        "expectedType": [{"value": '"Directory"'}],
        "ignorePatterns": [{"value": '["*.md"]'}],
    }


def test_core_marks_in_the_schema(session: Session) -> None:
    """So are the core's own: what may change, and which arguments are not to be used any more."""
    told = session.get('__type(name: "Query") { fields { name directives { name } args { name isDeprecated } } }')
    fields = {each["name"]: each for each in told["fields"]}
    assert [each["name"] for each in fields["currentWorkspace"]["directives"]] == ["experimental"]
    assert {each["name"]: each["isDeprecated"] for each in fields["git"]["args"]}["keepGitDir"] is True
