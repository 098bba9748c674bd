"""Whom modules from registries must be signed by, what they may use, and what is said when they ask for more."""

import base64
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Run
from registry import digest, fetch, push, put, request
from scratch import NO_DOCKER, environment, own_directories, write_module
from test_install import commit, git
from test_publish import lab, publish, repository, told

__all__ = ["lab", "repository"]

KEYS = ROOT / "host" / "registry" / "src" / "signing" / "fixtures"
PASSWORD = {"COSIGN_PASSWORD": "correct horse"}
COSIGN = shutil.which("cosign")

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make and check keys with")

PLAIN = '''
from dagger import function, object_type


@object_type
class Faults:
    """For tests."""

    @function
    def name(self) -> str:
        """Say which."""
        return "{text}"
'''


class User:
    """Someone with directories of their own."""

    def __init__(self, dockwright: Run, home: Path) -> None:
        """Make the directories."""
        home.mkdir()
        self.home, self.dockwright, self.config = home, dockwright, home / "config"
        self.config.mkdir()
        variables = own_directories(home) | {"DOCKWRIGHT_CONFIG_DIR": str(self.config)}
        self.env = environment(NO_DOCKER, variables)

    def trusts(self, text: str) -> None:
        """Write what the user demands."""
        (self.config / "trust.toml").write_text(text)

    def __call__(self, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run the binary."""
        return self.dockwright(str(folder or self.home), *arguments, env=self.env)


@pytest.fixture
def user(dockwright: Run, tmp_path: Path) -> User:
    """Give someone who uses modules and has no engine."""
    return User(dockwright, tmp_path / "user")


@pytest.fixture
def signed(dockwright: Run, tmp_path: Path) -> Callable[..., str]:
    """Publish modules signed with the key of cosign's form."""
    config = tmp_path / "publisher"
    config.mkdir()
    env = environment(PASSWORD, {"DOCKWRIGHT_CONFIG_DIR": str(config)})

    def publish_signed(folder: str | Path, reference: str, *arguments: str) -> str:
        result = dockwright(str(folder), "publish", reference, f"--sign={KEYS}/cosign.key", *arguments, env=env)
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    return publish_signed


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a key pair that OpenSSL made: other.key and other.pub."""
    folder = tmp_path_factory.mktemp("keys")
    make = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "other.key"]
    for arguments in (make, ["pkey", "-in", "other.key", "-pubout", "-out", "other.pub"]):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
    return folder


def demand(key: Path, pattern: str, name: str = "acme") -> str:
    """Write a policy with one rule."""
    return f'[keys]\n{name} = "{key}"\n\n[[modules]]\nmatch = "{pattern}"\nsigned-by = ["{name}"]\n'


def openssl_verifies(folder: Path, public: Path, message: bytes, signature: bytes) -> bool:
    """Ask OpenSSL whether the owner of the key has signed the message."""
    (folder / "message").write_bytes(message)
    (folder / "signature").write_bytes(signature)
    command = ["openssl", "dgst", "-sha256", "-verify", str(public), "-signature", "signature", "message"]
    return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


def openssl_signs(folder: Path, key: Path, message: bytes) -> str:
    """Sign with OpenSSL; give the signature in base64."""
    (folder / "message").write_bytes(message)
    command = ["openssl", "dgst", "-sha256", "-sign", str(key), "message"]
    signature = subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout
    return base64.b64encode(signature).decode()


def attach_simple(host: str, name: str, artifact: str, payload: bytes, signature: str) -> None:
    """Put a signature where cosign puts it."""
    layer = {"mediaType": "application/vnd.dev.cosign.simplesigning.v1+json", **push(host, name, payload)}
    layer["annotations"] = {"dev.cosignproject.cosign/signature": signature}
    config = {"mediaType": "application/vnd.oci.image.config.v1+json", **push(host, name, b"{}")}
    put(host, name, f"{artifact.replace(':', '-')}.sig", {"schemaVersion": 2, "config": config, "layers": [layer]})


def simple_payload(artifact: str) -> bytes:
    """Write what cosign signs."""
    critical = {
        "identity": {"docker-reference": "somewhere"},
        "image": {"docker-manifest-digest": artifact},
        "type": "cosign container image signature",
    }
    return json.dumps({"critical": critical, "optional": {"by": "hand"}}).encode()


def test_signatures_are_those_of_cosign(signed: Callable[..., str], lab: str, repository: str, tmp_path: Path) -> None:
    """What is written is where cosign looks for it, in both of its forms, and OpenSSL verifies it."""
    artifact = signed("modules/hello-python", f"oci://{lab}/{repository}:1.0").split("@")[1]
    manifest = fetch(lab, repository, f"{artifact.replace(':', '-')}.sig")
    (layer,) = manifest["layers"]
    _, _, payload = request(lab, "GET", f"/v2/{repository}/blobs/{layer['digest']}")
    assert json.loads(payload)["critical"]["image"]["docker-manifest-digest"] == artifact
    signature = base64.b64decode(layer["annotations"]["dev.cosignproject.cosign/signature"])
    assert openssl_verifies(tmp_path, KEYS / "cosign.pub", payload, signature)
    assert not openssl_verifies(tmp_path, KEYS / "cosign.pub", payload + b" ", signature)

    predicates = []
    for referrer in referrers(lab, repository, artifact):
        manifest = fetch(lab, repository, referrer)
        assert manifest["subject"]["digest"] == artifact
        assert manifest["artifactType"] == "application/vnd.dev.sigstore.bundle.v0.3+json"
        _, _, bundle = request(lab, "GET", f"/v2/{repository}/blobs/{manifest['layers'][0]['digest']}")
        envelope = json.loads(bundle)["dsseEnvelope"]
        statement, kind = base64.b64decode(envelope["payload"]), envelope["payloadType"]
        message = f"DSSEv1 {len(kind)} {kind} {len(statement)} ".encode() + statement
        assert openssl_verifies(
            tmp_path, KEYS / "cosign.pub", message, base64.b64decode(envelope["signatures"][0]["sig"])
        )
        assert json.loads(statement)["subject"][0]["digest"] == {"sha256": artifact.removeprefix("sha256:")}
        predicates.append(json.loads(statement)["predicateType"])
    assert sorted(predicates) == ["https://sigstore.dev/cosign/sign/v1", "https://slsa.dev/provenance/v1"]


def referrers(host: str, name: str, artifact: str) -> list[str]:
    """Ask for what refers to the artifact, by the API or the tag that stands in for it."""
    index = {"accept": "application/vnd.oci.image.index.v1+json"}
    for path in (f"referrers/{artifact}", f"manifests/{artifact.replace(':', '-')}"):
        status, _, content = request(host, "GET", f"/v2/{name}/{path}", headers=index)
        if status == 200:
            return [manifest["digest"] for manifest in json.loads(content)["manifests"]]
    return []


def test_signing_twice_adds_nothing(
    dockwright: Run, signed: Callable[..., str], lab: str, repository: str, other: Path
) -> None:
    """A key signs an artifact once; another key's signature is added to it."""
    reference = f"oci://{lab}/{repository}:1.0"
    artifact = signed("modules/hello-python", reference).split("@")[1]
    again = dockwright(".", "sign", reference, f"--key={KEYS}/cosign.key", env=environment(PASSWORD))
    assert (again.returncode, again.stdout) == (0, f"{reference}@{artifact}\n")
    assert "already" in again.stderr
    added = dockwright(".", "sign", reference, f"--key={other}/other.key")
    assert added.returncode == 0, added.stderr
    assert len(fetch(lab, repository, f"{artifact.replace(':', '-')}.sig")["layers"]) == 2
    assert len(referrers(lab, repository, artifact)) == 3
    verified = dockwright(".", "verify", reference, f"--key={KEYS}/cosign.pub", f"--key={other}/other.pub")
    assert [line.split(" (")[0] for line in verified.stdout.splitlines()[1:]] == [
        f"signed by {KEYS}/cosign.pub",
        f"signed by {other}/other.pub",
    ]


def test_keys_that_cannot_sign_are_told_before_anything_is_sent(
    dockwright: Run, lab: str, repository: str, tmp_path: Path
) -> None:
    """A wrong password, or something that is no key, publishes nothing."""
    reference = f"oci://{lab}/{repository}:1.0"

    def publish_with(key: Path, env: dict[str, str] | None) -> subprocess.CompletedProcess[str]:
        return dockwright("modules/hello-python", "publish", reference, f"--sign={key}", env=env)

    wrong = publish_with(KEYS / "cosign.key", environment({"COSIGN_PASSWORD": "wrong"}))
    assert wrong.returncode == 1
    assert "the password does not open this key" in told(wrong) and "COSIGN_PASSWORD" in told(wrong)
    public = publish_with(KEYS / "cosign.pub", None)
    assert public.returncode == 1 and "this is a `PUBLIC KEY`" in told(public)
    assert request(lab, "GET", f"/v2/{repository}/manifests/1.0")[0] == 404


def test_what_is_demanded(
    dockwright: Run, user: User, signed: Callable[..., str], lab: str, repository: str, other: Path, tmp_path: Path
) -> None:
    """Signed modules can be listed, called and installed; unsigned ones and those of others are refused everywhere."""
    good, bad = f"oci://{lab}/{repository}/good:1.0", f"oci://{lab}/{repository}/bad:1.0"
    signed("modules/hello-python", good)
    publish(dockwright, write_module(tmp_path / "bad", PLAIN), bad)
    user.trusts(demand(KEYS / "cosign.pub", f"{lab}/{repository}/**"))
    assert user("call", "-m", good, "hello", "--name=Ada").stdout == "Hello, Ada!"
    module = write_module(tmp_path / "module", PLAIN)
    assert user("install", good, "--name=good", folder=module).returncode == 0

    before = (module / "dagger.json").read_text()
    for arguments in (
        ("functions", "-m", bad),
        ("call", "-m", bad, "name"),
        ("install", bad, "--name=bad"),
    ):
        refused = user(*arguments, folder=module)
        assert refused.returncode == 1, arguments
        assert "it is not signed" in told(refused) and "wants a signature by `acme`" in told(refused), told(refused)
    assert (module / "dagger.json").read_text() == before

    added = dockwright(".", "sign", bad, f"--key={other}/other.key")
    assert added.returncode == 0, added.stderr
    refused = user("call", "-m", bad, "name")
    assert refused.returncode == 1 and "it is signed, but not by `acme`" in told(refused)
    assert "not met, so it cannot be used" in user("inspect", bad).stdout
    user.trusts(demand(other / "other.pub", f"{lab}/{repository}/bad"))
    assert user("call", "-m", bad, "name").returncode == 0
    shown = user("inspect", bad).stdout
    assert "Signed by   acme" in shown and "met: it has the signatures" in shown, shown


def test_signatures_by_hand(
    dockwright: Run, user: User, lab: str, repository: str, other: Path, tmp_path: Path
) -> None:
    """A signature that OpenSSL made is as good as any; one of another artifact, or a changed one, is none."""
    reference = f"oci://{lab}/{repository}:1.0"
    artifact = publish(dockwright, "modules/hello-python", reference).split("@")[1]
    user.trusts(demand(other / "other.pub", f"{lab}/**"))
    payload = simple_payload(artifact)
    signature = openssl_signs(tmp_path, other / "other.key", payload)
    another = simple_payload(digest(b"another"))
    for wrong in (
        (payload.replace(b"hand", b"foot"), signature),
        (another, openssl_signs(tmp_path, other / "other.key", another)),
        (payload, base64.b64encode(b"nonsense").decode()),
        (payload, "not even base64"),
        (b"nonsense", openssl_signs(tmp_path, other / "other.key", b"nonsense")),
    ):
        attach_simple(lab, repository, artifact, *wrong)
        assert user("functions", "-m", reference).returncode == 1, wrong
        assert user("verify", reference, f"--key={other}/other.pub").returncode == 1, wrong
    attach_simple(lab, repository, artifact, payload, signature)
    accepted = user("functions", "-m", reference)
    assert accepted.returncode == 0, accepted.stderr


def test_a_signed_tag_that_is_moved(
    user: User, dockwright: Run, signed: Callable[..., str], lab: str, repository: str, tmp_path: Path
) -> None:
    """A signature is of one artifact: whoever puts another one under the tag has none."""
    reference = f"oci://{lab}/{repository}:1.0"
    signed("modules/hello-python", reference)
    user.trusts(demand(KEYS / "cosign.pub", f"{lab}/**"))
    assert user("functions", "-m", reference).returncode == 0
    publish(dockwright, write_module(tmp_path / "module", PLAIN), reference)
    refused = user("functions", "-m", reference)
    assert refused.returncode == 1 and "it is not signed" in told(refused)


def test_dependencies_of_dependencies(dockwright: Run, user: User, lab: str, repository: str, tmp_path: Path) -> None:
    """What a module in between depends on must be signed too."""
    reference = f"oci://{lab}/{repository}:1.0"
    publish(dockwright, "modules/hello-python", reference)
    middle = write_module(tmp_path / "repository" / "middle", PLAIN)
    (tmp_path / "repository" / ".git").mkdir()
    manifest = json.loads((middle / "dagger.json").read_text()) | {"name": "middle"}
    (middle / "dagger.json").write_text(json.dumps(manifest | {"dependencies": [{"name": "x", "source": reference}]}))
    top = write_module(tmp_path / "repository" / "top", PLAIN)
    manifest = json.loads((top / "dagger.json").read_text()) | {"dependencies": [{"source": "../middle"}]}
    (top / "dagger.json").write_text(json.dumps(manifest))
    assert user("functions", folder=top).returncode == 0
    user.trusts(demand(KEYS / "cosign.pub", f"{lab}/**"))
    for arguments in (("functions",), ("list",), ("develop",), ("vendor",)):
        refused = user(*arguments, folder=top)
        assert refused.returncode == 1 and "is refused" in told(refused), arguments


def test_a_repository_adds_demands_and_takes_none_away(
    dockwright: Run, user: User, signed: Callable[..., str], lab: str, repository: str, other: Path, tmp_path: Path
) -> None:
    """Both files must be content: the user's, and the one in the repository."""
    reference = f"oci://{lab}/{repository}:1.0"
    signed("modules/hello-python", reference)
    root = tmp_path / "repository"
    module = write_module(root / "ci", PLAIN)
    (root / ".git").mkdir()
    (root / "trust.toml").write_text(demand(other / "other.pub", f"{lab}/**", "strict"))
    refused = user("functions", "-m", reference, folder=module)
    assert refused.returncode == 1 and "not by `strict`" in told(refused)
    assert user("functions", "-m", reference).returncode == 0
    (root / "trust.toml").write_text(f'[[modules]]\nmatch = "{lab}/**"\nrequire = false\n')
    assert user("functions", "-m", reference, folder=module).returncode == 0
    user.trusts(demand(other / "other.pub", f"{lab}/**", "mine"))
    refused = user("functions", "-m", reference, folder=module)
    assert refused.returncode == 1 and "not by `mine`" in told(refused)


def test_a_policy_that_makes_no_sense(user: User, lab: str, repository: str) -> None:
    """Nothing from a registry is used, and the place of the mistake is told."""
    user.trusts("require = true\n\n[keys]\nacme = 7\n")
    for arguments in (("functions", "-m", f"oci://{lab}/{repository}:1.0"), ("verify", f"oci://{lab}/{repository}:1")):
        result = user(*arguments)
        assert result.returncode == 1
        assert "trust.toml: line 4, column 8: invalid type: integer" in told(result), told(result)


def test_without_a_network(
    dockwright: Run, user: User, signed: Callable[..., str], lab: str, repository: str, tmp_path: Path
) -> None:
    """Signatures stay with the artifact, are verified each time, and travel with what is vendored."""
    reference = f"oci://{lab}/{repository}:1.0"
    signed("modules/hello-python", reference)
    policy = demand(KEYS / "cosign.pub", f"{lab}/**")
    module = write_module(tmp_path / "module", PLAIN)
    assert user("install", reference, "--name=dep", folder=module).returncode == 0
    user.trusts(policy)
    refused = user("--offline", "functions", folder=module)
    assert refused.returncode == 1 and "no signature of it is on this machine" in told(refused)
    assert user("functions", folder=module).returncode == 0
    assert user("--offline", "functions", folder=module).returncode == 0
    assert user("vendor", folder=module).returncode == 0
    kept = next((user.home / "cache" / "artifacts" / "attachments").iterdir())
    kept.write_text(kept.read_text().replace("signature", "signaturf"))
    elsewhere = User(dockwright, tmp_path / "elsewhere")
    elsewhere.trusts(policy)
    assert elsewhere("--offline", "functions", folder=module).returncode == 0
    shutil.rmtree(module / "dockwright-vendor" / "attachments")
    refused = elsewhere("--offline", "functions", folder=module)
    assert refused.returncode == 1 and "no signature" in told(refused)
    assert user("--offline", "functions", folder=module).returncode == 1


def test_how_it_was_made(
    dockwright: Run, user: User, signed: Callable[..., str], lab: str, repository: str, tmp_path: Path
) -> None:
    """The commit of the source is attached and shown, with who vouches for it."""
    module = write_module(tmp_path / "module", PLAIN)
    git(module, "init", "--quiet")
    git(module, "remote", "add", "origin", "https://user:secret@git.example/acme/module")
    revision = commit(module, "first")
    plain, vouched = f"oci://{lab}/{repository}/plain:1.0", f"oci://{lab}/{repository}/vouched:1.0"
    publish(dockwright, module, plain)
    signed(module, vouched)
    said = user("inspect", plain).stdout
    made = f"from https://git.example/acme/module at {revision[:12]}, by dockwright"
    assert made in said and "(not verified)" in said, said
    assert "Signed by   nobody" in said
    user.trusts(demand(KEYS / "cosign.pub", f"{lab}/**"))
    said = user("inspect", vouched).stdout
    assert made in said and "(signed by acme)" in said, said
    (module / "more.txt").write_text("changed")
    publish(dockwright, module, f"oci://{lab}/{repository}/changed:1.0")
    assert f"{revision[:12]}, with changes" in user("inspect", f"oci://{lab}/{repository}/changed:1.0").stdout
    publish(dockwright, module, f"oci://{lab}/{repository}/silent:1.0", "--no-provenance")
    assert "Made" not in user("inspect", f"oci://{lab}/{repository}/silent:1.0").stdout


@pytest.mark.skipif(COSIGN is None, reason="no cosign program")
@pytest.mark.parametrize("arguments", [[], ["--new-bundle-format=false"]])
def test_cosign_accepts_our_signatures_and_we_its(
    dockwright: Run, user: User, signed: Callable[..., str], lab: str, repository: str, arguments: list[str]
) -> None:
    """Either program verifies what the other has signed, in each of cosign's two forms."""

    def cosign(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(COSIGN), *arguments], env=environment(PASSWORD), capture_output=True, text=True)

    ours = signed("modules/hello-python", f"oci://{lab}/{repository}/ours:1.0").removeprefix("oci://")
    key, public = f"--key={KEYS}/cosign.key", f"--key={KEYS}/cosign.pub"
    verified = cosign("verify", public, "--insecure-ignore-tlog", *arguments, ours)
    assert verified.returncode == 0, verified.stderr
    theirs = f"oci://{lab}/{repository}/theirs:1.0"
    pinned = publish(dockwright, "modules/hello-python", theirs, "--no-provenance").removeprefix("oci://")
    made = cosign("sign", key, "--yes", "--tlog-upload=false", "--use-signing-config=false", *arguments, pinned)
    assert made.returncode == 0, made.stderr
    accepted = user("verify", theirs, public)
    assert accepted.returncode == 0, accepted.stderr


