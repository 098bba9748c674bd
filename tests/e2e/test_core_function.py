"""Function and its arguments as a client puts them together, calls as module code sees them, errors, generated code."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from graphql import QueryError, Session, asserts
from scratch import NO_DOCKER, environment, write_go_module, write_module, write_typescript_module
from served import answers


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(tmp_path_factory.mktemp("function"), environment(NO_DOCKER)) as session:
        yield session


@pytest.fixture(scope="module")
def text(session: Session) -> str:
    """Give the ID of the type of texts."""
    return session.get("typeDef.withKind(kind: STRING_KIND).id")


@asserts(
    "Query.function",
    "Function.name",
    "Function.description",
    "Function.deprecated",
    "Function.returnType",
    "Function.sourceMap",
    "Function.withDescription",
    "Function.withDeprecated",
    "Function.withSourceMap",
)
def test_functions_are_put_together(session: Session, text: str) -> None:
    """The name is spelled as the API spells it; what is not said is empty."""
    chain = 'function(name: "build_all", returnType: $text)'
    reading = " { name description deprecated returnType { kind } args { name } sourceMap { filename line } }"
    assert session.get(chain + reading, text=text) == {
        "name": "buildAll",
        "description": "",
        "deprecated": None,
        "returnType": {"kind": "STRING_KIND"},
        "args": [],
        "sourceMap": None,
    }
    place = session.get('sourceMap(filename: "main.go", line: 12, column: 1).id')
    chain += (
        '.withDescription(description: "Builds.").withDeprecated(reason: "use build").withSourceMap(sourceMap: $at)'
    )
    told = session.get(chain + reading, text=text, at=place)
    assert (told["description"], told["deprecated"]) == ("Builds.", "use build")
    assert told["sourceMap"] == {"filename": "main.go", "line": 12}
    with pytest.raises(QueryError, match="but a TypeDef is needed"):
        session.get('function(name: "x", returnType: $id).name', id=place)


@asserts(
    "Function.withArg",
    "Function.args",
    "FunctionArg.name",
    "FunctionArg.description",
    "FunctionArg.typeDef",
    "FunctionArg.defaultValue",
    "FunctionArg.deprecated",
    "FunctionArg.sourceMap",
)
def test_arguments(session: Session, text: str) -> None:
    """Arguments keep their order; a default is JSON, sent as text or as the value."""
    place = session.get('sourceMap(filename: "main.go", line: 2, column: 9).id')
    chain = (
        'function(name: "f", returnType: $text)'
        '.withArg(name: "image_tag", typeDef: $text, description: "Which.", defaultValue: "\\"latest\\"",'
        ' deprecated: "use ref", sourceMap: $at)'
        '.withArg(name: "count", typeDef: $text, defaultValue: 3).withArg(name: "plain", typeDef: $text)'
    )
    told = session.get(
        chain + ".args { name description defaultValue deprecated typeDef { kind } sourceMap { column } }",
        text=text,
        at=place,
    )
    assert told == [
        {
            "name": "imageTag",
            "description": "Which.",
            "defaultValue": '"latest"',
            "deprecated": "use ref",
            "typeDef": {"kind": "STRING_KIND"},
            "sourceMap": {"column": 9},
        },
        {
            "name": "count",
            "description": "",
            "defaultValue": "3",
            "deprecated": None,
            "typeDef": {"kind": "STRING_KIND"},
            "sourceMap": None,
        },
        {
            "name": "plain",
            "description": "",
            "defaultValue": "",
            "deprecated": None,
            "typeDef": {"kind": "STRING_KIND"},
            "sourceMap": None,
        },
    ]
    with pytest.raises(QueryError, match="function `f` has an argument `plain` already"):
        session.get(chain + '.withArg(name: "plain", typeDef: $text).name', text=text, at=place)
    with pytest.raises(QueryError, match="default value of argument `x` is no JSON"):
        session.get(
            'function(name: "f", returnType: $text).withArg(name: "x", typeDef: $text, defaultValue: "{").name',
            text=text,
        )


@asserts("FunctionArg.defaultPath", "FunctionArg.ignore", "FunctionArg.defaultAddress")
def test_arguments_that_the_host_fills_in(session: Session, text: str) -> None:
    """Paths go with directories and files, addresses with containers; such an argument may be left out."""
    directory = session.get('typeDef.withObject(name: "Directory").id')
    container = session.get('typeDef.withObject(name: "Container").id')
    chain = 'function(name: "f", returnType: $text)'
    told = session.get(
        chain + '.withArg(name: "source", typeDef: $directory, defaultPath: "/", ignore: ["*.md", "!README.md"])'
        '.withArg(name: "base", typeDef: $container, defaultAddress: "alpine:3")'
        ".args { name defaultPath ignore defaultAddress typeDef { optional name } }",
        text=text,
        directory=directory,
        container=container,
    )
    assert told == [
        {
            "name": "source",
            "defaultPath": "/",
            "ignore": ["*.md", "!README.md"],
            "defaultAddress": "",
            "typeDef": {"optional": True, "name": "Directory"},
        },
        {
            "name": "base",
            "defaultPath": "",
            "ignore": [],
            "defaultAddress": "alpine:3",
            "typeDef": {"optional": True, "name": "Container"},
        },
    ]
    for wrong, message in [
        ('typeDef: $text, defaultPath: "."', "`defaultPath` is for arguments of type Directory, File"),
        ('typeDef: $container, ignore: ["x"]', "`ignore` is for arguments of type Directory"),
        ('typeDef: $directory, defaultAddress: "x"', "`defaultAddress` is for arguments of type Container"),
        ('typeDef: $directory, defaultPath: ".", defaultValue: "1"', "a default value or a default path or address"),
    ]:
        with pytest.raises(QueryError, match=message):
            session.get(
                chain + f'.withArg(name: "a", {wrong}).name', text=text, directory=directory, container=container
            )


@asserts("Function.withCachePolicy")
def test_cache_policies(session: Session, text: str) -> None:
    """A time goes with the default policy, and is between a second and a week."""
    chain = 'function(name: "f", returnType: $text)'
    for policy in ("Never", "PerSession", "Default", 'Default, timeToLive: "1h30m"', '"Never"'):
        assert session.get(f"{chain}.withCachePolicy(policy: {policy}).name", text=text) == "f"
    for policy, message in [
        ('Never, timeToLive: "1h"', "goes with the policy Default, not with Never"),
        ('Default, timeToLive: "8760h"', "between one second and seven days"),
        ('Default, timeToLive: "soon"', "`soon` is no time"),
        ("Sometimes", "value should be one of Default,PerSession,Never"),
    ]:
        with pytest.raises(QueryError, match=message):
            session.get(f"{chain}.withCachePolicy(policy: {policy}).name", text=text)


@asserts("Function.withCheck", "Function.withGenerator", "Function.withUp")
def test_marks(session: Session, text: str) -> None:
    """A marked function reads as before, and is another one."""
    chain = 'function(name: "f", returnType: $text)'
    plain = session.get(f"{chain} {{ id name returnType {{ kind }} }}", text=text)
    marked = [
        session.get(f"{chain}.{mark} {{ id name }}", text=text) for mark in ("withCheck", "withGenerator", "withUp")
    ]
    assert {each["name"] for each in marked} == {plain["name"]}
    assert len({plain["id"], *(each["id"] for each in marked)}) == 4


PYTHON = """
    import json

    import dagger
    from dagger import dag, field, function, object_type


    async def shown() -> str:
        call = dag.current_function_call()
        arguments = {await each.name(): json.loads(await each.value()) for each in await call.input_args()}
        parent = json.loads(await call.parent())
        return json.dumps([await call.parent_name(), await call.name(), parent, arguments])


    @object_type
    class Inner:
        depth: int = field(default=2)

        @function
        async def look(self) -> str:
            return await shown()


    @object_type
    class Faults:
        greeting: str = field(default="hi")

        @function
        async def look_around(self, user_name: str, files: dagger.Directory, limit: int = 3) -> str:
            return await shown()

        @function
        def inner(self) -> Inner:
            return Inner()

        @function
        async def answer(self) -> str:
            call = dag.current_function_call()
            await call.return_value(dagger.JSON('"first"'))
            await call.return_value(dagger.JSON('"set"'))
            return "returned"

        @function
        async def refuse(self) -> str:
            error = dag.error("it cannot be").with_value("reason", dagger.JSON('{"code": 7}'))
            await dag.current_function_call().return_error(error)
            return "returned"
