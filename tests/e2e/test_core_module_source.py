"""Sources of modules: what they are, how manifests are changed, and what is generated."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import QueryError, Session, asserts
from sources import CALLEE, CALLER, git, repository, write


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two modules, one of which uses the other, and with files that belong to neither."""
    return repository(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def session(root: Path) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(root) as session:
        yield session


@asserts(
    "Query.moduleSource",
    "ModuleSource.kind",
    "ModuleSource.asString",
    "ModuleSource.moduleName",
    "ModuleSource.moduleOriginalName",
    "ModuleSource.sourceRootSubpath",
    "ModuleSource.sourceSubpath",
    "ModuleSource.originalSubpath",
    "ModuleSource.configExists",
    "ModuleSource.engineVersion",
    "ModuleSource.localContextDirectoryPath",
    "ModuleSource.sdk",
    "SDKConfig.source",
    "SDKConfig.debug",
)
def test_local(session: Session, root: Path) -> None:
    """A module in a directory, also when a directory in it is named."""
    fields = (
        "kind asString moduleName moduleOriginalName sourceRootSubpath sourceSubpath originalSubpath configExists "
        "engineVersion localContextDirectoryPath sdk { source debug }"
    )
    assert session.query(f'{{ moduleSource(refString: "ci/dagger/src") {{ {fields} }} }}')["moduleSource"] == {
        "kind": "LOCAL_SOURCE",
        "asString": str(root / "ci"),
        "moduleName": "ci",
        "moduleOriginalName": "ci",
        "sourceRootSubpath": "ci",
        "sourceSubpath": "ci/dagger",
        "originalSubpath": "ci/dagger/src",
        "configExists": True,
        "engineVersion": "v0.20.0",
        "localContextDirectoryPath": str(root),
        "sdk": {"source": "python", "debug": False},
    }
    below = 'moduleSource(refString: "ci/dagger", disableFindUp: true)'
    assert session.get(f"{below}.configExists") is False
    assert session.get(f"{below}.sourceRootSubpath") == "ci/dagger"
    with pytest.raises(QueryError, match="is of the kind LOCAL_SOURCE, but GIT_SOURCE is required"):
        session.get('moduleSource(refString: "ci", requireKind: GIT_SOURCE).kind')
    with pytest.raises(QueryError, match="there is no directory"):
        session.get('moduleSource(refString: "nope").kind')
    assert session.get('moduleSource(refString: "nope", allowNotExists: true).configExists') is False


@asserts(
    "ModuleSource.kind",
    "ModuleSource.asString",
    "ModuleSource.commit",
    "ModuleSource.pin",
    "ModuleSource.version",
    "ModuleSource.cloneRef",
    "ModuleSource.repoRootPath",
    "ModuleSource.htmlURL",
    "ModuleSource.htmlRepoURL",
    "ModuleSource.sourceRootSubpath",
)
def test_git(session: Session, root: Path) -> None:
    """A module in a repository, at a version and at a pin."""
    commit = git(root, "rev-parse", "HEAD")
    url = f"file://{root}"
    fields = "kind asString commit pin version cloneRef repoRootPath htmlURL htmlRepoURL sourceRootSubpath moduleName"
    found = session.query(f'{{ moduleSource(refString: "{url}/lint@v1.0.0") {{ {fields} }} }}')["moduleSource"]
    expected = {
        "kind": "GIT_SOURCE",
        "asString": f"{url}/lint@v1.0.0",
        "commit": commit,
        "pin": commit,
        "version": "v1.0.0",
        "cloneRef": url,
        "repoRootPath": str(root).lstrip("/").removesuffix(".git"),
        "htmlURL": "",
        "htmlRepoURL": "",
        "sourceRootSubpath": "lint",
        "moduleName": "lint",
    }
    assert found == expected
    pinned = f'moduleSource(refString: "{url}/lint", refPin: "{commit}")'
    assert session.get(f"{pinned}.commit") == commit
    with pytest.raises(QueryError, match="in no directory of the caller's"):
        session.get(f"{pinned}.localContextDirectoryPath")
    with pytest.raises(QueryError, match="v9"):
        session.get(f'moduleSource(refString: "{url}/lint@v9.0.0").commit')


@asserts("ModuleSource.digest", "ModuleSource.sync")
def test_digest(session: Session) -> None:
    """The digest follows what decides how a module behaves."""
    ci = session.get('moduleSource(refString: "ci").digest')
    assert len(ci) == 64
    assert session.get('moduleSource(refString: "lint").digest') != ci
    assert session.get('moduleSource(refString: "ci").withName(name: "other").digest') != ci
    synced = session.get('moduleSource(refString: "ci").sync')
    loaded = session.query("query($id: ID!) { node(id: $id) { ... on ModuleSource { digest } } }", id=synced)
    assert loaded["node"]["digest"] == ci


@asserts("ModuleSource.contextDirectory", "ModuleSource.directory")
@pytest.mark.usefixtures("docker")
def test_files(session: Session) -> None:
    """The context has the files of the module and of those that it calls, and nothing else."""
    source = 'moduleSource(refString: "ci")'
    files = [path for path in session.get(f'{source}.contextDirectory.glob(pattern: "**")') if not path.endswith("/")]
    assert sorted(files) == [
        "ci/dagger.json",
        "ci/dagger/pyproject.toml",
        "ci/dagger/src/main.py",
        "data/words.txt",
        "lint/dagger.json",
        "lint/dagger/pyproject.toml",
        "lint/dagger/src/main.py",
    ]
    assert session.get(f'{source}.directory(path: "dagger/src").entries') == ["main.py"]
    with pytest.raises(QueryError, match="leads out of the directory"):
        session.get(f'{source}.directory(path: "../data").entries')
    more = f'{source}.withIncludes(patterns: ["../data/other"])'
    assert session.get(f'{more}.contextDirectory.directory(path: "data").entries') == ["other", "words.txt"]


@asserts("ModuleSource.asModule", "Module.source", "Module.serve")
def test_load(session: Session, root: Path) -> None:
    """A source is loaded with what it depends on, and can be served and called."""
    source = 'moduleSource(refString: "ci")'
    module = session.get(f"{source}.asModule{{ name dependencies {{ name }} source {{ moduleName }} }}")
    assert module == {"name": "ci", "dependencies": [{"name": "lint"}], "source": {"moduleName": "ci"}}
    with Session(root) as other:
        other.get(f"{source}.asModule.serve")
        assert other.get("ci.run") == "4"
    with pytest.raises(QueryError, match=r"it has no dagger\.json"):
        session.get('moduleSource(refString: "data").asModule.name')


@asserts(
    "ModuleSource.dependencies",
    "ModuleSource.withDependencies",
    "ModuleSource.withoutDependencies",
    "ModuleSource.moduleOriginalName",
)
def test_dependencies(session: Session, root: Path) -> None:
    """Dependencies are sources themselves; others can be added and taken away."""
    source = 'moduleSource(refString: "ci")'
    fields = "{ moduleName moduleOriginalName sourceRootSubpath kind }"
    lint = {"moduleName": "lint", "moduleOriginalName": "lint", "sourceRootSubpath": "lint", "kind": "LOCAL_SOURCE"}
    assert session.get(f"{source}.dependencies{fields}") == [lint]
    assert session.get(f'{source}.withoutDependencies(dependencies: ["lint"]).dependencies{fields}') == []
    with pytest.raises(QueryError, match="module `ci` names no `nope`; it names: lint"):
        session.get(f'{source}.withoutDependencies(dependencies: ["nope"]).moduleName')
    named = session.get('moduleSource(refString: "lint").withName(name: "checks").id')
    tagged = session.get(f'moduleSource(refString: "file://{root}/lint@v1.0.0").withName(name: "tagged").id')
    both = f"{source}.withDependencies(dependencies: {json.dumps([named, tagged])})"
    names = session.get(f"{both}.dependencies{{ moduleName moduleOriginalName kind }}")
    assert names == [
        {"moduleName": "checks", "moduleOriginalName": "lint", "kind": "LOCAL_SOURCE"},
        {"moduleName": "lint", "moduleOriginalName": "lint", "kind": "LOCAL_SOURCE"},
        {"moduleName": "tagged", "moduleOriginalName": "lint", "kind": "GIT_SOURCE"},
    ]
    manifest = json.loads(session.get(f'{both}.generatedContextDirectory.file(path: "ci/dagger.json").contents'))
    assert manifest["dependencies"] == [
        {"name": "checks", "source": "../lint"},
        {"name": "lint", "source": "../lint"},
        {"name": "tagged", "source": f"file://{root}/lint@v1.0.0", "pin": git(root, "rev-parse", "HEAD")},
    ]
    itself = session.get(f"{source}.id")
    with pytest.raises(QueryError, match="it is the same module"):
        session.get(f"{source}.withDependencies(dependencies: {json.dumps([itself])}).moduleName")


@asserts("ModuleSource.withUpdateDependencies")
def test_update(tmp_path: Path) -> None:
    """A version is looked up anew, or is another one."""
    write(tmp_path / "lib.git", "lint", CALLEE)
    git(tmp_path / "lib.git", "init", "--quiet", "--initial-branch=main", ".")
    commits = []
    for version in ("v1.0.0", "v2.0.0"):
        git(tmp_path / "lib.git", "add", "--all")
        git(tmp_path / "lib.git", "commit", "--quiet", "--allow-empty", "-m", version)
        git(tmp_path / "lib.git", "tag", version)
        commits.append(git(tmp_path / "lib.git", "rev-parse", "HEAD"))
    url = f"file://{tmp_path}/lib.git"
    write(tmp_path / "ci", "ci", CALLER, dependencies=[{"name": "lint", "source": f"{url}@main", "pin": commits[0]}])
    with Session(tmp_path) as session:
        source = 'moduleSource(refString: "ci")'
        assert session.get(f"{source}.dependencies{{ commit }}") == [{"commit": commits[0]}]
        for names in ("[]", '["lint"]'):
            updated = f"{source}.withUpdateDependencies(dependencies: {names})"
            assert session.get(f"{updated}.dependencies{{ commit version }}") == [
                {"commit": commits[1], "version": "main"}
            ]
        other = f'{source}.withUpdateDependencies(dependencies: ["lint@v1.0.0"])'
        assert session.get(f"{other}.dependencies{{ commit version }}") == [{"commit": commits[0], "version": "v1.0.0"}]
        with pytest.raises(QueryError, match="names no `nope`"):
            session.get(f'{source}.withUpdateDependencies(dependencies: ["nope"]).moduleName')


@asserts(
    "ModuleSource.toolchains",
    "ModuleSource.withToolchains",
    "ModuleSource.withoutToolchains",
    "ModuleSource.withUpdateToolchains",
    "ModuleSource.blueprint",
    "ModuleSource.withBlueprint",
    "ModuleSource.withoutBlueprint",
    "ModuleSource.withUpdateBlueprint",
)
def test_toolchains_and_blueprint(session: Session, root: Path) -> None:
    """Toolchains and the blueprint are named like dependencies."""
    source = 'moduleSource(refString: "ci")'
    git_lint = session.get(f'moduleSource(refString: "file://{root}/lint@v1.0.0").id')
    local_lint = session.get('moduleSource(refString: "lint").id')
    tools = f"{source}.withToolchains(toolchains: {json.dumps([git_lint])})"
    commit = git(root, "rev-parse", "HEAD")
    assert session.get(f"{tools}.toolchains{{ moduleName commit }}") == [{"moduleName": "lint", "commit": commit}]
    updated = session.get(f'{tools}.withUpdateToolchains(toolchains: ["lint"]).toolchains{{ commit }}')
    assert updated == [{"commit": commit}]
    assert session.get(f'{tools}.withoutToolchains(toolchains: ["lint"]).toolchains{{ moduleName }}') == []
    blue = f"{source}.withBlueprint(blueprint: {json.dumps(local_lint)})"
    assert session.get(f"{blue}.blueprint.sourceRootSubpath") == "lint"
    assert session.get(f"{blue}.withUpdateBlueprint.blueprint.moduleName") == "lint"
    for chain in (source, f"{blue}.withoutBlueprint"):
        with pytest.raises(QueryError, match="module `ci` has no blueprint"):
            session.get(f"{chain}.blueprint.moduleName")


@asserts(
    "ModuleSource.withName",
    "ModuleSource.withEngineVersion",
    "ModuleSource.withSDK",
    "ModuleSource.withSourceSubpath",
    "ModuleSource.withIncludes",
    "ModuleSource.withExperimentalFeatures",
    "ModuleSource.withoutExperimentalFeatures",
    "ModuleSource.withClient",
    "ModuleSource.withoutClient",
    "ModuleSource.withUpdatedClients",
    "ModuleSource.configClients",
    "ModuleConfigClient.directory",
    "ModuleConfigClient.generator",
)
def test_manifest(session: Session) -> None:
    """Everything that a manifest says can be changed; nothing is written."""

    def manifest(chain: str) -> dict[str, object]:
        contents = session.get(f'{chain}.generatedContextDirectory.file(path: "lint/dagger.json").contents')
        return json.loads(contents)

    source = 'moduleSource(refString: "lint")'
    changed = manifest(
        f'{source}.withName(name: "style").withEngineVersion(version: "v0.21.0").withIncludes(patterns: ["../data/*"])'
        '.withExperimentalFeatures(features: [SELF_CALLS]).withClient(generator: "go", outputDir: "client")'
    )
    assert changed == {
        "name": "style",
        "engineVersion": "v0.21.0",
        "sdk": {"source": "python", "experimental": {"SELF_CALLS": True}},
        "source": "dagger",
        "include": ["../data/*"],
        "clients": [{"generator": "go", "directory": "client"}],
    }
    assert session.get(f"{source}.moduleName") == "lint"
    assert session.get(f'{source}.withEngineVersion(version: "latest").engineVersion') == "v0.21.8"
    assert session.get(f'{source}.withSDK(source: "go").sdk.source') == "go"
    assert session.get(f'{source}.withSDK(source: "").sdk{{ source }}') is None
    moved = f'{source}.withSourceSubpath(path: "other")'
    assert session.get(f"{moved}.sourceSubpath") == "lint/other"
    with pytest.raises(QueryError, match="is no path below the module's directory"):
        session.get(f'{source}.withSourceSubpath(path: "../ci").sourceSubpath')
    client = f'{source}.withClient(generator: "go", outputDir: "client")'
    assert session.get(f"{client}.configClients{{ generator directory }}") == [
        {"generator": "go", "directory": "client"}
    ]
    assert session.get(f'{client}.withoutClient(path: "./client").configClients{{ generator }}') == []
    assert session.get(f'{client}.withUpdatedClients(clients: ["go"]).moduleName') == "lint"
    for wrong, told in (
        ('withoutClient(path: "nope")', "no client is generated to `nope`"),
        ('withUpdatedClients(clients: ["nope"])', "no client is generated by `nope`"),
    ):
        with pytest.raises(QueryError, match=told):
            session.get(f"{client}.{wrong}.moduleName")
    features = "features: [SELF_CALLS]"
    both = f"{source}.withExperimentalFeatures({features}).withoutExperimentalFeatures({features})"
    assert manifest(f'{both}.withName(name: "style")')["sdk"] == {"source": "python"}


@asserts(
    "ModuleSource.generatedContextDirectory",
    "ModuleSource.generatedContextChangeset",
    "Module.generatedContextDirectory",
    "ModuleSource.withSDK",
)
@pytest.mark.usefixtures("docker")
def test_generated(session: Session, root: Path) -> None:
    """What is generated lies where it belongs, alone or as changes; a new module gets its first files."""
    source = 'moduleSource(refString: "ci")'
    generated = session.get(f'{source}.generatedContextDirectory.glob(pattern: "**")')
    assert "ci/dagger/sdk/src/dagger/client/gen.py" in generated
    assert "ci/dagger/src/main.py" not in generated
    gen = session.get(
        f'{source}.generatedContextDirectory.file(path: "ci/dagger/sdk/src/dagger/client/gen.py").contents'
    )
    assert "class Lint(" in gen
    of_module = f'{source}.asModule.generatedContextDirectory.glob(pattern: "**")'
    assert sorted(session.get(of_module)) == sorted(generated)
    changes = f'{source}.withName(name: "style").generatedContextChangeset'
    assert session.get(f"{changes}.modifiedPaths") == ["ci/dagger.json"]
    assert session.get(f"{changes}.removedPaths") == []
    assert not (root / "ci" / "dagger" / "sdk").exists()
    new = 'moduleSource(refString: "fresh", allowNotExists: true).withName(name: "fresh").withSDK(source: "typescript")'
    files = session.get(f'{new}.generatedContextDirectory.glob(pattern: "**")')
    assert "fresh/dagger.json" in files and "fresh/src/index.ts" in files
    assert not (root / "fresh").exists()


@asserts("ModuleSource.introspectionSchemaJSON")
def test_introspection(session: Session) -> None:
    """The schema that the module's code sees has what it depends on, and not the module itself."""
    told = json.loads(session.get('moduleSource(refString: "ci").introspectionSchemaJSON.contents'))
    names = {each["name"] for each in told["__schema"]["types"]}
    assert {"Container", "Lint"} <= names and "Ci" not in names
    told = json.loads(session.get('moduleSource(refString: "lint").introspectionSchemaJSON.contents'))
    assert "Lint" not in {each["name"] for each in told["__schema"]["types"]}


@asserts("ModuleSource.userDefaults", "Module.userDefaults")
def test_defaults(session: Session) -> None:
    """Values come from the module's own file, and from the user's where they begin with the module's name."""
    for chain in ('moduleSource(refString: "ci")', 'moduleSource(refString: "ci").asModule'):
        found = session.get(f"{chain}.userDefaults.variables{{ name value }}")
        assert found == [{"name": "NAME", "value": "outer"}, {"name": "greeting", "value": "hello"}]
    assert session.get('moduleSource(refString: "lint").userDefaults.variables{ name }') == []


@asserts("Directory.asModuleSource", "Directory.asModule")
@pytest.mark.usefixtures("docker")
def test_directory(session: Session) -> None:
    """A directory is a source, wherever it comes from; what leads out of it is refused."""
    source = 'host.directory(path: ".").asModuleSource(sourceRootPath: "ci")'
    fields = "{ kind moduleName asString sourceRootSubpath }"
    assert session.get(f"{source}{fields}") == {
        "kind": "DIR_SOURCE",
        "moduleName": "ci",
        "asString": "ci",
        "sourceRootSubpath": "ci",
    }
    module = 'host.directory(path: ".").asModule(sourceRootPath: "lint")'
    assert session.get(f"{module}.objects{{ asObject {{ name }} }}") == [{"asObject": {"name": "Lint"}}]
    with pytest.raises(QueryError, match="leads out of the files"):
        session.get('host.directory(path: ".").asModuleSource(sourceRootPath: "../x").moduleName')
    with pytest.raises(QueryError, match="a module in a directory can name only paths in this directory"):
        session.get('host.directory(path: "ci").asModule.name')
    linked = 'host.directory(path: "lint").withSymlink(target: "/etc", linkName: "dagger/etc")'
    with pytest.raises(QueryError, match="symbolic link dagger/etc leads out of the directory"):
        session.get(f"{linked}.asModule.name")
