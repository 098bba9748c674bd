"""EnvFile and JSONValue: variables and JSON, without a container."""

import json
import os
from collections.abc import Iterator

import pytest
from graphql import QueryError, Session, asserts

pytestmark = pytest.mark.usefixtures("docker")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One session for the tests of this file."""
    folder = tmp_path_factory.mktemp("values")
    with Session(folder, {**os.environ, "CORE_TEST_HOME": "/home/me"}) as session:
        yield session


def env_file(text: str) -> str:
    """Give the chain of a file of variables."""
    return f'file(name: ".env", contents: {json.dumps(text)}).asEnvFile'


@asserts("Query.envFile", "EnvFile.withVariable", "EnvFile.withoutVariable", "EnvFile.exists", "EnvFile.asFile")
def test_env_file_is_built_up(session: Session) -> None:
    """A later value takes the place of an earlier one; the file has what is left."""
    chain = 'envFile.withVariable(name: "A", value: "1").withVariable(name: "B", value: "$A")'
    chain += '.withVariable(name: "A", value: "2")'
    assert session.get(f"{chain}.asFile.contents") == "A=2\nB=$A\n"
    assert session.get(f"{chain}.asFile.name") == ".env"
    assert session.get(f'{chain}.withoutVariable(name: "A").asFile.contents') == "B=$A\n"
    assert session.get(f'{chain}.exists(name: "B")') is True
    assert session.get(f'{chain}.exists(name: "C")') is False


@asserts("File.asEnvFile", "EnvFile.get", "EnvFile.variables", "EnvVariable.name", "EnvVariable.value")
def test_env_file_is_evaluated(session: Session) -> None:
    """References are filled in from the file and the caller's environment; `raw` leaves them."""
    chain = env_file("# comment\nexport A=\"x $B\"\nB='$literal'\nHOME_OF_TEST=$CORE_TEST_HOME/x\n")
    assert session.get(f'{chain}.get(name: "A")') == "x $literal"
    assert session.get(f'{chain}.get(name: "A", raw: true)') == '"x $B"'
    assert session.get(f'{chain}.get(name: "HOME_OF_TEST")') == "/home/me/x"
    variables = session.get(f"{chain}.variables {{ name value }}")
    assert variables == [
        {"name": "A", "value": "x $literal"},
        {"name": "B", "value": "$literal"},
        {"name": "HOME_OF_TEST", "value": "/home/me/x"},
    ]
    with pytest.raises(QueryError, match="there is no variable `NOPE`"):
        session.get(f'{chain}.get(name: "NOPE")')
    with pytest.raises(QueryError, match="`NOPE_OF_TEST` is not set"):
        session.get(env_file("A=$NOPE_OF_TEST") + '.get(name: "A")')
    with pytest.raises(QueryError, match="refers to itself"):
        session.get(env_file("A=$B\nB=$A") + '.get(name: "A")')


@asserts("EnvFile.namespace")
def test_env_file_namespace(session: Session) -> None:
    """A namespace takes its variables by prefix, in any spelling, and still knows the others' values."""
    chain = env_file("my_app_token=1\nMY_APP_URL=$ROOT/x\nROOT=/r\n") + '.namespace(prefix: "my-app")'
    variables = session.get(f"{chain}.variables {{ name value }}")
    assert variables == [{"name": "URL", "value": "/r/x"}, {"name": "token", "value": "1"}]
    assert session.get(f'{chain}.exists(name: "ROOT")') is False


@asserts("Container.withEnvFileVariables")
def test_container_takes_an_env_file(session: Session) -> None:
    """The command sees the evaluated variables."""
    file = session.get(env_file('A=1\nB="$A 2"') + ".id")
    chain = 'container.from(address: "busybox").withEnvVariable(name: "A", value: "old")'
    chain += ".withEnvFileVariables(source: $file)"
    output = session.get(f'{chain}.withExec(args: ["sh", "-c", "echo $A:$B"]).stdout', file=file)
    assert output == "1:1 2\n"


@asserts(
    "Query.json",
    "JSONValue.withContents",
    "JSONValue.contents",
    "JSONValue.field",
    "JSONValue.fields",
    "JSONValue.asArray",
    "JSONValue.asString",
    "JSONValue.asInteger",
    "JSONValue.asBoolean",
)
def test_json_is_read(session: Session) -> None:
    """Values are found by path, told by type, and refused when they are of another type."""
    text = '{"b": {"c": [1, "two"]}, "a": true}'
    chain = f"json.withContents(contents: {json.dumps(text)})"
    assert session.get(f"{chain}.contents") == text
    assert session.get(f'{chain}.contents(pretty: true, indent: "  ")') == json.dumps(json.loads(text), indent=2)
    assert session.get(f"{chain}.fields") == ["b", "a"]
    assert session.get(f'{chain}.field(path: ["a"]).asBoolean') is True
    items = session.get(f'{chain}.field(path: ["b", "c"]).asArray {{ id contents }}')
    assert [item["contents"] for item in items] == ["1", '"two"']
    assert session.query("query($id: ID!) { node(id: $id) { ... on JSONValue { asInteger } } }", id=items[0]["id"]) == {
        "node": {"asInteger": 1}
    }
    assert session.query("query($id: ID!) { node(id: $id) { ... on JSONValue { asString } } }", id=items[1]["id"]) == {
        "node": {"asString": "two"}
    }
    with pytest.raises(QueryError, match="there is no field `x`; there are: c"):
        session.get(f'{chain}.field(path: ["b", "x"]).contents')
    with pytest.raises(QueryError, match="the value is an object, not a string"):
        session.get(f"{chain}.asString")
    with pytest.raises(QueryError, match="expected ident"):
        session.get('json.withContents(contents: "nonsense").contents')


@asserts("JSONValue.withField", "JSONValue.newString", "JSONValue.newInteger", "JSONValue.newBoolean", "File.asJSON")
def test_json_is_changed(session: Session) -> None:
    """Fields are set at a path; what is no object on the way becomes one."""
    text = session.get('json.newString(value: "x\\"y").id')
    number = session.get("json.newInteger(value: 7).id")
    truth = session.get("json.newBoolean(value: true).id")
    chain = 'file(name: "f.json", contents: "{\\"a\\": 1}").asJSON'
    changed = session.get(
        f'{chain}.withField(path: ["a", "b"], value: $text).withField(path: ["n"], value: $number)'
        '.withField(path: ["t"], value: $truth).contents',
        text=text,
        number=number,
        truth=truth,
    )
    assert json.loads(changed) == {"a": {"b": 'x"y'}, "n": 7, "t": True}
    with pytest.raises(QueryError, match=r"/f\.json"):
        session.get('file(name: "f.json", contents: "{").asJSON.contents')
