"""TypeDef and the types that say what a type is made of, put together by a client. No engine is needed."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import QueryError, Session, asserts
from scratch import NO_DOCKER, environment


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(tmp_path_factory.mktemp("typedef"), environment(NO_DOCKER)) as session:
        yield session


def kind(session: Session, name: str) -> str:
    """Give the ID of a type of that kind."""
    return session.get(f"typeDef.withKind(kind: {name}).id")


def function(session: Session, name: str) -> str:
    """Give the ID of a function that returns a text."""
    return session.get(f'function(name: "{name}", returnType: $type).id', type=kind(session, "STRING_KIND"))


def source_map(session: Session, line: int) -> str:
    """Give the ID of a place."""
    return session.get(f'sourceMap(filename: "main.py", line: {line}, column: 2).id')


KINDS = {"STRING": "String", "INTEGER": "Int", "FLOAT": "Float", "BOOLEAN": "Boolean", "VOID": "Void"}


@asserts("Query.typeDef", "TypeDef.withKind", "TypeDef.kind", "TypeDef.name")
def test_kinds(session: Session) -> None:
    """Both spellings of a kind are taken, also as text; the answer is the older one, which all clients know."""
    for short, name in KINDS.items():
        for spelling in (short, f"{short}_KIND", f'"{short}"'):
            told = session.get(f"typeDef.withKind(kind: {spelling}) {{ kind name asObject {{ name }} }}")
            assert told == {"kind": f"{short}_KIND", "name": name, "asObject": None}
    with pytest.raises(QueryError, match="value should be one of STRING_KIND"):
        session.get("typeDef.withKind(kind: NOTHING).kind")
    with pytest.raises(QueryError, match="the type has no kind yet"):
        session.get("typeDef.kind")
    assert session.get("typeDef.name") == ""


@asserts("TypeDef.withOptional", "TypeDef.optional")
def test_optional(session: Session) -> None:
    """Null is no value unless that is said; what is said stays when the kind is told later."""
    chain = "typeDef.withKind(kind: STRING_KIND)"
    assert session.get(f"{chain}.optional") is False
    assert session.get(f"{chain}.withOptional(optional: true).optional") is True
    assert session.get(f"{chain}.withOptional(optional: true).withOptional(optional: false).optional") is False
    assert session.get("typeDef.withOptional(optional: true).withKind(kind: VOID_KIND) { kind optional }") == {
        "kind": "VOID_KIND",
        "optional": True,
    }


@asserts("TypeDef.withListOf", "TypeDef.asList", "ListTypeDef.elementTypeDef")
def test_lists(session: Session) -> None:
    """A list knows its elements, however deep; its name says whether they may be null."""
    text = session.get("typeDef.withKind(kind: STRING_KIND).withOptional(optional: true).id")
    inner = session.get("typeDef.withListOf(elementType: $type).id", type=text)
    told = session.get(
        "typeDef.withListOf(elementType: $type)"
        " { kind name asList { elementTypeDef { kind asList { elementTypeDef { kind optional asList { id } } } } } }",
        type=inner,
    )
    assert told == {
        "kind": "LIST_KIND",
        "name": "[[String?]]",
        "asList": {
            "elementTypeDef": {
                "kind": "LIST_KIND",
                "asList": {"elementTypeDef": {"kind": "STRING_KIND", "optional": True, "asList": None}},
            }
        },
    }


@asserts("TypeDef.withScalar", "TypeDef.asScalar", "ScalarTypeDef.name", "ScalarTypeDef.description")
def test_scalars(session: Session) -> None:
    """A scalar has a name and a description."""
    told = session.get(
        'typeDef.withScalar(name: "JSON", description: "Any value.") { kind asScalar { name description } }'
    )
    assert told == {"kind": "SCALAR_KIND", "asScalar": {"name": "JSON", "description": "Any value."}}


@asserts(
    "TypeDef.withObject",
    "TypeDef.asObject",
    "ObjectTypeDef.name",
    "ObjectTypeDef.description",
    "ObjectTypeDef.deprecated",
    "ObjectTypeDef.sourceMap",
    "TypeDef.withFunction",
    "ObjectTypeDef.functions",
    "TypeDef.withConstructor",
    "ObjectTypeDef.constructor",
    "TypeDef.withField",
    "ObjectTypeDef.fields",
    "FieldTypeDef.name",
    "FieldTypeDef.description",
    "FieldTypeDef.typeDef",
    "FieldTypeDef.deprecated",
    "FieldTypeDef.sourceMap",
)
def test_objects(session: Session) -> None:
    """An object has fields, functions and a constructor, named as the API names things, in the order of the calls."""
    text, number = kind(session, "STRING_KIND"), kind(session, "INTEGER_KIND")
    chain = (
        'typeDef.withObject(name: "my_report", description: "What came out.", deprecated: "use Summary",'
        ' sourceMap: $at).withField(name: "line_count", typeDef: $number, description: "How many.",'
        ' deprecated: "count", sourceMap: $field)'
        '.withField(name: "text", typeDef: $text)'
        ".withFunction(function: $first).withFunction(function: $second).withConstructor(function: $new)"
    )
    values: dict[str, Any] = {
        "number": number,
        "text": text,
        "at": source_map(session, 3),
        "field": source_map(session, 5),
        "first": function(session, "as_html"),
        "second": function(session, "lines"),
        "new": function(session, ""),
    }
    told = session.get(
        chain + ".asObject { name description deprecated sourceMap { filename line column }"
        " fields { name description deprecated typeDef { kind } sourceMap { line } }"
        " functions { name returnType { kind } } constructor { name } }",
        **values,
    )
    assert told == {
        "name": "MyReport",
        "description": "What came out.",
        "deprecated": "use Summary",
        "sourceMap": {"filename": "main.py", "line": 3, "column": 2},
        "fields": [
            {
                "name": "lineCount",
                "description": "How many.",
                "deprecated": "count",
                "typeDef": {"kind": "INTEGER_KIND"},
                "sourceMap": {"line": 5},
            },
            {
                "name": "text",
                "description": "",
                "deprecated": None,
                "typeDef": {"kind": "STRING_KIND"},
                "sourceMap": None,
            },
        ],
        "functions": [
            {"name": "asHtml", "returnType": {"kind": "STRING_KIND"}},
            {"name": "lines", "returnType": {"kind": "STRING_KIND"}},
        ],
        "constructor": {"name": ""},
    }
    plain = session.get(
        'typeDef.withObject(name: "Plain").asObject'
        " { deprecated constructor { name } sourceMap { line } fields { name } }"
    )
    assert plain == {"deprecated": None, "constructor": None, "sourceMap": None, "fields": []}
    for again in (".withFunction(function: $first).kind", '.withField(name: "lines", typeDef: $text).kind'):
        with pytest.raises(QueryError, match=r"`MyReport` has `(asHtml|lines)` already"):
            session.get(chain + again, **values)
    with pytest.raises(QueryError, match="an object needs a name"):
        session.get('typeDef.withObject(name: "").kind')


@asserts("TypeDef.withFunction", "TypeDef.withField", "TypeDef.withConstructor", "TypeDef.withEnumMember")
def test_what_a_kind_has_no_place_for(session: Session) -> None:
    """Fields, functions and members are refused where the type has none."""
    chain, first = "typeDef.withKind(kind: STRING_KIND)", function(session, "first")
    with pytest.raises(QueryError, match="a function belongs to an object or an interface; this type has STRING_KIND"):
        session.get(f"{chain}.withFunction(function: $f).kind", f=first)
    with pytest.raises(QueryError, match="a constructor belongs to an object; this type has INTERFACE_KIND"):
        session.get('typeDef.withInterface(name: "I").withConstructor(function: $f).kind', f=first)
    with pytest.raises(QueryError, match="a field belongs to an object; this type has no kind yet"):
        session.get('typeDef.withField(name: "f", typeDef: $t).kind', t=kind(session, "STRING_KIND"))
    with pytest.raises(QueryError, match="a member belongs to an enum; this type has STRING_KIND"):
        session.get(f'{chain}.withEnumMember(name: "A").kind')
    with pytest.raises(QueryError, match="is a TypeDef, but a Function is needed"):
        session.get('typeDef.withObject(name: "O").withFunction(function: $f).kind', f=kind(session, "STRING_KIND"))


@asserts(
    "TypeDef.withInterface",
    "TypeDef.asInterface",
    "InterfaceTypeDef.name",
    "InterfaceTypeDef.description",
    "InterfaceTypeDef.functions",
    "InterfaceTypeDef.sourceMap",
)
def test_interfaces(session: Session) -> None:
    """An interface has functions."""
    told = session.get(
        'typeDef.withInterface(name: "Shape", description: "Has an area.", sourceMap: $at).withFunction(function: $f)'
        " { kind name asInterface { name description functions { name } sourceMap { line } } asObject { name } }",
        at=source_map(session, 8),
        f=function(session, "area"),
    )
    assert told == {
        "kind": "INTERFACE_KIND",
        "name": "Shape",
        "asInterface": {
            "name": "Shape",
            "description": "Has an area.",
            "functions": [{"name": "area"}],
            "sourceMap": {"line": 8},
        },
        "asObject": None,
    }


@asserts(
    "TypeDef.withEnum",
    "TypeDef.withEnumMember",
    "TypeDef.withEnumValue",
    "TypeDef.asEnum",
    "EnumTypeDef.name",
    "EnumTypeDef.description",
    "EnumTypeDef.members",
    "EnumTypeDef.values",
    "EnumTypeDef.sourceMap",
    "EnumValueTypeDef.name",
    "EnumValueTypeDef.value",
    "EnumValueTypeDef.description",
    "EnumValueTypeDef.deprecated",
    "EnumValueTypeDef.sourceMap",
)
def test_enums(session: Session) -> None:
    """Members have a name and a value; in the older form the value is the name. Both readers give the same."""
    member = "{ name value description deprecated sourceMap { line } }"
    chain = (
        'typeDef.withEnum(name: "Level", description: "How much.", sourceMap: $at)'
        '.withEnumMember(name: "LOW", value: "low", description: "Little.", deprecated: "never", sourceMap: $member)'
        '.withEnumMember(name: "HIGH").withEnumValue(value: "OLD")'
    )
    places = {"at": source_map(session, 1), "member": source_map(session, 2)}
    told = session.get(
        chain + f".asEnum {{ name description sourceMap {{ line }} members {member} values {member} }}", **places
    )
    members = [
        {"name": "LOW", "value": "low", "description": "Little.", "deprecated": "never", "sourceMap": {"line": 2}},
        {"name": "HIGH", "value": "HIGH", "description": "", "deprecated": None, "sourceMap": None},
        {"name": "OLD", "value": "OLD", "description": "", "deprecated": None, "sourceMap": None},
    ]
    assert told == {
        "name": "Level",
        "description": "How much.",
        "sourceMap": {"line": 1},
        "members": members,
        "values": members,
    }
    with pytest.raises(QueryError, match="`Level` has `HIGH` already"):
        session.get(chain + '.withEnumMember(name: "HIGH").kind', **places)
    with pytest.raises(QueryError, match="`no name` cannot be the name of a member"):
        session.get('typeDef.withEnum(name: "Level").withEnumMember(name: "no name").kind')


@asserts(
    "Query.sourceMap",
    "SourceMap.module",
    "SourceMap.filename",
    "SourceMap.line",
    "SourceMap.column",
    "SourceMap.url",
)
def test_source_maps(session: Session) -> None:
    """A place outside of a module has no module and no page."""
    told = session.get('sourceMap(filename: "src/main.py", line: 7, column: 3) { module filename line column url }')
    assert told == {"module": "", "filename": "src/main.py", "line": 7, "column": 3, "url": ""}


def test_ids_lead_back(session: Session) -> None:
    """Whatever is read of a definition has an ID that loads it, with `node` and with the older loaders."""
    chain = 'typeDef.withObject(name: "O").withFunction(function: $f)'
    told = session.get(chain + " { id asObject { id functions { id returnType { id } } } }", f=function(session, "run"))
    made = told["asObject"]
    run = made["functions"][0]
    for name, identifier, field, expected in [
        ("TypeDef", told["id"], "kind", "OBJECT_KIND"),
        ("ObjectTypeDef", made["id"], "name", "O"),
        ("Function", run["id"], "name", "run"),
        ("TypeDef", run["returnType"]["id"], "kind", "STRING_KIND"),
        ("SourceMap", source_map(session, 4), "line", 4),
    ]:
        assert session.get(f"load{name}FromID(id: $id).{field}", id=identifier) == expected
        found = session.query(f"query($id: ID!) {{ node(id: $id) {{ ... on {name} {{ {field} }} }} }}", id=identifier)
        assert found == {"node": {field: expected}}
    again = session.get(f"{chain}.asObject.id", f=function(session, "run"))
    assert again == made["id"]
