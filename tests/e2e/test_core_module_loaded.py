"""`Module` of a module that a client loads: what it offers, and serving it. No engine is needed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from graphql import QueryError, Session, asserts
from graphs import write
from scratch import NO_DOCKER, environment
from served import answers

LINT = '''
    """Checks texts."""

    from dagger import field, function, object_type


    @object_type
    class Report:
        lines: list[str] = field()


    @object_type
    class Lint:
        """Checks."""

        @function
        def report(self, text: str) -> Report:
            return Report(lines=[text.upper()])
'''

CI = '''
    """Builds."""

    from dagger import dag, function, object_type


    @object_type
    class Ci:
        @function
        async def run(self) -> list[str]:
            return await dag.lint().report("from ci").lines()

        @function
        async def names(self) -> list[str]:
            return [await each.name() for each in await dag.current_module().dependencies()]

        @function
        async def serve_it(self) -> str:
            (lint,) = await dag.current_module().dependencies()
            await lint.serve()
            return "served"
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with `ci`, which depends on `lint`."""
    write(tmp_path / "lint", "lint", "python", LINT)
    write(tmp_path / "ci", "ci", "python", CI, ["../lint"])
    return tmp_path


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    """A session that serves no module."""
    with Session(folder, environment(NO_DOCKER)) as session:
        yield session


MODULE = 'moduleSource(refString: "ci").asModule'


@asserts(
    "Module.name",
    "Module.description",
    "Module.objects",
    "Module.dependencies",
    "Module.sdk",
    "Module.runtime",
    "Module.sync",
    "SDKConfig.source",
)
def test_a_loaded_module_is_read(session: Session) -> None:
    """It has the module's own names; so have those that it depends on."""
    told = session.get(
        MODULE + " { name description objects { name asObject { sourceModuleName functions { name } } }"
        " interfaces { name } enums { name } sdk { source debug } runtime { id }"
        " dependencies { name description objects { name } } }"
    )
    assert told == {
        "name": "ci",
        "description": "Builds.",
        "objects": [
            {
                "name": "Ci",
                "asObject": {
                    "sourceModuleName": "ci",
                    "functions": [{"name": "run"}, {"name": "names"}, {"name": "serveIt"}],
                },
            }
        ],
        "interfaces": [],
        "enums": [],
        "sdk": {"source": "python", "debug": False},
        "runtime": None,
        "dependencies": [
            {"name": "lint", "description": "Checks texts.", "objects": [{"name": "LintReport"}, {"name": "Lint"}]}
        ],
    }
    identifier = session.get(f"{MODULE}.sync")
    assert session.get("loadModuleFromID(id: $id).name", id=identifier) == "ci"
    loaded = session.query("query($id: ID!) { node(id: $id) { ... on Module { name } } }", id=identifier)
    assert loaded == {"node": {"name": "ci"}}


@asserts("Module.withObject", "Module.withDescription", "Module.objects")
def test_what_is_added_is_not_part_of_the_loaded_one(session: Session) -> None:
    """A changed description or one more type makes another module, which has no code."""
    extra = session.get('typeDef.withObject(name: "Extra").id')
    chain = f'{MODULE}.withDescription(description: "Other.").withObject(object: $extra)'
    told = session.get(chain + " { name description objects { name } }", extra=extra)
    assert told == {"name": "ci", "description": "Other.", "objects": [{"name": "Ci"}, {"name": "Extra"}]}
    assert session.get(f"{MODULE}.description") == "Builds."
    with pytest.raises(QueryError, match="a module that was put together has no code"):
        session.get(f"{chain}.serve", extra=extra)


@asserts("Module.serve")
def test_a_served_module_is_called(session: Session) -> None:
    """Its functions are part of the API from then on, its dependencies' only when they are asked for."""
    with pytest.raises(QueryError, match="`Query` has no field `ci`"):
        session.get("ci.run")
    assert session.get(f"{MODULE}.serve") is None
    assert session.get("ci.run") == ["FROM CI"]
    assert session.get(f"{MODULE}.serve") is None
    names = [each["name"] for each in session.get("currentTypeDefs(hideCore: true) { name }")]
    assert names.count("Ci") == 1
    assert "Lint" not in names
    with pytest.raises(QueryError, match="`Query` has no field `lint`"):
        session.get('lint.report(text: "x").lines')
    session.get(f"{MODULE}.serve(includeDependencies: true)")
    assert session.get('lint.report(text: "x").lines') == ["X"]
    report = session.get('lint.report(text: "x").id')
    assert session.get("loadLintReportFromID(id: $id).lines", id=report) == ["X"]


@asserts("Module.serve")
def test_what_cannot_be_served(session: Session, folder: Path) -> None:
    """A name that is taken, and functions on `Query` itself."""
    with pytest.raises(QueryError, match="`entrypoint` is not supported"):
        session.get(f"{MODULE}.serve(entrypoint: true)")
    write(folder / "other", "ci", "python", CI.replace("Builds.", "Others."), ["../lint"])
    session.get(f"{MODULE}.serve")
    with pytest.raises(QueryError, match="`ci` is already the name of"):
        session.get('moduleSource(refString: "other").asModule.serve')
    assert session.get("ci.run") == ["FROM CI"]


@asserts("Module.serve", "Module.name")
def test_a_module_changes_nothing_of_what_others_see(dockwright: Run, folder: Path) -> None:
    """Its code reads what it depends on, and serves nothing."""
    names, served = answers(dockwright, folder / "ci", "{ ci { names } }", "{ ci { serveIt } }")
    assert names["data"] == {"ci": {"names": ["lint"]}}
    (error,) = served["errors"]
    assert "Module.serve is not available to a module" in error["message"]


@asserts("Module.introspectionSchemaJSON")
@pytest.mark.usefixtures("docker")
def test_the_schema_that_its_code_sees(folder: Path) -> None:
    """Generators read it from a file: the core API and what the module depends on, with marks."""
    with Session(folder) as session:
        told = json.loads(session.get(f"{MODULE}.introspectionSchemaJSON.contents"))
    types = {each["name"]: each for each in told["__schema"]["types"]}
    assert {"Container", "Lint", "LintReport"} <= set(types)
    query = {each["name"]: each for each in types["Query"]["fields"]}
    assert query["lint"]["type"]["ofType"]["name"] == "Lint"
    (report,) = [each for each in types["Lint"]["fields"] if each["name"] == "report"]
    assert [each["name"] for each in report["directives"]] == ["sourceMap"]
    assert told["__schemaVersion"]