"""


def shown(dockwright: Run, folder: Path, *arguments: str) -> list[object]:
    """Call a function that tells its call."""
    result = dockwright(str(folder), "call", *arguments, env=environment(NO_DOCKER))
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@asserts(
    "Query.currentFunctionCall",
    "FunctionCall.name",
    "FunctionCall.parentName",
    "FunctionCall.parent",
    "FunctionCall.inputArgs",
    "FunctionCallArgValue.name",
    "FunctionCallArgValue.value",
)
def test_a_function_sees_its_own_call(dockwright: Run, tmp_path: Path) -> None:
    """Names, the object's state and the arguments: what the caller gave, and defaults; core objects are IDs."""
    folder = write_module(tmp_path, PYTHON)
    parent_name, name, parent, given = shown(
        dockwright, folder, "--greeting=hello", "look-around", "--user-name=Ada", "--files=."
    )
    assert (parent_name, name, parent) == ("Faults", "lookAround", {"greeting": "hello"})
    assert isinstance(given, dict)
    assert given.pop("files").startswith("Directory@")
    assert given == {"userName": "Ada", "limit": 3}
    assert shown(dockwright, folder, "inner", "look") == ["Inner", "look", {"depth": 2}, {}]


@asserts("Query.currentFunctionCall")
def test_who_runs_for_no_call_has_none(session: Session) -> None:
    """A program is told so."""
    with pytest.raises(QueryError, match="there is no function call; only code that runs for one has one"):
        session.get("currentFunctionCall.name")


