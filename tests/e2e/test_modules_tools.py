"""The modules that are tools, from the command line and from modules in other languages (`modules/uses-…`)."""

import json
import os
import re
import socket
import subprocess
from pathlib import Path

import pytest
from applications import call, failure
from conftest import ROOT, Run

REGISTRY = os.environ.get("DOCKWRIGHT_LAB_REGISTRY")
USES = "../tests/e2e/modules/uses-"

needs_registry = pytest.mark.skipif(
    REGISTRY is None, reason="DOCKWRIGHT_LAB_REGISTRY is not set: there is no registry to push to"
)
containers = pytest.mark.usefixtures("docker")


@pytest.fixture
def port() -> int:
    """A port that nobody has: the engine of the tests may share this machine's network."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        (["latest", "--versions=v1.2.0,v1.10.0,nightly,v2.0.0-rc.1"], "v1.10.0"),
        (["latest", "--versions=v1.2.0,v1.10.0", "--in=~1.2"], "v1.2.0"),
        (["bump", "--version=1.2.3", "--level=minor", "--prerelease=rc"], "1.3.0-rc.0"),
        (["level", "--messages=docs: a", "--messages=feat: b"], "Minor"),
        (["next", "--version=v1.2.3", "--messages=fix: a", "--messages=feat!: b"], "2.0.0"),
        (["next", "--version=v1.2.3", "--messages=docs: a"], "1.2.3"),
        (["satisfies", "--version=1.9.0", "--in=^1.2"], "true"),
        (["parse", "--version=v1.2.3-rc.1", "prerelease"], "rc.1"),
    ],
)
def test_semver(dockwright: Run, arguments: list[str], result: str) -> None:
    """Versions are ordered and raised; no container is needed."""
    assert call(dockwright, "semver", *arguments).strip() == result


def test_semver_refuses_what_is_no_version(dockwright: Run) -> None:
    """The error says what a version looks like."""
    assert "expected MAJOR.MINOR.PATCH, as 1.2.3" in failure(dockwright, "semver", "parse", "--version=1.2")


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A folder with one script that is sound and one that is not."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bad.sh").write_text("#!/bin/sh\necho $1\n")
    (tmp_path / "bin" / "good.bash").write_text('#!/bin/bash\necho "$1"\n')
    return tmp_path


@containers
def test_shellcheck_checks(dockwright: Run, scripts: Path) -> None:
    """A finding fails, unless it is left out by its code, severity or path."""
    source = f"--source={scripts}"
    assert "SC2086 (info)" in failure(dockwright, "shellcheck", "check", source)
    sound = ["with-exclude", "--codes=SC2086", "check", source]
    assert call(dockwright, "shellcheck", *sound) == "shellcheck: 2 scripts, no problems\n"
    assert (
        call(dockwright, "shellcheck", "--severity=warning", "check", source) == "shellcheck: 2 scripts, no problems\n"
    )
    one = ["check", source, "--paths=bin/*"]
    assert call(dockwright, "shellcheck", *one) == "shellcheck: 1 scripts, no problems\n"
    assert "no script matches none/*" in failure(dockwright, "shellcheck", "check", source, "--paths=none/*")


@containers
def test_shellcheck_reports_and_repairs(dockwright: Run, scripts: Path) -> None:
    """Findings are data; a report is a file; repairs are a changeset."""
    source = f"--source={scripts}"
    assert call(dockwright, "shellcheck", "findings", source, "severity").strip() == "INFO"
    assert "source='ShellCheck.SC2086'" in call(dockwright, "shellcheck", "report", source, "contents")
    patch = call(dockwright, "shellcheck", "fix", source, "as-patch", "contents")
    assert '-echo $1\n+echo "$1"\n' in patch


DOCKERFILE = """\
FROM alpine:3.22 AS base
ARG GREETING=hello
RUN --mount=type=secret,id=token echo "$GREETING $(wc -c </run/secrets/token)" >/greeting
FROM base AS final
ENTRYPOINT ["cat"]
CMD ["/greeting"]
"""


@containers
def test_docker_build(dockwright: Run, tmp_path: Path) -> None:
    """Arguments, secrets, labels and stages reach the build; the secret is nowhere to be seen."""
    (tmp_path / "Dockerfile").write_text(DOCKERFILE)
    token = "correct-horse-battery"
    settings = [f"--source={tmp_path}", "with-build-arg", "--name=GREETING", "--value=hi"]
    settings += ["with-secret", "--name=token", "--secret=env://TOKEN", "with-label", "--name=team", "--value=shop"]
    env = {**os.environ, "TOKEN": token}
    result = dockwright("modules/docker-build", "call", *settings, "trial", "--use-entrypoint", "stdout", env=env)
    assert (result.returncode, result.stdout) == (0, f"hi {len(token)}\n"), result.stderr
    assert token not in result.stderr
    labelled = dockwright("modules/docker-build", "call", *settings, "container", "label", "--name=team", env=env)
    assert labelled.stdout == "shop"
    failed = dockwright("modules/docker-build", "call", *settings, "trial", "--args=/none", "exit-code", env=env)
    assert failed.stdout.strip() != "0"


@containers
def test_docker_build_of_a_broken_file(dockwright: Run, tmp_path: Path) -> None:
    """A step that fails is shown with its line."""
    (tmp_path / "Dockerfile").write_text("FROM alpine:3.22\nRUN exit 7\n")
    result = dockwright("modules/docker-build", "call", f"--source={tmp_path}", "container", "sync")
    assert result.returncode == 7
    assert "exit 7" in result.stderr


@containers
def test_docker_build_lints(dockwright: Run, tmp_path: Path) -> None:
    """What hadolint finds fails, unless it is left out."""
    (tmp_path / "Dockerfile").write_text("FROM debian:bookworm\nRUN cd /tmp && echo hi\n")
    arguments = ["lint", f"--source={tmp_path}", "--ignore=DL3059"]
    assert "DL3003" in failure(dockwright, f"{USES}python", *arguments)
    assert call(dockwright, f"{USES}python", *arguments, "--ignore=DL3003") == "hadolint: no problems\n"


@containers
@needs_registry
def test_docker_build_publishes_what_a_scanner_passes(dockwright: Run, tmp_path: Path) -> None:
    """The scanner is an object of another module, in another language; what it refuses is not pushed."""
    (tmp_path / "Dockerfile").write_text("FROM alpine:3.22\nCOPY config /etc/config\n")
    (tmp_path / "config").write_text("quiet = true\n")
    arguments = ["publish", f"--source={tmp_path}"]
    repository = f"{REGISTRY}/dockwright-test/scanned"
    published = call(dockwright, f"{USES}python", *arguments, f"--repository={repository}").split()
    assert [re.sub(r"@sha256:[0-9a-f]{64}$", "", each) for each in published] == [
        f"{repository}:1.0",
        f"{repository}:latest",
    ]
    (tmp_path / "config").write_text("key = AKIAABCDEFGHIJKLMNOP\n")
    said = failure(dockwright, f"{USES}python", *arguments, f"--repository={repository}-not")
    assert "CRITICAL: AWS Access Key ID in etc/config" in said
    tags = subprocess.run(
        ["curl", "-s", f"http://{REGISTRY}/v2/dockwright-test/scanned-not/tags/list"], capture_output=True, text=True
    )
    assert "NAME_UNKNOWN" in tags.stdout


@containers
def test_trivy_finds_secrets(dockwright: Run, tmp_path: Path) -> None:
    """Findings fail a check, are data, and go into a SARIF report; a sound directory passes."""
    source = f"--source={tmp_path}"
    (tmp_path / "config").write_text("quiet = true\n")
    assert call(dockwright, f"{USES}python", "scan", source).split("\n")[0] == "True"
    (tmp_path / "config").write_text("key = AKIAABCDEFGHIJKLMNOP\n")
    assert call(dockwright, f"{USES}python", "scan", source).split("\n")[:2] == [
        "False",
        "aws-access-key-id Critical config",
    ]
    assert call(dockwright, f"{USES}python", "scan-ignored", source).strip() == "true"
    assert "AWS Access Key ID in config" in failure(dockwright, f"{USES}python", "scan-check", source)
    report = json.loads(call(dockwright, f"{USES}python", "scan-report", source, "contents"))
    assert report["runs"][0]["results"][0]["ruleId"] == "aws-access-key-id"


def commit(folder: Path, message: str) -> None:
    """Commit everything."""
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    subprocess.run(["git", *identity, "commit", "-q", "--allow-empty", "-m", message], cwd=folder, check=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a tagged release and two commits after it."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n\n## 1.2.3 (2026-01-02)\n\n- begun\n")
    commit(tmp_path, "feat: begin")
    for tag in ("v1.2.3", "v1.10.0-rc.1", "nightly"):
        subprocess.run(["git", "tag", tag], cwd=tmp_path, check=True)
    commit(tmp_path, "fix(api): repair")
    commit(tmp_path, "feat: more")
    return tmp_path


@containers
def test_git_release_tells_the_next_version(dockwright: Run, repository: Path) -> None:
    """Version and change log follow from tags and commits."""
    source = f"--source={repository}"
    assert call(dockwright, "git-release", source, "last-tag") == "v1.2.3"
    assert call(dockwright, "git-release", source, "version") == "1.3.0"
    assert call(dockwright, "git-release", source, "version", "--prerelease=rc") == "1.10.0-rc.2"
    assert call(dockwright, "git-release", source, "check") == "v1.2.3 → v1.3.0"
    patch = call(dockwright, "git-release", source, "update-changelog", "--date=2026-05-06", "as-patch", "contents")
    added = [line for line in patch.splitlines() if line.startswith("+")]
    text = "\n".join(re.sub(r" \([0-9a-f]{8}\)$", "", line[1:]) for line in added[1:])
    assert text == "## 1.3.0 (2026-05-06)\n\n### Added\n\n- more\n\n### Fixed\n\n- **api**: repair\n"


@containers
def test_git_release_refuses(dockwright: Run, repository: Path) -> None:
    """Nothing is released from a changed work tree, or when no commit asks for it."""
    source = f"--source={repository}"
    subprocess.run(["git", "tag", "v1.3.0"], cwd=repository, check=True)
    commit(repository, "docs: say more")
    said = failure(dockwright, "git-release", source, "check")
    assert "no commit since v1.3.0 asks for a release" in said
    (repository / "new.txt").write_text("new\n")
    assert "?? new.txt" in failure(dockwright, "git-release", source, "check")


@containers
def test_git_release_creates_a_release(dockwright: Run, repository: Path, port: int) -> None:
    """GitHub gets tag, commit, change log and files, once; a refusal is told; the token is nowhere to be seen."""
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, capture_output=True, text=True).stdout.strip()
    arguments = ["call", "--json", "release", f"--source={repository}", "--token=env://TOKEN", f"--port={port}"]
    env = {**os.environ, "TOKEN": "a-token-of-github"}
    result = dockwright(f"modules/{USES}python", *arguments, env=env)
    assert result.returncode == 0, result.stderr
    url, asked = json.loads(result.stdout)
    assert url == "https://github.test/acme/shop/v1.3.0"
    release, file = json.loads(asked)
    assert (release["tag_name"], release["target_commitish"]) == ("v1.3.0", head)
    assert "- **api**: repair" in release["body"]
    assert file == {"file": "notes.txt", "content": "all is well"}
    assert env["TOKEN"] not in result.stdout + result.stderr
    again = dockwright(f"modules/{USES}python", *arguments, "--times=2", env=env)
    assert "acme/shop has a release v1.3.0 already" in again.stderr
    refused = dockwright(f"modules/{USES}python", *arguments, env={**env, "TOKEN": "a-wrong-token"})
    assert "GitHub answered 401 to GET" in refused.stderr
    assert "Bad credentials" in refused.stderr


@containers
def test_packages_are_published(dockwright: Run, tmp_path: Path, port: int) -> None:
    """Wheel, source archive and npm's archive arrive, with the token; a wrong one is refused and shown nowhere."""
    (tmp_path / "shown").mkdir()
    (tmp_path / "shown" / "package.json").write_text('{"name": "shown", "version": "1.0.0"}\n')
    python, nodejs = f"--python={ROOT}/modules/ci-python/example-app", f"--nodejs={tmp_path}/shown"
    arguments = ["call", "publish-packages", python, nodejs, "--token=env://TOKEN", f"--port={port}"]
    env = {**os.environ, "TOKEN": "a-token-of-registries"}
    result = dockwright(f"modules/{USES}python", *arguments, env=env)
    assert result.returncode == 0, result.stderr
    assert sorted(json.loads(result.stdout)) == [
        ["POST", "tally-1.0.0-py3-none-any.whl"],
        ["POST", "tally-1.0.0.tar.gz"],
        ["PUT", "next", "shown-1.0.0.tgz"],
    ]
    assert env["TOKEN"] not in result.stderr
    refused = dockwright(f"modules/{USES}python", *arguments, env={**env, "TOKEN": "a-wrong-token"})
    assert refused.returncode == 1
    assert "403 Forbidden" in refused.stderr
    assert "a-wrong-token" not in refused.stderr