PRIVILEGED = '''
from dagger import dag, function, object_type, Secret


@object_type
class Faults:
    """For tests."""

    @function
    async def root(self) -> str:
        """Run with all root capabilities."""
        box = dag.container().from_("busybox")
        status = ["sh", "-c", "grep CapEff /proc/self/status"]
        return await box.with_exec(status, insecure_root_capabilities=True).stdout()

    @function
    async def interfaces(self) -> str:
        """Name the network interfaces that a command has."""
        box = dag.container().from_("busybox")
        return await box.with_exec(["sh", "-c", "cut -d: -f1 -s /proc/net/dev | tail -n +1 | tr -d ' \\\\n'"]).stdout()

    @function
    async def fetched(self, url: str) -> str:
        """Fetch a file."""
        return await dag.http(url).contents()

    @function
    async def served(self) -> str:
        """Start a service."""
        return await dag.container().from_("busybox").as_service(args=["true"]).endpoint()
'''


def with_section(module: Path, section: dict[str, object]) -> Path:
    """Write what the module says under `dockwright` in its manifest."""
    manifest = json.loads((module / "dagger.json").read_text())
    (module / "dagger.json").write_text(json.dumps(manifest | {"dockwright": section}))
    return module


def test_a_published_module_is_held_to_what_it_says(
    dockwright: Run, user: User, lab: str, repository: str, tmp_path: Path
) -> None:
    """Root capabilities, hosts and services that it did not ask for are refused without an engine."""
    module = write_module(tmp_path / "module", PRIVILEGED)
    plain, none = f"oci://{lab}/{repository}/plain:1.0", f"oci://{lab}/{repository}/none:1.0"
    publish(dockwright, module, plain)
    refused = user("call", "-m", plain, "root")
    assert refused.returncode == 1
    expected = "module `faults` may not use Container.withExec: it does not say that it uses `privileged`"
    assert expected in told(refused) and "--allow=privileged" in told(refused), told(refused)
    publish(dockwright, with_section(module, {"uses": {"network": ["docker.io"]}}), none)
    for function, permission in (
        (["fetched", "--url=https://evil.example/x"], "network:evil.example"),
        (["served"], "network"),
    ):
        refused = user("call", "-m", none, *function)
        assert refused.returncode == 1 and f"does not say that it uses `{permission}`" in told(refused), told(refused)
    local = user("call", "-m", str(module), "fetched", "--url=https://evil.example/x")
    assert local.returncode == 1 and "does not say that it uses" in told(local), told(local)
    shown = user("inspect", none).stdout
    assert "May use by itself\n  faults   containers without a network, what it fetches from docker.io\n" in shown, (
        shown
    )
    wrong = user("--allow=root", "call", "-m", plain, "root")
    assert wrong.returncode != 0 and "`root` is no permission" in told(wrong)
    for section, problem in (
        ({"uses": {"networks": []}}, "unknown field `networks`"),
        ({"allow": {"x": ["privileged"]}}, "`allow` names `x`, which is no dependency"),
    ):
        bad = user("call", "-m", str(with_section(module, section)), "root")
        assert bad.returncode == 1 and problem in told(bad), told(bad)


