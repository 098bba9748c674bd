"""Documents that the client sends, and what it makes of the answers."""

from __future__ import annotations

import asyncio
import json

import pytest

import dagger
from dagger import dag
from dagger.client import transport


def sent(api, run, awaitable) -> list[str]:
    run(awaitable)
    return api.documents


def test_a_chain_is_one_document(api, run):
    api.on("stdout", {"container": {"from": {"withExec": {"stdout": "hello"}}}})
    text = run(dag.container().from_("alpine").with_exec(["echo", 'a "b"']).stdout())
    assert text == "hello"
    assert api.documents == ['{container{from(address: "alpine"){withExec(args: ["echo", "a \\"b\\""]){stdout}}}}']


def test_defaults_and_none_are_not_sent(api, run):
    api.on("stdout", {"container": {"withExec": {"stdout": ""}}})
    same = dag.container().with_exec(["a"], expand=False, expect=dagger.ReturnType.SUCCESS, stdin=None)
    run(same.stdout())
    run(dag.container().with_exec(["b"], expand=True, expect=dagger.ReturnType.ANY).stdout())
    assert 'withExec(args: ["a"]){' in api.documents[0]
    assert 'withExec(args: ["b"], expect: ANY, expand: true){' in api.documents[1]


def test_objects_travel_as_ids_that_are_asked_for_together(api, run):
    api.on("directory{id}", {"directory": {"id": "Directory@1"}})
    api.on("cacheVolume", {"cacheVolume": {"id": "CacheVolume@1"}})
    api.on("sync", {"container": {"withDirectory": {"withMountedCache": {"sync": "Container@1"}}}})
    chain = dag.container().with_directory("/src", dag.directory()).with_mounted_cache("/c", dag.cache_volume("k"))
    container = run(chain.sync())
    assert sorted(api.documents[:2]) == ['{cacheVolume(key: "k"){id}}', "{directory{id}}"]
    assert 'source: "Directory@1"' in api.documents[2]
    assert 'cache: "CacheVolume@1"' in api.documents[2]
    assert run(container.id()) == "Container@1"
    assert len(api.documents) == 3, "the ID of a loaded object is known"


def test_an_id_is_asked_for_once(api, run):
    api.on("directory{id}", {"directory": {"id": "Directory@1"}})
    directory = dag.directory()
    assert run(directory.id()) == run(directory.id()) == "Directory@1"
    assert len(api.documents) == 1


def test_a_loaded_object_continues_at_its_node(api, run):
    api.on("node", {"node": {"entries": ["a", "b"]}})
    directory = dag.load_directory_from_id(dagger.DirectoryID("Directory@1"))
    assert run(directory.entries()) == ["a", "b"]
    assert api.documents == ['{node(id: "Directory@1"){... on Directory{entries}}}']


def test_lists_of_objects(api, run):
    api.on("envVariables{id}", {"container": {"envVariables": [{"id": "E@1"}, {"id": "E@2"}]}})
    api.on('E@1"){... on EnvVariable{name', {"node": {"name": "A"}})
    api.on('E@2"){... on EnvVariable{name', {"node": {"name": "B"}})

    async def names() -> list[str]:
        return [await each.name() for each in await dag.container().env_variables()]

    assert run(names()) == ["A", "B"]


def test_awaiting_an_object_syncs_it(api, run):
    api.on("sync", {"container": {"sync": "Container@9"}})

    async def main() -> dagger.Container:
        return await dag.container()

    assert run(run_id(main)) == "Container@9"


async def run_id(main):
    return await (await main()).id()


def test_enums_inputs_and_null(api, run):
    api.on("{protocol}", {"node": {"protocol": "UDP"}})
    assert run(dag.load_port_from_id("P").protocol()) is dagger.NetworkProtocol.UDP
    api.on("envVariable", {"container": {"envVariable": None}})
    assert run(dag.container().env_variable("X")) is None
    api.on("host", {"host": {"service": {"id": "S"}}})
    run(dag.host().service([dagger.PortForward(backend=80, frontend=8080)]).id())
    assert "ports: [{backend: 80, frontend: 8080, protocol: TCP}]" in api.documents[-1]


def test_enum_aliases_are_the_same_member():
    assert dagger.TypeDefKind.STRING is dagger.TypeDefKind.STRING_KIND
    assert dagger.FileType["REGULAR_TYPE"] is dagger.FileType.REGULAR


def test_void_and_with(api, run):
    api.on("prune", {"engine": {"localCache": {"prune": None}}})
    assert run(dag.engine().local_cache().prune()) is None

    def tool(container: dagger.Container) -> dagger.Container:
        return container.with_exec(["tool"])

    api.on("stdout", {"container": {"withExec": {"stdout": "x"}}})
    assert run(dag.container().with_(tool).stdout()) == "x"


def test_exec_errors_have_their_parts(api, run):
    api.fail(
        "stdout",
        message="exit code: 3",
        path=["container", "stdout"],
        extensions={"_type": "EXEC_ERROR", "cmd": ["sh"], "exitCode": 3, "stdout": "out", "stderr": "err"},
    )
    with pytest.raises(dagger.ExecError) as caught:
        run(dag.container().stdout())
    error = caught.value
    assert (error.command, error.exit_code, error.stdout, error.stderr) == (["sh"], 3, "out", "err")
    assert error.message == "exit code: 3"
    assert isinstance(error, dagger.QueryError)
    assert error.errors[0].path == ["container", "stdout"]


def test_other_errors(api, run):
    api.fail("version", message="no such thing")
    with pytest.raises(dagger.QueryError, match="no such thing") as caught:
        run(dag.version())
    assert not isinstance(caught.value, dagger.ExecError)
    assert caught.value.query == "{version}"


def test_values_that_cannot_be_sent(api, run):
    with pytest.raises(dagger.InvalidQueryError, match="type object cannot be sent"):
        run(dag.container().with_exec([object()]).stdout())  # type: ignore[list-item]
    assert api.documents == []


def test_an_answer_that_is_none():
    class Broken:
        async def execute(self, document: str) -> str:
            return json.dumps([document])

    previous = transport.install(Broken())
    try:
        with pytest.raises(dagger.TransportError, match="no GraphQL response"):
            asyncio.run(dag.version())
    finally:
        transport.install(previous)


def test_without_a_host_it_says_so(run):
    with pytest.raises(dagger.ClientConnectionError, match="inside the functions of a module"):
        run(dag.version())
    with pytest.raises(dagger.ClientConnectionError, match="needs no connection"):
        run(dagger.connect())


def test_chains_compare_by_what_they_select():
    assert dag.container().from_("a") == dag.container().from_("a")
    assert dag.container().from_("a") != dag.container().from_("b")
    assert len({dag.container(), dag.container()}) == 1


def test_an_answer_that_does_not_fit(api, run):
    api.on("version", {"other": 1})
    with pytest.raises(dagger.TransportError, match="lacks 'version'"):
        run(dag.version())