@containers
def test_postgres(dockwright: Run, tmp_path: Path, port: int) -> None:
    """Scripts run first; a later command sees what an earlier one wrote; a mistake fails."""
    (tmp_path / "schema.sql").write_text(
        "create table stock (name text, count int);\ninsert into stock values ('tea', 3);\n"
    )
    settings = [f"--port={port}", "--database=shop", "with-script", f"--script={tmp_path / 'schema.sql'}"]
    result = dockwright("modules/postgres", "call", *settings, "sql", "--sql=select name, count from stock")
    if "postgres" in result.stderr and "does not exist, or its registry" in result.stderr:
        pytest.skip("no image of PostgreSQL: the lab could not make one")
    assert (result.returncode, result.stdout) == (0, "tea|3\n"), result.stderr
    assert "syntax error" in failure(dockwright, "postgres", *settings, "sql", "--sql=selec 1")
    output = json.loads(call(dockwright, f"{USES}python", "database", "--json", f"--port={port}"))
    assert output[:3] == ["7", "db shop", "2"]
    assert "CREATE TABLE public.stock" in output[3]
    assert "tea\t3\n" in output[3]


@containers
@pytest.mark.parametrize(
    ("language", "arguments", "result"),
    [
        ("python", ["checked", "--source=modules/ci-go/example-app"], "ok  \texample.com/visits"),
        ("go", ["tested", "--source=modules/ci-python/example-app"], "9 passed"),
        ("go", ["versions", "--source=modules/ci-typescript/example-app"], "20\n22"),
        ("typescript", ["vetted", "--source=modules/ci-go/example-app"], "go vet: no problems"),
        ("typescript", ["linted", "--source=modules/ci-python/example-app"], "All checks passed!"),
        ("typescript", ["next"], "1.3.0-rc.0"),
    ],
)
def test_modules_are_called_from_other_languages(
    dockwright: Run, language: str, arguments: list[str], result: str
) -> None:
    """Settings, optional arguments, results that are objects, enums: across languages."""
    absolute = [each.replace("--source=", f"--source={ROOT}/") for each in arguments]
    assert result in call(dockwright, f"{USES}{language}", *absolute)


@containers
def test_findings_are_read_from_another_language(dockwright: Run, scripts: Path) -> None:
    """A list of objects of Python, in TypeScript."""
    assert call(dockwright, f"{USES}typescript", "findings", f"--source={scripts}").strip() == "bad.sh:2 SC2086"


@containers
@needs_registry
def test_a_module_is_published_with_its_dependency(dockwright: Run, repository: Path) -> None:
    """Python with its dependency in Go: what is in the registry works without either's source."""
    reference = f"oci://{REGISTRY}/dockwright-test/git-release:1.0"
    published = dockwright("modules/git-release", "publish", reference)
    assert published.returncode == 0, published.stderr
    version = dockwright(str(repository), "call", "-m", reference, f"--source={repository}", "version")
    assert (version.returncode, version.stdout) == (0, "1.3.0"), version.stderr