def test_permissions_with_an_engine(dockwright: Run, docker: None, lab: str, repository: str, tmp_path: Path) -> None:
    """What is allowed works, by the flag or a manifest; what has no network has none."""
    module = write_module(tmp_path / "module", PRIVILEGED)
    plain = f"oci://{lab}/{repository}/plain:1.0"
    publish(dockwright, module, plain)
    allowed = dockwright(".", "--allow=privileged", "call", "-m", plain, "root")
    assert allowed.returncode == 0, allowed.stderr
    full = int(allowed.stdout.split()[-1], 16)
    assert full & (1 << 21), "a command with all root capabilities may administer the system"
    interfaces = dockwright(".", "call", "-m", plain, "interfaces")
    assert interfaces.stdout.strip("\n") not in ("", "lo"), interfaces.stderr

    quiet = f"oci://{lab}/{repository}/quiet:1.0"
    publish(dockwright, with_section(module, {"uses": {"network": ["docker.io"], "privileged": True}}), quiet)
    interfaces = dockwright(".", "call", "-m", quiet, "interfaces")
    assert interfaces.stdout.strip("\n") == "lo", interfaces.stderr
    root = dockwright(".", "call", "-m", quiet, "root")
    assert root.returncode == 0 and int(root.stdout.split()[-1], 16) == full, root.stderr
    unheard = dockwright(".", "--allow=network", "call", "-m", quiet, "interfaces")
    assert unheard.stdout.strip("\n") not in ("", "lo"), unheard.stderr

    caller = write_module(tmp_path / "caller", PASSING)
    manifest = json.loads((caller / "dagger.json").read_text()) | {"name": "caller"}
    (caller / "dagger.json").write_text(json.dumps(manifest | {"dependencies": [{"name": "dep", "source": plain}]}))
    project = caller / "dagger" / "pyproject.toml"
    project.write_text(project.read_text().replace("Faults", "Caller"))
    refused = dockwright(str(caller), "call", "root")
    assert refused.returncode == 1 and "module `faults` may not use" in told(refused), told(refused)
    installed = dockwright(str(caller), "--allow=privileged", "install", plain, "--name=dep")
    assert installed.returncode == 0, installed.stderr
    assert json.loads((caller / "dagger.json").read_text())["dockwright"] == {"allow": {"dep": ["privileged"]}}
    granted = dockwright(str(caller), "call", "root")
    assert granted.returncode == 0 and int(granted.stdout.split()[-1], 16) == full, granted.stderr
    assert dockwright(str(caller), "uninstall", "dep").returncode == 0
    assert "allow" not in json.loads((caller / "dagger.json").read_text())["dockwright"]