@asserts("FunctionCall.returnValue")
def test_a_result_that_is_set_is_the_result(dockwright: Run, tmp_path: Path) -> None:
    """Of several that the code set, the last one, whatever the function returned."""
    folder = write_module(tmp_path, PYTHON)
    result = dockwright(str(folder), "call", "answer", env=environment(NO_DOCKER))
    assert (result.returncode, result.stdout) == (0, "set"), result.stderr


@asserts("FunctionCall.returnError", "Query.error", "Error.withValue")
def test_an_error_that_is_set_fails_the_call(dockwright: Run, tmp_path: Path) -> None:
    """With its message, and its values as structured ones."""
    folder = write_module(tmp_path, PYTHON)
    result = dockwright(str(folder), "call", "refuse", env=environment(NO_DOCKER))
    assert (result.returncode, result.stdout) == (1, ""), result.stderr
    assert "it cannot be" in result.stderr
    (answer,) = answers(dockwright, folder, "{ faults { refuse } }")
    (error,) = answer["errors"]
    assert "it cannot be" in error["message"]
    assert error["extensions"]["reason"] == {"code": 7}


TYPESCRIPT = {
    "src/index.ts": """
    import { dag, func, object } from "@dagger.io/dagger"

    @object()
    export class Faults {
      @func()
      async look(name: string): Promise<string> {
        const call = dag.currentFunctionCall()
        const [argument] = await call.inputArgs()
        return `${await call.parentName()}.${await call.name()}(${await argument.name()}: ${await argument.value()})`
      }
    }
"""
}

GO = {
    "main.go": """
    package main

    import (
        "context"
        "fmt"
    )

    type Faults struct{}

    func (m *Faults) Look(ctx context.Context, name string) (string, error) {
        call := dag.CurrentFunctionCall()
        parent, err := call.ParentName(ctx)
        if err != nil {
            return "", err
        }
        function, err := call.Name(ctx)
        if err != nil {
            return "", err
        }
        arguments, err := call.InputArgs(ctx)
        if err != nil {
            return "", err
        }
        argument, err := arguments[0].Name(ctx)
        if err != nil {
            return "", err
        }
        value, err := arguments[0].Value(ctx)
        return fmt.Sprintf("%s.%s(%s: %s)", parent, function, argument, value), err
    }
"""
}


@asserts("Query.currentFunctionCall", "FunctionCall.inputArgs")
@pytest.mark.parametrize("language", ["typescript", "go"])
def test_every_language_sees_its_call(dockwright: Run, tmp_path: Path, language: str) -> None:
    """The same in the other languages."""
    folder = write_go_module(tmp_path, GO) if language == "go" else write_typescript_module(tmp_path, TYPESCRIPT)
    result = dockwright(str(folder), "call", "look", "--name=Ada", env=environment(NO_DOCKER))
    assert (result.returncode, result.stdout) == (0, 'Faults.look(name: "Ada")'), result.stderr


@asserts("Error.message", "Error.values", "ErrorValue.name", "ErrorValue.value", "Error.withValue")
def test_errors_have_values(session: Session) -> None:
    """Values are JSON, by name; a later one of a name takes the place of an earlier one."""
    chain = 'error(message: "broken").withValue(name: "a", value: "1").withValue(name: "b", value: "[\\"x\\"]")'
    told = session.get(chain + '.withValue(name: "a", value: "2") { message values { name value } }')
    assert told == {
        "message": "broken",
        "values": [{"name": "b", "value": '["x"]'}, {"name": "a", "value": "2"}],
    }
    with pytest.raises(QueryError, match="argument `value` is no JSON"):
        session.get('error(message: "x").withValue(name: "a", value: "nonsense").message')


@asserts(
    "Query.generatedCode",
    "GeneratedCode.code",
    "GeneratedCode.vcsGeneratedPaths",
    "GeneratedCode.vcsIgnoredPaths",
    "GeneratedCode.withVCSGeneratedPaths",
    "GeneratedCode.withVCSIgnoredPaths",
)
def test_generated_code(session: Session) -> None:
    """It is a directory, and what a version control system should know of it."""
    code = session.get('directory.withNewFile(path: "gen.py", contents: "x = 1").id')
    chain = "generatedCode(code: $code)"
    assert session.get(chain + " { vcsGeneratedPaths vcsIgnoredPaths }", code=code) == {
        "vcsGeneratedPaths": [],
        "vcsIgnoredPaths": [],
    }
    chain += '.withVCSGeneratedPaths(paths: ["gen.py", "gen/**"]).withVCSIgnoredPaths(paths: ["sdk"])'
    told = session.get(chain + " { vcsGeneratedPaths vcsIgnoredPaths code { id } }", code=code)
    assert told == {"vcsGeneratedPaths": ["gen.py", "gen/**"], "vcsIgnoredPaths": ["sdk"], "code": {"id": code}}
    with pytest.raises(QueryError, match="but a Directory is needed"):
        session.get("generatedCode(code: $code).vcsIgnoredPaths", code=session.get("container.id"))