PASSING = '''
from dagger import dag, function, object_type


@object_type
class Caller:
    """For tests."""

    @function
    async def root(self) -> str:
        """Hand on."""
        return await dag.dep().root()
'''

ASKING = '''
from dagger import Secret, function, object_type


@object_type
class Faults:
    """For tests."""

    @function
    def name(self, token: Secret) -> str:
        """Say which."""
        return "second"
'''


def test_an_update_that_asks_for_more(dockwright: Run, user: User, lab: str, repository: str, tmp_path: Path) -> None:
    """The difference is shown, and nothing changes unless somebody agrees to exactly that."""
    reference = f"oci://{lab}/{repository}:1"
    first = write_module(tmp_path / "first", PLAIN.format(text="first"))
    publish(dockwright, with_section(first, {"uses": {"network": []}}), reference)
    module = write_module(tmp_path / "module", PLAIN)
    installed = user("install", reference, "--name=dep", folder=module)
    assert installed.returncode == 0, installed.stderr
    assert "faults   containers without a network, nothing from outside" in installed.stderr, installed.stderr
    before = {name: (module / name).read_text() for name in ("dagger.json", "dockwright.lock")}

    second = write_module(tmp_path / "second", ASKING)
    section = {"uses": {"network": ["docker.io"], "privileged": True}}
    publish(dockwright, with_section(second, section), reference)
    refused = user("update", folder=module)
    assert refused.returncode == 1
    for line in (
        "+ may use privileged",
        "+ may use network:docker.io",
        "+ asks for secrets: Faults.name(token)",
        "--allow=network:docker.io --allow=privileged --allow=secrets",
    ):
        assert line in told(refused), told(refused)
    assert before == {name: (module / name).read_text() for name in before}
    part = user("--allow=privileged", "update", folder=module)
    assert part.returncode == 1 and "--allow=network:docker.io --allow=secrets" in told(part), told(part)
    allowed = ["--allow=privileged", "--allow=network", "--allow=secrets"]
    updated = user(*allowed, "update", folder=module)
    assert updated.returncode == 0, updated.stderr
    assert "dep reaches something else than before:" in updated.stderr
    assert before["dagger.json"] != (module / "dagger.json").read_text()

    publish(dockwright, with_section(first, {"uses": {"network": []}}), reference)
    less = user("update", folder=module)
    assert less.returncode == 0 and "- may use privileged" in less.stderr, less.stderr
    publish(dockwright, second, reference)
    agreed = user("update", "--yes", folder=module)
    assert agreed.returncode == 0, agreed.stderr
    wrong = user("--allow=secrets", "call", "-m", reference, "name")
    assert wrong.returncode == 1 and "is for `dockwright update`" in told(wrong)
