# Generated from the core API by `cargo xtask codegen`; do not edit.
# ruff: noqa
"""The core API: one class for each of its types, and `dag`, where every pipeline starts."""

from __future__ import annotations

import collections.abc
import dataclasses
from typing import Any

from dagger.client.base import Enum, Input, Root, Scalar, Type
from dagger.client.query import Arg


class JSON(Scalar):
    """JSON text."""

    __slots__ = ()


class Platform(Scalar):
    """Operating system and architecture, such as `linux/amd64` or `linux/arm64/v8`."""

    __slots__ = ()


class Void(Scalar):
    """No value."""

    __slots__ = ()


class AddressID(Scalar):
    """The ID of a `Address`."""

    __slots__ = ()


class CacheVolumeID(Scalar):
    """The ID of a `CacheVolume`."""

    __slots__ = ()


class ChangesetID(Scalar):
    """The ID of a `Changeset`."""

    __slots__ = ()


class CheckID(Scalar):
    """The ID of a `Check`."""

    __slots__ = ()


class CheckGroupID(Scalar):
    """The ID of a `CheckGroup`."""

    __slots__ = ()


class ClientFilesyncMirrorID(Scalar):
    """The ID of a `ClientFilesyncMirror`."""

    __slots__ = ()


class ContainerID(Scalar):
    """The ID of a `Container`."""

    __slots__ = ()


class CurrentModuleID(Scalar):
    """The ID of a `CurrentModule`."""

    __slots__ = ()


class DiffStatID(Scalar):
    """The ID of a `DiffStat`."""

    __slots__ = ()


class DirectoryID(Scalar):
    """The ID of a `Directory`."""

    __slots__ = ()


class EngineID(Scalar):
    """The ID of a `Engine`."""

    __slots__ = ()


class EngineCacheID(Scalar):
    """The ID of a `EngineCache`."""

    __slots__ = ()


class EngineCacheEntryID(Scalar):
    """The ID of a `EngineCacheEntry`."""

    __slots__ = ()


class EngineCacheEntrySetID(Scalar):
    """The ID of a `EngineCacheEntrySet`."""

    __slots__ = ()


class EnumTypeDefID(Scalar):
    """The ID of a `EnumTypeDef`."""

    __slots__ = ()


class EnumValueTypeDefID(Scalar):
    """The ID of a `EnumValueTypeDef`."""

    __slots__ = ()


class EnvFileID(Scalar):
    """The ID of a `EnvFile`."""

    __slots__ = ()


class EnvVariableID(Scalar):
    """The ID of a `EnvVariable`."""

    __slots__ = ()


class ErrorID(Scalar):
    """The ID of a `Error`."""

    __slots__ = ()


class ErrorValueID(Scalar):
    """The ID of a `ErrorValue`."""

    __slots__ = ()


class ExportableID(Scalar):
    """The ID of a `Exportable`."""

    __slots__ = ()


class FieldTypeDefID(Scalar):
    """The ID of a `FieldTypeDef`."""

    __slots__ = ()


class FileID(Scalar):
    """The ID of a `File`."""

    __slots__ = ()


class FunctionID(Scalar):
    """The ID of a `Function`."""

    __slots__ = ()


class FunctionArgID(Scalar):
    """The ID of a `FunctionArg`."""

    __slots__ = ()


class FunctionCallID(Scalar):
    """The ID of a `FunctionCall`."""

    __slots__ = ()


class FunctionCallArgValueID(Scalar):
    """The ID of a `FunctionCallArgValue`."""

    __slots__ = ()


class GeneratedCodeID(Scalar):
    """The ID of a `GeneratedCode`."""

    __slots__ = ()


class GeneratorID(Scalar):
    """The ID of a `Generator`."""

    __slots__ = ()


class GeneratorGroupID(Scalar):
    """The ID of a `GeneratorGroup`."""

    __slots__ = ()


class GitRefID(Scalar):
    """The ID of a `GitRef`."""

    __slots__ = ()


class GitRepositoryID(Scalar):
    """The ID of a `GitRepository`."""

    __slots__ = ()


class HTTPStateID(Scalar):
    """The ID of a `HTTPState`."""

    __slots__ = ()


class HealthcheckConfigID(Scalar):
    """The ID of a `HealthcheckConfig`."""

    __slots__ = ()


class HostID(Scalar):
    """The ID of a `Host`."""

    __slots__ = ()


class InputTypeDefID(Scalar):
    """The ID of a `InputTypeDef`."""

    __slots__ = ()


class InterfaceTypeDefID(Scalar):
    """The ID of a `InterfaceTypeDef`."""

    __slots__ = ()


class JSONValueID(Scalar):
    """The ID of a `JSONValue`."""

    __slots__ = ()


class LabelID(Scalar):
    """The ID of a `Label`."""

    __slots__ = ()


class ListTypeDefID(Scalar):
    """The ID of a `ListTypeDef`."""

    __slots__ = ()


class ModuleID(Scalar):
    """The ID of a `Module`."""

    __slots__ = ()


class ModuleConfigClientID(Scalar):
    """The ID of a `ModuleConfigClient`."""

    __slots__ = ()


class ModuleSourceID(Scalar):
    """The ID of a `ModuleSource`."""

    __slots__ = ()


class NodeID(Scalar):
    """The ID of a `Node`."""

    __slots__ = ()


class ObjectTypeDefID(Scalar):
    """The ID of a `ObjectTypeDef`."""

    __slots__ = ()


class PortID(Scalar):
    """The ID of a `Port`."""

    __slots__ = ()


class RemoteGitMirrorID(Scalar):
    """The ID of a `RemoteGitMirror`."""

    __slots__ = ()


class SDKConfigID(Scalar):
    """The ID of a `SDKConfig`."""

    __slots__ = ()


class ScalarTypeDefID(Scalar):
    """The ID of a `ScalarTypeDef`."""

    __slots__ = ()


class SearchResultID(Scalar):
    """The ID of a `SearchResult`."""

    __slots__ = ()


class SearchSubmatchID(Scalar):
    """The ID of a `SearchSubmatch`."""

    __slots__ = ()


class SecretID(Scalar):
    """The ID of a `Secret`."""

    __slots__ = ()


class ServiceID(Scalar):
    """The ID of a `Service`."""

    __slots__ = ()


class SocketID(Scalar):
    """The ID of a `Socket`."""

    __slots__ = ()


class SourceMapID(Scalar):
    """The ID of a `SourceMap`."""

    __slots__ = ()


class StatID(Scalar):
    """The ID of a `Stat`."""

    __slots__ = ()


class SyncerID(Scalar):
    """The ID of a `Syncer`."""

    __slots__ = ()


class TerminalID(Scalar):
    """The ID of a `Terminal`."""

    __slots__ = ()


class TypeDefID(Scalar):
    """The ID of a `TypeDef`."""

    __slots__ = ()


class UpID(Scalar):
    """The ID of a `Up`."""

    __slots__ = ()


class UpGroupID(Scalar):
    """The ID of a `UpGroup`."""

    __slots__ = ()


class WorkspaceID(Scalar):
    """The ID of a `Workspace`."""

    __slots__ = ()


class CacheSharingMode(Enum):
    """What happens when several processes use a cache volume at once."""

    SHARED = "SHARED"
    """All of them use it."""

    PRIVATE = "PRIVATE"
    """Each gets a volume of its own."""

    LOCKED = "LOCKED"
    """One waits for the other."""


class ChangesetMergeConflict(Enum):
    """What to do where two changesets change the same path."""

    FAIL_EARLY = "FAIL_EARLY"
    """Fails before anything is merged."""

    FAIL = "FAIL"
    """Fails when the merge does."""

    LEAVE_CONFLICT_MARKERS = "LEAVE_CONFLICT_MARKERS"
    """Marks the conflict in the file."""

    PREFER_OURS = "PREFER_OURS"
    """Keeps this one's change."""

    PREFER_THEIRS = "PREFER_THEIRS"
    """Takes the other one's change."""


class ChangesetsMergeConflict(Enum):
    """What to do where several changesets change the same path."""

    FAIL_EARLY = "FAIL_EARLY"
    """Fails before anything is merged."""

    FAIL = "FAIL"
    """Fails when the merge does."""


class DiffStatKind(Enum):
    """How a file is changed."""

    ADDED = "ADDED"
    """It is new."""

    MODIFIED = "MODIFIED"
    """Its contents are changed."""

    REMOVED = "REMOVED"
    """It is gone."""

    RENAMED = "RENAMED"
    """It has another name."""


class ExistsType(Enum):
    """What may be at a path."""

    REGULAR_TYPE = "REGULAR_TYPE"
    """A file."""

    DIRECTORY_TYPE = "DIRECTORY_TYPE"
    """A directory."""

    SYMLINK_TYPE = "SYMLINK_TYPE"
    """A symbolic link."""


class FileType(Enum):
    """What is at a path."""

    UNKNOWN = "UNKNOWN"
    """Something else."""

    REGULAR = "REGULAR"
    """A file."""

    REGULAR_TYPE = "REGULAR"

    DIRECTORY = "DIRECTORY"
    """A directory."""

    DIRECTORY_TYPE = "DIRECTORY"

    SYMLINK = "SYMLINK"
    """A symbolic link."""

    SYMLINK_TYPE = "SYMLINK"


class FunctionCachePolicy(Enum):
    """How long a function's result may be used again."""

    Default = "Default"
    """Until its inputs change, for days at most."""

    PerSession = "PerSession"
    """Within the session."""

    Never = "Never"
    """It is called each time."""


class ImageLayerCompression(Enum):
    """How the layers of an image are compressed."""

    Gzip = "Gzip"
    """With gzip, which everything can read."""

    GZIP = "Gzip"

    Zstd = "Zstd"
    """With zstd, which is faster and smaller."""

    ZSTD = "Zstd"

    EStarGZ = "EStarGZ"
    """With eStargz, which can be read before it is whole."""

    ESTARGZ = "EStarGZ"

    Uncompressed = "Uncompressed"
    """Not at all."""

    UNCOMPRESSED = "Uncompressed"


class ImageMediaTypes(Enum):
    """Which media types an image has."""

    OCIMediaTypes = "OCIMediaTypes"
    """Those of the OCI."""

    OCI = "OCIMediaTypes"

    DockerMediaTypes = "DockerMediaTypes"
    """Those of Docker."""

    DOCKER = "DockerMediaTypes"


class ModuleSourceExperimentalFeature(Enum):
    """Something that a module can switch on."""

    SELF_CALLS = "SELF_CALLS"
    """The module can call its own functions through the API."""


class ModuleSourceKind(Enum):
    """Where a module's source is."""

    LOCAL_SOURCE = "LOCAL_SOURCE"
    """On the caller's machine."""

    LOCAL = "LOCAL_SOURCE"

    GIT_SOURCE = "GIT_SOURCE"
    """In a Git repository."""

    GIT = "GIT_SOURCE"

    DIR_SOURCE = "DIR_SOURCE"
    """In a directory of the API."""

    DIR = "DIR_SOURCE"


class NetworkProtocol(Enum):
    """Protocol of a port."""

    TCP = "TCP"
    """TCP."""

    UDP = "UDP"
    """UDP."""


class ReturnType(Enum):
    """Which exit codes are no failure."""

    SUCCESS = "SUCCESS"
    """Only 0."""

    FAILURE = "FAILURE"
    """Only others than 0."""

    ANY = "ANY"
    """All of them."""


class TypeDefKind(Enum):
    """What a type is."""

    STRING_KIND = "STRING_KIND"
    """Text."""

    STRING = "STRING_KIND"

    INTEGER_KIND = "INTEGER_KIND"
    """A whole number."""

    INTEGER = "INTEGER_KIND"

    FLOAT_KIND = "FLOAT_KIND"
    """A number."""

    FLOAT = "FLOAT_KIND"

    BOOLEAN_KIND = "BOOLEAN_KIND"
    """True or false."""

    BOOLEAN = "BOOLEAN_KIND"

    SCALAR_KIND = "SCALAR_KIND"
    """A named leaf."""

    SCALAR = "SCALAR_KIND"

    LIST_KIND = "LIST_KIND"
    """A list of another type."""

    LIST = "LIST_KIND"

    OBJECT_KIND = "OBJECT_KIND"
    """An object with functions and fields."""

    OBJECT = "OBJECT_KIND"

    INTERFACE_KIND = "INTERFACE_KIND"
    """Functions that an object must have."""

    INTERFACE = "INTERFACE_KIND"

    INPUT_KIND = "INPUT_KIND"
    """A record that travels as an argument."""

    INPUT = "INPUT_KIND"

    VOID_KIND = "VOID_KIND"
    """No value."""

    VOID = "VOID_KIND"

    ENUM_KIND = "ENUM_KIND"
    """A closed list of names."""

    ENUM = "ENUM_KIND"


@dataclasses.dataclass(slots=True)
class BuildArg(Input):
    """An argument of an image build."""

    name: str
    """Its name."""

    value: str
    """Its value."""


@dataclasses.dataclass(slots=True)
class PipelineLabel(Input):
    """A label of a pipeline."""

    name: str
    """Its name."""

    value: str
    """Its value."""


@dataclasses.dataclass(slots=True)
class PortForward(Input):
    """A port of the caller's machine that leads to one of a service."""

    backend: int
    """Port of the service."""

    frontend: int | None = None
    """Port of the machine; a free one by default."""

    protocol: NetworkProtocol | None = NetworkProtocol.TCP
    """Its protocol."""


class Node(Type):
    """Whatever has an ID."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()


class Exportable(Node):
    """Whatever can be written to the caller's machine."""

    async def export(self, path: str) -> str:
        """Writes it to the caller's machine; the answer is the path.

        Args:
            path: Where to write it.
        """
        _ctx = self._select("export", Arg("path", path))
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()


class Syncer(Node):
    """Whatever can be evaluated."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def sync(self) -> Syncer:
        """Evaluates it, and fails when something that it comes from does."""
        _ctx = self._select("sync")
        return await _ctx.execute_sync(self)

    def __await__(self) -> collections.abc.Generator[Any, None, Syncer]:
        return self.sync().__await__()


class Address(Node):
    """Something that is named by a text, as on the command line."""

    def container(self) -> Container:
        """The image as a container."""
        _ctx = self._select("container")
        return Container(_ctx)

    def directory(
        self,
        *,
        exclude: list[str] | None = None,
        include: list[str] | None = None,
        gitignore: bool | None = False,
        no_cache: bool | None = False,
    ) -> Directory:
        """The directory at the path or in the repository.

        Args:
            exclude: Leaves out what matches one of these patterns.
            include: Takes only what matches one of these patterns.
            gitignore: Leaves out what the .gitignore files inside exclude.
            no_cache: Reads it anew even when the session has read it before.
        """
        _ctx = self._select(
            "directory",
            Arg("exclude", exclude, None),
            Arg("include", include, None),
            Arg("gitignore", gitignore, False),
            Arg("noCache", no_cache, False),
        )
        return Directory(_ctx)

    def file(
        self,
        *,
        exclude: list[str] | None = None,
        include: list[str] | None = None,
        gitignore: bool | None = False,
        no_cache: bool | None = False,
    ) -> File:
        """The file at the path or in the repository.

        Args:
            exclude: Leaves out what matches one of these patterns.
            include: Takes only what matches one of these patterns.
            gitignore: Leaves out what the .gitignore files inside exclude.
            no_cache: Reads it anew even when the session has read it before.
        """
        _ctx = self._select(
            "file",
            Arg("exclude", exclude, None),
            Arg("include", include, None),
            Arg("gitignore", gitignore, False),
            Arg("noCache", no_cache, False),
        )
        return File(_ctx)

    def git_ref(self) -> GitRef:
        """The branch, tag or commit."""
        _ctx = self._select("gitRef")
        return GitRef(_ctx)

    def git_repository(self) -> GitRepository:
        """The repository."""
        _ctx = self._select("gitRepository")
        return GitRepository(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    def secret(self) -> Secret:
        """The secret of the provider."""
        _ctx = self._select("secret")
        return Secret(_ctx)

    def service(self) -> Service:
        """The service at the host and port."""
        _ctx = self._select("service")
        return Service(_ctx)

    def socket(self) -> Socket:
        """The Unix socket at the path."""
        _ctx = self._select("socket")
        return Socket(_ctx)

    async def value(self) -> str:
        """The text."""
        _ctx = self._select("value")
        return await _ctx.execute(str)


class CacheVolume(Node):
    """A volume that keeps its contents between runs."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()


class Changeset(Exportable, Syncer):
    """What is different between two directories."""

    async def added_paths(self) -> list[str]:
        """Paths that are new."""
        _ctx = self._select("addedPaths")
        return await _ctx.execute(list[str])

    def after(self) -> Directory:
        """The directory after the changes."""
        _ctx = self._select("after")
        return Directory(_ctx)

    def as_patch(self) -> File:
        """The changes as a patch."""
        _ctx = self._select("asPatch")
        return File(_ctx)

    def before(self) -> Directory:
        """The directory before the changes."""
        _ctx = self._select("before")
        return Directory(_ctx)

    async def diff_stats(self) -> list[DiffStat]:
        """How much is changed in each file."""
        _ctx = self._select("diffStats")
        return await _ctx.execute_objects(DiffStat)

    async def export(self, path: str) -> str:
        """Applies the changes to a folder of the caller's machine; the answer is the path.

        Args:
            path: The folder.
        """
        _ctx = self._select("export", Arg("path", path))
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def is_empty(self) -> bool:
        """Whether nothing is changed."""
        _ctx = self._select("isEmpty")
        return await _ctx.execute(bool)

    def layer(self) -> Directory:
        """What is new or changed, as a directory."""
        _ctx = self._select("layer")
        return Directory(_ctx)

    async def modified_paths(self) -> list[str]:
        """Paths that are changed."""
        _ctx = self._select("modifiedPaths")
        return await _ctx.execute(list[str])

    async def removed_paths(self) -> list[str]:
        """Paths that are gone."""
        _ctx = self._select("removedPaths")
        return await _ctx.execute(list[str])

    async def sync(self) -> Changeset:
        """Evaluates it, and fails when something that it comes from does."""
        _ctx = self._select("sync")
        return await _ctx.execute_sync(self)

    def with_changeset(
        self,
        changes: Changeset,
        *,
        on_conflict: ChangesetMergeConflict | None = ChangesetMergeConflict.FAIL,
    ) -> Changeset:
        """Adds another changeset.

        Args:
            changes: The changeset.
            on_conflict: What to do where both change the same path.
        """
        _ctx = self._select(
            "withChangeset",
            Arg("changes", changes),
            Arg("onConflict", on_conflict, ChangesetMergeConflict.FAIL),
        )
        return Changeset(_ctx)

    def with_changesets(
        self,
        changes: list[Changeset],
        *,
        on_conflict: ChangesetsMergeConflict | None = ChangesetsMergeConflict.FAIL,
    ) -> Changeset:
        """Adds other changesets.

        Args:
            changes: The changesets.
            on_conflict: What to do where both change the same path.
        """
        _ctx = self._select(
            "withChangesets",
            Arg("changes", changes),
            Arg("onConflict", on_conflict, ChangesetsMergeConflict.FAIL),
        )
        return Changeset(_ctx)

    def __await__(self) -> collections.abc.Generator[Any, None, Changeset]:
        return self.sync().__await__()


class Check(Node):
    async def check_type(self) -> str:
        _ctx = self._select("checkType")
        return await _ctx.execute(str)

    async def completed(self) -> bool:
        _ctx = self._select("completed")
        return await _ctx.execute(bool)

    async def description(self) -> str:
        _ctx = self._select("description")
        return await _ctx.execute(str)

    def error(self) -> Error:
        _ctx = self._select("error")
        return Error(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        _ctx = self._select("name")
        return await _ctx.execute(str)

    def original_module(self) -> Module:
        _ctx = self._select("originalModule")
        return Module(_ctx)

    async def passed(self) -> bool:
        _ctx = self._select("passed")
        return await _ctx.execute(bool)

    async def path(self) -> list[str]:
        _ctx = self._select("path")
        return await _ctx.execute(list[str])

    async def result_emoji(self) -> str:
        _ctx = self._select("resultEmoji")
        return await _ctx.execute(str)

    def run(self) -> Check:
        _ctx = self._select("run")
        return Check(_ctx)


class CheckGroup(Node):
    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def list_(self) -> list[Check]:
        _ctx = self._select("list")
        return await _ctx.execute_objects(Check)

    def report(self) -> File:
        _ctx = self._select("report")
        return File(_ctx)

    def run(self, *, fail_fast: bool | None = None) -> CheckGroup:
        _ctx = self._select("run", Arg("failFast", fail_fast, None))
        return CheckGroup(_ctx)


class ClientFilesyncMirror(Node):
    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()


class Container(Exportable, Syncer):
    """An image with everything that is changed on top of it; nothing runs until a result is asked for."""

    def as_service(
        self,
        *,
        args: list[str] | None = None,
        use_entrypoint: bool | None = False,
        experimental_privileged_nesting: bool | None = False,
        insecure_root_capabilities: bool | None = False,
        expand: bool | None = False,
        no_init: bool | None = False,
    ) -> Service:
        """The container as a service that other containers can reach.

        Args:
            args: Command to run; the default arguments when there is none.
            use_entrypoint: Puts the entrypoint before the arguments.
            experimental_privileged_nesting: Gives the process access to this API.
            insecure_root_capabilities: Runs with all root capabilities, as a privileged container does.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
            no_init: Starts the process as PID 1 instead of under a small init process.
        """
        _ctx = self._select(
            "asService",
            Arg("args", args, None),
            Arg("useEntrypoint", use_entrypoint, False),
            Arg("experimentalPrivilegedNesting", experimental_privileged_nesting, False),
            Arg("insecureRootCapabilities", insecure_root_capabilities, False),
            Arg("expand", expand, False),
            Arg("noInit", no_init, False),
        )
        return Service(_ctx)

    def as_tarball(
        self,
        *,
        platform_variants: list[Container] | None = None,
        forced_compression: ImageLayerCompression | None = None,
        media_types: ImageMediaTypes | None = ImageMediaTypes.OCIMediaTypes,
    ) -> File:
        """The image as a tar archive.

        Args:
            platform_variants: Containers of other platforms to put into the same image.
            forced_compression: Compresses every layer this way, even those that exist compressed.
            media_types: Media types of the manifest and layers.
        """
        _ctx = self._select(
            "asTarball",
            Arg("platformVariants", platform_variants, None),
            Arg("forcedCompression", forced_compression, None),
            Arg("mediaTypes", media_types, ImageMediaTypes.OCIMediaTypes),
        )
        return File(_ctx)

    async def combined_output(self) -> str:
        """What the last command wrote to stdout and stderr together."""
        _ctx = self._select("combinedOutput")
        return await _ctx.execute(str)

    async def default_args(self) -> list[str]:
        """Arguments that run when none are given."""
        _ctx = self._select("defaultArgs")
        return await _ctx.execute(list[str])

    def directory(self, path: str, *, expand: bool | None = False) -> Directory:
        """A directory of the container.

        Args:
            path: Where it is.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select("directory", Arg("path", path), Arg("expand", expand, False))
        return Directory(_ctx)

    def docker_healthcheck(self) -> HealthcheckConfig:
        """How Docker would check its health."""
        _ctx = self._select("dockerHealthcheck")
        return HealthcheckConfig(_ctx)

    async def entrypoint(self) -> list[str]:
        """Command that is put before arguments."""
        _ctx = self._select("entrypoint")
        return await _ctx.execute(list[str])

    async def env_variable(self, name: str) -> str | None:
        """Value of an environment variable.

        Args:
            name: Its name.
        """
        _ctx = self._select("envVariable", Arg("name", name))
        return await _ctx.execute(str | None)

    async def env_variables(self) -> list[EnvVariable]:
        """All environment variables."""
        _ctx = self._select("envVariables")
        return await _ctx.execute_objects(EnvVariable)

    async def exists(
        self,
        path: str,
        *,
        expected_type: ExistsType | None = None,
        do_not_follow_symlinks: bool | None = False,
        expand: bool | None = False,
    ) -> bool:
        """Whether there is something at a path.

        Args:
            path: Where to look.
            expected_type: Only counts what is of this type.
            do_not_follow_symlinks: Looks at a symbolic link itself, not at what it leads to.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select(
            "exists",
            Arg("path", path),
            Arg("expectedType", expected_type, None),
            Arg("doNotFollowSymlinks", do_not_follow_symlinks, False),
            Arg("expand", expand, False),
        )
        return await _ctx.execute(bool)

    async def exit_code(self) -> int:
        """Exit code of the last command."""
        _ctx = self._select("exitCode")
        return await _ctx.execute(int)

    def experimental_with_all_gp_us(self) -> Container:
        """Gives commands all GPUs of the machine."""
        _ctx = self._select("experimentalWithAllGPUs")
        return Container(_ctx)

    def experimental_with_gpu(self, devices: list[str]) -> Container:
        """Gives commands some GPUs of the machine.

        Args:
            devices: Names of the devices.
        """
        _ctx = self._select("experimentalWithGPU", Arg("devices", devices))
        return Container(_ctx)

    async def export(
        self,
        path: str,
        *,
        platform_variants: list[Container] | None = None,
        forced_compression: ImageLayerCompression | None = None,
        media_types: ImageMediaTypes | None = ImageMediaTypes.OCIMediaTypes,
        expand: bool | None = False,
    ) -> str:
        """Writes the image as a tar archive to the caller's machine; the answer is the path.

        Args:
            path: Where to write it.
            platform_variants: Containers of other platforms to put into the same image.
            forced_compression: Compresses every layer this way, even those that exist compressed.
            media_types: Media types of the manifest and layers.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select(
            "export",
            Arg("path", path),
            Arg("platformVariants", platform_variants, None),
            Arg("forcedCompression", forced_compression, None),
            Arg("mediaTypes", media_types, ImageMediaTypes.OCIMediaTypes),
            Arg("expand", expand, False),
        )
        return await _ctx.execute(str)

    async def export_image(
        self,
        name: str,
        *,
        platform_variants: list[Container] | None = None,
        forced_compression: ImageLayerCompression | None = None,
        media_types: ImageMediaTypes | None = ImageMediaTypes.OCIMediaTypes,
    ) -> None:
        """Loads the image into the caller's container runtime.

        Args:
            name: Name of the image there.
            platform_variants: Containers of other platforms to put into the same image.
            forced_compression: Compresses every layer this way, even those that exist compressed.
            media_types: Media types of the manifest and layers.
        """
        _ctx = self._select(
            "exportImage",
            Arg("name", name),
            Arg("platformVariants", platform_variants, None),
            Arg("forcedCompression", forced_compression, None),
            Arg("mediaTypes", media_types, ImageMediaTypes.OCIMediaTypes),
        )
        await _ctx.execute(None)

    async def exposed_ports(self) -> list[Port]:
        """Ports that it exposes."""
        _ctx = self._select("exposedPorts")
        return await _ctx.execute_objects(Port)

    def file(self, path: str, *, expand: bool | None = False) -> File:
        """A file of the container.

        Args:
            path: Where it is.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select("file", Arg("path", path), Arg("expand", expand, False))
        return File(_ctx)

    def from_(self, address: str, *, registry_service: Service | None = None) -> Container:
        """Begins with an image from a registry.

        Args:
            address: Reference of the image, such as `alpine:3.20`.
            registry_service: Service that stands for the registry while it is asked.
        """
        _ctx = self._select("from", Arg("address", address), Arg("registryService", registry_service, None))
        return Container(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def image_ref(self) -> str:
        """Reference of the image it began with, with its digest."""
        _ctx = self._select("imageRef")
        return await _ctx.execute(str)

    def import_(self, source: File, *, tag: str | None = "") -> Container:
        """Begins with an image from a tar archive.

        Args:
            source: The archive.
            tag: Which image of the archive.
        """
        _ctx = self._select("import", Arg("source", source), Arg("tag", tag, ""))
        return Container(_ctx)

    async def label(self, name: str) -> str | None:
        """Value of a label.

        Args:
            name: Its name.
        """
        _ctx = self._select("label", Arg("name", name))
        return await _ctx.execute(str | None)

    async def labels(self) -> list[Label]:
        """All labels."""
        _ctx = self._select("labels")
        return await _ctx.execute_objects(Label)

    async def mounts(self) -> list[str]:
        """Paths where something is mounted."""
        _ctx = self._select("mounts")
        return await _ctx.execute(list[str])

    async def platform(self) -> Platform:
        """Platform that it runs on."""
        _ctx = self._select("platform")
        return await _ctx.execute(Platform)

    async def publish(
        self,
        address: str,
        *,
        platform_variants: list[Container] | None = None,
        forced_compression: ImageLayerCompression | None = None,
        media_types: ImageMediaTypes | None = ImageMediaTypes.OCIMediaTypes,
        registry_service: Service | None = None,
    ) -> str:
        """Pushes the image to a registry; the answer is its reference with the digest.

        Args:
            address: Reference to push to.
            platform_variants: Containers of other platforms to put into the same image.
            forced_compression: Compresses every layer this way, even those that exist compressed.
            media_types: Media types of the manifest and layers.
            registry_service: Service that stands for the registry while it is asked.
        """
        _ctx = self._select(
            "publish",
            Arg("address", address),
            Arg("platformVariants", platform_variants, None),
            Arg("forcedCompression", forced_compression, None),
            Arg("mediaTypes", media_types, ImageMediaTypes.OCIMediaTypes),
            Arg("registryService", registry_service, None),
        )
        return await _ctx.execute(str)

    def rootfs(self) -> Directory:
        """Its whole file system."""
        _ctx = self._select("rootfs")
        return Directory(_ctx)

    def stat(self, path: str, *, do_not_follow_symlinks: bool | None = False) -> Stat:
        """What is at a path; null when nothing is.

        Args:
            path: Where to look.
            do_not_follow_symlinks: Looks at a symbolic link itself, not at what it leads to.
        """
        _ctx = self._select("stat", Arg("path", path), Arg("doNotFollowSymlinks", do_not_follow_symlinks, False))
        return Stat(_ctx)

    async def stderr(self) -> str:
        """What the last command wrote to stderr."""
        _ctx = self._select("stderr")
        return await _ctx.execute(str)

    async def stdout(self) -> str:
        """What the last command wrote to stdout."""
        _ctx = self._select("stdout")
        return await _ctx.execute(str)

    async def sync(self) -> Container:
        """Runs everything that is pending and fails when one of the commands does."""
        _ctx = self._select("sync")
        return await _ctx.execute_sync(self)

    def terminal(
        self,
        *,
        cmd: list[str] | None = None,
        experimental_privileged_nesting: bool | None = False,
        insecure_root_capabilities: bool | None = False,
    ) -> Container:
        """Opens a terminal in the container.

        Args:
            cmd: Program to run; a shell by default.
            experimental_privileged_nesting: Gives the process access to this API.
            insecure_root_capabilities: Runs with all root capabilities, as a privileged container does.
        """
        _ctx = self._select(
            "terminal",
            Arg("cmd", cmd, None),
            Arg("experimentalPrivilegedNesting", experimental_privileged_nesting, False),
            Arg("insecureRootCapabilities", insecure_root_capabilities, False),
        )
        return Container(_ctx)

    async def up(
        self,
        *,
        random: bool | None = False,
        ports: list[PortForward] | None = None,
        args: list[str] | None = None,
        use_entrypoint: bool | None = False,
        experimental_privileged_nesting: bool | None = False,
        insecure_root_capabilities: bool | None = False,
        expand: bool | None = False,
        no_init: bool | None = False,
    ) -> None:
        """Starts it as a service whose ports the caller's machine can reach.

        Args:
            random: Takes free ports of the machine instead of the same ones.
            ports: Which ports lead where.
            args: Command to run; the default arguments when there is none.
            use_entrypoint: Puts the entrypoint before the arguments.
            experimental_privileged_nesting: Gives the process access to this API.
            insecure_root_capabilities: Runs with all root capabilities, as a privileged container does.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
            no_init: Starts the process as PID 1 instead of under a small init process.
        """
        _ctx = self._select(
            "up",
            Arg("random", random, False),
            Arg("ports", ports, None),
            Arg("args", args, None),
            Arg("useEntrypoint", use_entrypoint, False),
            Arg("experimentalPrivilegedNesting", experimental_privileged_nesting, False),
            Arg("insecureRootCapabilities", insecure_root_capabilities, False),
            Arg("expand", expand, False),
            Arg("noInit", no_init, False),
        )
        await _ctx.execute(None)

    async def user(self) -> str:
        """User that commands run as."""
        _ctx = self._select("user")
        return await _ctx.execute(str)

    def with_annotation(self, name: str, value: str) -> Container:
        """Sets an annotation of the image.

        Args:
            name: Its name.
            value: Its value.
        """
        _ctx = self._select("withAnnotation", Arg("name", name), Arg("value", value))
        return Container(_ctx)

    def with_default_args(self, args: list[str]) -> Container:
        """Sets the arguments that run when none are given.

        Args:
            args: The arguments.
        """
        _ctx = self._select("withDefaultArgs", Arg("args", args))
        return Container(_ctx)

    def with_default_terminal_cmd(
        self,
        args: list[str],
        *,
        experimental_privileged_nesting: bool | None = False,
        insecure_root_capabilities: bool | None = False,
    ) -> Container:
        """Sets the program of `terminal`.

        Args:
            args: The program and its arguments.
            experimental_privileged_nesting: Gives the process access to this API.
            insecure_root_capabilities: Runs with all root capabilities, as a privileged container does.
        """
        _ctx = self._select(
            "withDefaultTerminalCmd",
            Arg("args", args),
            Arg("experimentalPrivilegedNesting", experimental_privileged_nesting, False),
            Arg("insecureRootCapabilities", insecure_root_capabilities, False),
        )
        return Container(_ctx)

    def with_directory(
        self,
        path: str,
        source: Directory,
        *,
        exclude: list[str] | None = None,
        include: list[str] | None = None,
        gitignore: bool | None = False,
        owner: str | None = "",
        expand: bool | None = False,
        permissions: int | None = None,
    ) -> Container:
        """Copies a directory into the container.

        Args:
            path: Where to put it.
            source: The directory.
            exclude: Leaves out what matches one of these patterns.
            include: Takes only what matches one of these patterns.
            gitignore: Leaves out what the .gitignore files inside exclude.
            owner: Owner as `user`, `user:group` or numbers; nothing keeps what is there.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
            permissions: File mode, such as 0644 in octal.
        """
        _ctx = self._select(
            "withDirectory",
            Arg("path", path),
            Arg("source", source),
            Arg("exclude", exclude, None),
            Arg("include", include, None),
            Arg("gitignore", gitignore, False),
            Arg("owner", owner, ""),
            Arg("expand", expand, False),
            Arg("permissions", permissions, None),
        )
        return Container(_ctx)

    def with_docker_healthcheck(
        self,
        args: list[str],
        *,
        shell: bool | None = None,
        interval: str | None = None,
        timeout: str | None = None,
        start_period: str | None = None,
        start_interval: str | None = None,
        retries: int | None = None,
    ) -> Container:
        """Sets how Docker checks its health.

        Args:
            args: Command that checks.
            shell: Runs the command in a shell.
            interval: Time between checks, such as `30s`.
            timeout: Longest time of a check.
            start_period: Time in which failures do not count.
            start_interval: Time between checks in the start period.
            retries: Failures in a row until it counts as unhealthy.
        """
        _ctx = self._select(
            "withDockerHealthcheck",
            Arg("args", args),
            Arg("shell", shell, None),
            Arg("interval", interval, None),
            Arg("timeout", timeout, None),
            Arg("startPeriod", start_period, None),
            Arg("startInterval", start_interval, None),
            Arg("retries", retries, None),
        )
        return Container(_ctx)

    def with_entrypoint(self, args: list[str], *, keep_default_args: bool | None = False) -> Container:
        """Sets the command that is put before arguments.

        Args:
            args: The command.
            keep_default_args: Keeps the default arguments.
        """
        _ctx = self._select("withEntrypoint", Arg("args", args), Arg("keepDefaultArgs", keep_default_args, False))
        return Container(_ctx)

    def with_env_file_variables(self, source: EnvFile) -> Container:
        """Sets all variables of a file.

        Args:
            source: The variables.
        """
        _ctx = self._select("withEnvFileVariables", Arg("source", source))
        return Container(_ctx)

    def with_env_variable(self, name: str, value: str, *, expand: bool | None = False) -> Container:
        """Sets an environment variable.

        Args:
            name: Its name.
            value: Its value.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select("withEnvVariable", Arg("name", name), Arg("value", value), Arg("expand", expand, False))
        return Container(_ctx)

    def with_error(self, err: str) -> Container:
        """Fails with a message when it is evaluated.

        Args:
            err: The message; an empty one does not fail.
        """
        _ctx = self._select("withError", Arg("err", err))
        return Container(_ctx)

    def with_exec(
        self,
        args: list[str],
        *,
        use_entrypoint: bool | None = False,
        stdin: str | None = "",
        redirect_stdin: str | None = "",
        redirect_stdout: str | None = "",
        redirect_stderr: str | None = "",
        expect: ReturnType | None = ReturnType.SUCCESS,
        experimental_privileged_nesting: bool | None = False,
        insecure_root_capabilities: bool | None = False,
        expand: bool | None = False,
        no_init: bool | None = False,
    ) -> Container:
        """Runs a command.

        Args:
            args: Program and arguments; no shell is involved.
            use_entrypoint: Puts the entrypoint before the arguments.
            stdin: Text for its standard input.
            redirect_stdin: File that its standard input is read from.
            redirect_stdout: File that its standard output is written to.
            redirect_stderr: File that its standard error is written to.
            expect: Which exit codes are no failure.
            experimental_privileged_nesting: Gives the process access to this API.
            insecure_root_capabilities: Runs with all root capabilities, as a privileged container does.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
            no_init: Starts the process as PID 1 instead of under a small init process.
        """
        _ctx = self._select(
            "withExec",
            Arg("args", args),
            Arg("useEntrypoint", use_entrypoint, False),
            Arg("stdin", stdin, ""),
            Arg("redirectStdin", redirect_stdin, ""),
            Arg("redirectStdout", redirect_stdout, ""),
            Arg("redirectStderr", redirect_stderr, ""),
            Arg("expect", expect, ReturnType.SUCCESS),
            Arg("experimentalPrivilegedNesting", experimental_privileged_nesting, False),
            Arg("insecureRootCapabilities", insecure_root_capabilities, False),
            Arg("expand", expand, False),
            Arg("noInit", no_init, False),
        )
        return Container(_ctx)

    def with_exposed_port(
        self,
        port: int,
        *,
        protocol: NetworkProtocol | None = NetworkProtocol.TCP,
        description: str | None = None,
        experimental_skip_healthcheck: bool | None = False,
    ) -> Container:
        """Exposes a port to those who use it as a service.

        Args:
            port: The port.
            protocol: Its protocol.
            description: What it is for.
            experimental_skip_healthcheck: Does not wait until the port answers.
        """
        _ctx = self._select(
            "withExposedPort",
            Arg("port", port),
            Arg("protocol", protocol, NetworkProtocol.TCP),
            Arg("description", description, None),
            Arg("experimentalSkipHealthcheck", experimental_skip_healthcheck, False),
        )
        return Container(_ctx)

    def with_file(
        self,
        path: str,
        source: File,
        *,
        permissions: int | None = None,
        owner: str | None = "",
        expand: bool | None = False,
    ) -> Container:
        """Copies a file into the container.

        Args:
            path: Where to put it.
            source: The file.
            permissions: File mode, such as 0644 in octal.
            owner: Owner as `user`, `user:group` or numbers; nothing keeps what is there.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select(
            "withFile",
            Arg("path", path),
            Arg("source", source),
            Arg("permissions", permissions, None),
            Arg("owner", owner, ""),
            Arg("expand", expand, False),
        )
        return Container(_ctx)

    def with_files(
        self,
        path: str,
        sources: list[File],
        *,
        permissions: int | None = None,
        owner: str | None = "",
        expand: bool | None = False,
    ) -> Container:
        """Copies files into a folder of the container.

        Args:
            path: The folder.
            sources: The files.
            permissions: File mode, such as 0644 in octal.
            owner: Owner as `user`, `user:group` or numbers; nothing keeps what is there.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select(
            "withFiles",
            Arg("path", path),
            Arg("sources", sources),
            Arg("permissions", permissions, None),
            Arg("owner", owner, ""),
            Arg("expand", expand, False),
        )
        return Container(_ctx)

    def with_label(self, name: str, value: str) -> Container:
        """Sets a label.

        Args:
            name: Its name.
            value: Its value.
        """
        _ctx = self._select("withLabel", Arg("name", name), Arg("value", value))
        return Container(_ctx)

    def with_mounted_cache(
        self,
        path: str,
        cache: CacheVolume,
        *,
        source: Directory | None = None,
        sharing: CacheSharingMode | None = CacheSharingMode.SHARED,
        owner: str | None = "",
        expand: bool | None = False,
    ) -> Container:
        """Mounts a cache volume.

        Args:
            path: Where to mount it.
            cache: The volume.
            source: What it holds when it is first used.
            sharing: What happens when several processes use it at once.
            owner: Owner as `user`, `user:group` or numbers; nothing keeps what is there.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select(
            "withMountedCache",
            Arg("path", path),
            Arg("cache", cache),
            Arg("source", source, None),
            Arg("sharing", sharing, CacheSharingMode.SHARED),
            Arg("owner", owner, ""),
            Arg("expand", expand, False),
        )
        return Container(_ctx)

    def with_mounted_directory(
        self,
        path: str,
        source: Directory,
        *,
        owner: str | None = "",
        read_only: bool | None = False,
        expand: bool | None = False,
    ) -> Container:
        """Mounts a directory; it does not become part of the image.

        Args:
            path: Where to mount it.
            source: The directory.
            owner: Owner as `user`, `user:group` or numbers; nothing keeps what is there.
            read_only: Forbids to write to it.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select(
            "withMountedDirectory",
            Arg("path", path),
            Arg("source", source),
            Arg("owner", owner, ""),
            Arg("readOnly", read_only, False),
            Arg("expand", expand, False),
        )
        return Container(_ctx)

    def with_mounted_file(
        self,
        path: str,
        source: File,
        *,
        owner: str | None = "",
        expand: bool | None = False,
    ) -> Container:
        """Mounts a file; it does not become part of the image.

        Args:
            path: Where to mount it.
            source: The file.
            owner: Owner as `user`, `user:group` or numbers; nothing keeps what is there.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select(
            "withMountedFile",
            Arg("path", path),
            Arg("source", source),
            Arg("owner", owner, ""),
            Arg("expand", expand, False),
        )
        return Container(_ctx)

    def with_mounted_secret(
        self,
        path: str,
        source: Secret,
        *,
        owner: str | None = "",
        mode: int | None = 256,
        expand: bool | None = False,
    ) -> Container:
        """Mounts a secret as a file.

        Args:
            path: Where to mount it.
            source: The secret.
            owner: Owner as `user`, `user:group` or numbers; nothing keeps what is there.
            mode: File mode, such as 0400 in octal.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select(
            "withMountedSecret",
            Arg("path", path),
            Arg("source", source),
            Arg("owner", owner, ""),
            Arg("mode", mode, 256),
            Arg("expand", expand, False),
        )
        return Container(_ctx)

    def with_mounted_temp(self, path: str, *, size: int | None = None, expand: bool | None = False) -> Container:
        """Mounts an empty folder in memory.

        Args:
            path: Where to mount it.
            size: Most bytes it may hold.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select("withMountedTemp", Arg("path", path), Arg("size", size, None), Arg("expand", expand, False))
        return Container(_ctx)

    def with_new_file(
        self,
        path: str,
        contents: str,
        *,
        permissions: int | None = 420,
        owner: str | None = "",
        expand: bool | None = False,
    ) -> Container:
        """Writes a file.

        Args:
            path: Where to write it.
            contents: What it holds.
            permissions: File mode, such as 0644 in octal.
            owner: Owner as `user`, `user:group` or numbers; nothing keeps what is there.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select(
            "withNewFile",
            Arg("path", path),
            Arg("contents", contents),
            Arg("permissions", permissions, 420),
            Arg("owner", owner, ""),
            Arg("expand", expand, False),
        )
        return Container(_ctx)

    def with_registry_auth(self, address: str, username: str, secret: Secret) -> Container:
        """Logs in to a registry.

        Args:
            address: The registry.
            username: The user.
            secret: The password or token.
        """
        _ctx = self._select(
            "withRegistryAuth",
            Arg("address", address),
            Arg("username", username),
            Arg("secret", secret),
        )
        return Container(_ctx)

    def with_rootfs(self, directory: Directory) -> Container:
        """Replaces its whole file system.

        Args:
            directory: The new file system.
        """
        _ctx = self._select("withRootfs", Arg("directory", directory))
        return Container(_ctx)

    def with_secret_variable(self, name: str, secret: Secret) -> Container:
        """Sets an environment variable to a secret.

        Args:
            name: Its name.
            secret: The secret.
        """
        _ctx = self._select("withSecretVariable", Arg("name", name), Arg("secret", secret))
        return Container(_ctx)

    def with_service_binding(self, alias: str, service: Service) -> Container:
        """Lets commands reach a service under a host name, and starts it when they run.

        Args:
            alias: The host name.
            service: The service.
        """
        _ctx = self._select("withServiceBinding", Arg("alias", alias), Arg("service", service))
        return Container(_ctx)

    def with_symlink(self, target: str, link_name: str, *, expand: bool | None = False) -> Container:
        """Makes a symbolic link.

        Args:
            target: Where it leads.
            link_name: Where it is.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select(
            "withSymlink",
            Arg("target", target),
            Arg("linkName", link_name),
            Arg("expand", expand, False),
        )
        return Container(_ctx)

    def with_unix_socket(
        self,
        path: str,
        source: Socket,
        *,
        owner: str | None = "",
        expand: bool | None = False,
    ) -> Container:
        """Mounts a Unix socket.

        Args:
            path: Where to mount it.
            source: The socket.
            owner: Owner as `user`, `user:group` or numbers; nothing keeps what is there.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select(
            "withUnixSocket",
            Arg("path", path),
            Arg("source", source),
            Arg("owner", owner, ""),
            Arg("expand", expand, False),
        )
        return Container(_ctx)

    def with_user(self, name: str) -> Container:
        """Sets the user that commands run as.

        Args:
            name: User as `user`, `user:group` or numbers.
        """
        _ctx = self._select("withUser", Arg("name", name))
        return Container(_ctx)

    def with_volatile_variable(self, name: str, value: str) -> Container:
        """Sets an environment variable that does not count for caching.

        Args:
            name: Its name.
            value: Its value.
        """
        _ctx = self._select("withVolatileVariable", Arg("name", name), Arg("value", value))
        return Container(_ctx)

    def with_workdir(self, path: str, *, expand: bool | None = False) -> Container:
        """Sets the folder that commands run in.

        Args:
            path: The folder.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select("withWorkdir", Arg("path", path), Arg("expand", expand, False))
        return Container(_ctx)

    def without_annotation(self, name: str) -> Container:
        """Removes an annotation.

        Args:
            name: Its name.
        """
        _ctx = self._select("withoutAnnotation", Arg("name", name))
        return Container(_ctx)

    def without_default_args(self) -> Container:
        """Removes the default arguments."""
        _ctx = self._select("withoutDefaultArgs")
        return Container(_ctx)

    def without_directory(self, path: str, *, expand: bool | None = False) -> Container:
        """Removes a directory.

        Args:
            path: Where it is.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select("withoutDirectory", Arg("path", path), Arg("expand", expand, False))
        return Container(_ctx)

    def without_docker_healthcheck(self) -> Container:
        """Removes the health check."""
        _ctx = self._select("withoutDockerHealthcheck")
        return Container(_ctx)

    def without_entrypoint(self, *, keep_default_args: bool | None = False) -> Container:
        """Removes the entrypoint.

        Args:
            keep_default_args: Keeps the default arguments.
        """
        _ctx = self._select("withoutEntrypoint", Arg("keepDefaultArgs", keep_default_args, False))
        return Container(_ctx)

    def without_env_variable(self, name: str) -> Container:
        """Removes an environment variable.

        Args:
            name: Its name.
        """
        _ctx = self._select("withoutEnvVariable", Arg("name", name))
        return Container(_ctx)

    def without_exposed_port(self, port: int, *, protocol: NetworkProtocol | None = NetworkProtocol.TCP) -> Container:
        """No longer exposes a port.

        Args:
            port: The port.
            protocol: Its protocol.
        """
        _ctx = self._select("withoutExposedPort", Arg("port", port), Arg("protocol", protocol, NetworkProtocol.TCP))
        return Container(_ctx)

    def without_file(self, path: str, *, expand: bool | None = False) -> Container:
        """Removes a file.

        Args:
            path: Where it is.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select("withoutFile", Arg("path", path), Arg("expand", expand, False))
        return Container(_ctx)

    def without_files(self, paths: list[str], *, expand: bool | None = False) -> Container:
        """Removes files.

        Args:
            paths: Where they are.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select("withoutFiles", Arg("paths", paths), Arg("expand", expand, False))
        return Container(_ctx)

    def without_label(self, name: str) -> Container:
        """Removes a label.

        Args:
            name: Its name.
        """
        _ctx = self._select("withoutLabel", Arg("name", name))
        return Container(_ctx)

    def without_mount(self, path: str, *, expand: bool | None = False) -> Container:
        """Removes a mount.

        Args:
            path: Where it is.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select("withoutMount", Arg("path", path), Arg("expand", expand, False))
        return Container(_ctx)

    def without_registry_auth(self, address: str) -> Container:
        """Forgets a login to a registry.

        Args:
            address: The registry.
        """
        _ctx = self._select("withoutRegistryAuth", Arg("address", address))
        return Container(_ctx)

    def without_secret_variable(self, name: str) -> Container:
        """Removes an environment variable that is a secret.

        Args:
            name: Its name.
        """
        _ctx = self._select("withoutSecretVariable", Arg("name", name))
        return Container(_ctx)

    def without_unix_socket(self, path: str, *, expand: bool | None = False) -> Container:
        """Removes a Unix socket.

        Args:
            path: Where it is.
            expand: Replaces `$VAR` and `${VAR}` by the container's environment variables.
        """
        _ctx = self._select("withoutUnixSocket", Arg("path", path), Arg("expand", expand, False))
        return Container(_ctx)

    def without_user(self) -> Container:
        """Runs commands as root again."""
        _ctx = self._select("withoutUser")
        return Container(_ctx)

    def without_volatile_variable(self, name: str) -> Container:
        """Removes a volatile environment variable.

        Args:
            name: Its name.
        """
        _ctx = self._select("withoutVolatileVariable", Arg("name", name))
        return Container(_ctx)

    def without_workdir(self) -> Container:
        """Runs commands in `/` again."""
        _ctx = self._select("withoutWorkdir")
        return Container(_ctx)

    async def workdir(self) -> str:
        """Folder that commands run in."""
        _ctx = self._select("workdir")
        return await _ctx.execute(str)

    def __await__(self) -> collections.abc.Generator[Any, None, Container]:
        return self.sync().__await__()


class CurrentModule(Node):
    async def dependencies(self) -> list[Module]:
        _ctx = self._select("dependencies")
        return await _ctx.execute_objects(Module)

    def generated_context_directory(self) -> Directory:
        _ctx = self._select("generatedContextDirectory")
        return Directory(_ctx)

    def generators(self, *, include: list[str] | None = None) -> GeneratorGroup:
        """Experimental: This API is highly experimental and may be removed or replaced entirely."""
        _ctx = self._select("generators", Arg("include", include, None))
        return GeneratorGroup(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        _ctx = self._select("name")
        return await _ctx.execute(str)

    def source(self) -> Directory:
        _ctx = self._select("source")
        return Directory(_ctx)

    def workdir(
        self,
        path: str,
        *,
        exclude: list[str] | None = None,
        include: list[str] | None = None,
        gitignore: bool | None = False,
    ) -> Directory:
        _ctx = self._select(
            "workdir",
            Arg("path", path),
            Arg("exclude", exclude, None),
            Arg("include", include, None),
            Arg("gitignore", gitignore, False),
        )
        return Directory(_ctx)

    def workdir_file(self, path: str) -> File:
        _ctx = self._select("workdirFile", Arg("path", path))
        return File(_ctx)


class DiffStat(Node):
    async def added_lines(self) -> int:
        _ctx = self._select("addedLines")
        return await _ctx.execute(int)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def kind(self) -> DiffStatKind:
        _ctx = self._select("kind")
        return await _ctx.execute(DiffStatKind)

    async def old_path(self) -> str | None:
        _ctx = self._select("oldPath")
        return await _ctx.execute(str | None)

    async def path(self) -> str:
        _ctx = self._select("path")
        return await _ctx.execute(str)

    async def removed_lines(self) -> int:
        _ctx = self._select("removedLines")
        return await _ctx.execute(int)


class Directory(Exportable, Syncer):
    """A tree of files."""

    def as_git(self) -> GitRepository:
        """The directory as a Git repository."""
        _ctx = self._select("asGit")
        return GitRepository(_ctx)

    def as_module(self, *, source_root_path: str | None = ".") -> Module:
        """The directory as a module.

        Args:
            source_root_path: Folder of the module inside the directory.
        """
        _ctx = self._select("asModule", Arg("sourceRootPath", source_root_path, "."))
        return Module(_ctx)

    def as_module_source(self, *, source_root_path: str | None = ".") -> ModuleSource:
        """The directory as the source of a module.

        Args:
            source_root_path: Folder of the module inside the directory.
        """
        _ctx = self._select("asModuleSource", Arg("sourceRootPath", source_root_path, "."))
        return ModuleSource(_ctx)

    def changes(self, from_: Directory) -> Changeset:
        """What is different from another directory.

        Args:
            from_: The directory before.
        """
        _ctx = self._select("changes", Arg("from", from_))
        return Changeset(_ctx)

    def chown(self, path: str, owner: str) -> Directory:
        """Changes the owner of something in it.

        Args:
            path: What to change.
            owner: Owner as `user:group` or numbers.
        """
        _ctx = self._select("chown", Arg("path", path), Arg("owner", owner))
        return Directory(_ctx)

    def diff(self, other: Directory) -> Directory:
        """What another directory has that this one has not, or has differently.

        Args:
            other: The other directory.
        """
        _ctx = self._select("diff", Arg("other", other))
        return Directory(_ctx)

    async def digest(self) -> str:
        """Digest of its contents."""
        _ctx = self._select("digest")
        return await _ctx.execute(str)

    def directory(self, path: str) -> Directory:
        """A directory inside it.

        Args:
            path: Where it is.
        """
        _ctx = self._select("directory", Arg("path", path))
        return Directory(_ctx)

    def docker_build(
        self,
        *,
        dockerfile: str | None = "Dockerfile",
        platform: Platform | None = None,
        build_args: list[BuildArg] | None = None,
        target: str | None = "",
        secrets: list[Secret] | None = None,
        no_init: bool | None = False,
        ssh: Socket | None = None,
    ) -> Container:
        """Builds an image from a Dockerfile in it.

        Args:
            dockerfile: Where the Dockerfile is.
            platform: Platform to build for.
            build_args: Build arguments.
            target: Stage to build; the last one by default.
            secrets: Secrets that the build may mount, by their names.
            no_init: Starts the process as PID 1 instead of under a small init process.
            ssh: SSH agent that the build may use.
        """
        _ctx = self._select(
            "dockerBuild",
            Arg("dockerfile", dockerfile, "Dockerfile"),
            Arg("platform", platform, None),
            Arg("buildArgs", build_args, None),
            Arg("target", target, ""),
            Arg("secrets", secrets, None),
            Arg("noInit", no_init, False),
            Arg("ssh", ssh, None),
        )
        return Container(_ctx)

    async def entries(self, *, path: str | None = None) -> list[str]:
        """Names of what is in it.

        Args:
            path: Folder to look into.
        """
        _ctx = self._select("entries", Arg("path", path, None))
        return await _ctx.execute(list[str])

    async def exists(
        self,
        path: str,
        *,
        expected_type: ExistsType | None = None,
        do_not_follow_symlinks: bool | None = False,
    ) -> bool:
        """Whether there is something at a path.

        Args:
            path: Where to look.
            expected_type: Only counts what is of this type.
            do_not_follow_symlinks: Looks at a symbolic link itself, not at what it leads to.
        """
        _ctx = self._select(
            "exists",
            Arg("path", path),
            Arg("expectedType", expected_type, None),
            Arg("doNotFollowSymlinks", do_not_follow_symlinks, False),
        )
        return await _ctx.execute(bool)

    async def export(self, path: str, *, wipe: bool | None = False) -> str:
        """Writes it to the caller's machine; the answer is the path.

        Args:
            path: Where to write it.
            wipe: Deletes what is there and not in the directory.
        """
        _ctx = self._select("export", Arg("path", path), Arg("wipe", wipe, False))
        return await _ctx.execute(str)

    def file(self, path: str) -> File:
        """A file inside it.

        Args:
            path: Where it is.
        """
        _ctx = self._select("file", Arg("path", path))
        return File(_ctx)

    def filter(
        self,
        *,
        exclude: list[str] | None = None,
        include: list[str] | None = None,
        gitignore: bool | None = False,
    ) -> Directory:
        """The directory with fewer files.

        Args:
            exclude: Leaves out what matches one of these patterns.
            include: Takes only what matches one of these patterns.
            gitignore: Leaves out what the .gitignore files inside exclude.
        """
        _ctx = self._select(
            "filter",
            Arg("exclude", exclude, None),
            Arg("include", include, None),
            Arg("gitignore", gitignore, False),
        )
        return Directory(_ctx)

    async def find_up(self, name: str, start: str) -> str | None:
        """Looks for a name in a folder and those above it; the answer is the path.

        Args:
            name: The name.
            start: Folder to begin in.
        """
        _ctx = self._select("findUp", Arg("name", name), Arg("start", start))
        return await _ctx.execute(str | None)

    async def glob(self, pattern: str) -> list[str]:
        """Paths that match a pattern.

        Args:
            pattern: Pattern with `*`, `**` and `?`.
        """
        _ctx = self._select("glob", Arg("pattern", pattern))
        return await _ctx.execute(list[str])

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def search(
        self,
        pattern: str,
        *,
        paths: list[str] | None = None,
        globs: list[str] | None = None,
        literal: bool | None = False,
        multiline: bool | None = False,
        dotall: bool | None = False,
        insensitive: bool | None = False,
        skip_ignored: bool | None = False,
        skip_hidden: bool | None = False,
        files_only: bool | None = False,
        limit: int | None = None,
    ) -> list[SearchResult]:
        """Looks for text in its files.

        Args:
            pattern: What to look for: a regular expression, unless it is literal.
            paths: Only looks below these paths.
            globs: Only looks into files that match one of these patterns.
            literal: Takes the pattern as plain text.
            multiline: Lets a match go over several lines.
            dotall: Lets `.` match line breaks.
            insensitive: Ignores case.
            skip_ignored: Leaves out what .gitignore files exclude.
            skip_hidden: Leaves out hidden files.
            files_only: Answers with the files only, without lines.
            limit: Most results to answer with.
        """
        _ctx = self._select(
            "search",
            Arg("pattern", pattern),
            Arg("paths", paths, None),
            Arg("globs", globs, None),
            Arg("literal", literal, False),
            Arg("multiline", multiline, False),
            Arg("dotall", dotall, False),
            Arg("insensitive", insensitive, False),
            Arg("skipIgnored", skip_ignored, False),
            Arg("skipHidden", skip_hidden, False),
            Arg("filesOnly", files_only, False),
            Arg("limit", limit, None),
        )
        return await _ctx.execute_objects(SearchResult)

    def stat(self, path: str, *, do_not_follow_symlinks: bool | None = False) -> Stat:
        """What is at a path; null when nothing is.

        Args:
            path: Where to look.
            do_not_follow_symlinks: Looks at a symbolic link itself, not at what it leads to.
        """
        _ctx = self._select("stat", Arg("path", path), Arg("doNotFollowSymlinks", do_not_follow_symlinks, False))
        return Stat(_ctx)

    async def sync(self) -> Directory:
        """Evaluates it, and fails when something that it comes from does."""
        _ctx = self._select("sync")
        return await _ctx.execute_sync(self)

    def terminal(
        self,
        *,
        container: Container | None = None,
        cmd: list[str] | None = None,
        experimental_privileged_nesting: bool | None = False,
        insecure_root_capabilities: bool | None = False,
    ) -> Directory:
        """Opens a terminal with the directory mounted.

        Args:
            container: Container to open it in.
            cmd: Program to run; a shell by default.
            experimental_privileged_nesting: Gives the process access to this API.
            insecure_root_capabilities: Runs with all root capabilities, as a privileged container does.
        """
        _ctx = self._select(
            "terminal",
            Arg("container", container, None),
            Arg("cmd", cmd, None),
            Arg("experimentalPrivilegedNesting", experimental_privileged_nesting, False),
            Arg("insecureRootCapabilities", insecure_root_capabilities, False),
        )
        return Directory(_ctx)

    def with_changes(self, changes: Changeset) -> Directory:
        """Applies a changeset.

        Args:
            changes: The changeset.
        """
        _ctx = self._select("withChanges", Arg("changes", changes))
        return Directory(_ctx)

    def with_directory(
        self,
        path: str,
        source: Directory,
        *,
        exclude: list[str] | None = None,
        include: list[str] | None = None,
        gitignore: bool | None = False,
        owner: str | None = "",
        permissions: int | None = None,
    ) -> Directory:
        """Copies a directory into it.

        Args:
            path: Where to put it.
            source: The directory.
            exclude: Leaves out what matches one of these patterns.
            include: Takes only what matches one of these patterns.
            gitignore: Leaves out what the .gitignore files inside exclude.
            owner: Owner as `user`, `user:group` or numbers; nothing keeps what is there.
            permissions: File mode, such as 0644 in octal.
        """
        _ctx = self._select(
            "withDirectory",
            Arg("path", path),
            Arg("source", source),
            Arg("exclude", exclude, None),
            Arg("include", include, None),
            Arg("gitignore", gitignore, False),
            Arg("owner", owner, ""),
            Arg("permissions", permissions, None),
        )
        return Directory(_ctx)

    def with_error(self, err: str) -> Directory:
        """Fails with a message when it is evaluated.

        Args:
            err: The message; an empty one does not fail.
        """
        _ctx = self._select("withError", Arg("err", err))
        return Directory(_ctx)

    def with_file(
        self,
        path: str,
        source: File,
        *,
        permissions: int | None = None,
        owner: str | None = "",
    ) -> Directory:
        """Copies a file into it.

        Args:
            path: Where to put it.
            source: The file.
            permissions: File mode, such as 0644 in octal.
            owner: Owner as `user`, `user:group` or numbers; nothing keeps what is there.
        """
        _ctx = self._select(
            "withFile",
            Arg("path", path),
            Arg("source", source),
            Arg("permissions", permissions, None),
            Arg("owner", owner, ""),
        )
        return Directory(_ctx)

    def with_files(self, path: str, sources: list[File], *, permissions: int | None = None) -> Directory:
        """Copies files into a folder of it.

        Args:
            path: The folder.
            sources: The files.
            permissions: File mode, such as 0644 in octal.
        """
        _ctx = self._select(
            "withFiles",
            Arg("path", path),
            Arg("sources", sources),
            Arg("permissions", permissions, None),
        )
        return Directory(_ctx)

    def with_new_directory(self, path: str, *, permissions: int | None = 420) -> Directory:
        """Makes an empty folder.

        Args:
            path: Where to make it.
            permissions: File mode, such as 0644 in octal.
        """
        _ctx = self._select("withNewDirectory", Arg("path", path), Arg("permissions", permissions, 420))
        return Directory(_ctx)

    def with_new_file(self, path: str, contents: str, *, permissions: int | None = 420) -> Directory:
        """Writes a file.

        Args:
            path: Where to write it.
            contents: What it holds.
            permissions: File mode, such as 0644 in octal.
        """
        _ctx = self._select(
            "withNewFile",
            Arg("path", path),
            Arg("contents", contents),
            Arg("permissions", permissions, 420),
        )
        return Directory(_ctx)

    def with_patch(self, patch: str) -> Directory:
        """Applies a patch.

        Experimental: This API is highly experimental and may be removed or replaced entirely.

        Args:
            patch: Text of the patch, as `git diff` writes it.
        """
        _ctx = self._select("withPatch", Arg("patch", patch))
        return Directory(_ctx)

    def with_patch_file(self, patch: File) -> Directory:
        """Applies a patch from a file.

        Experimental: This API is highly experimental and may be removed or replaced entirely.

        Args:
            patch: The file.
        """
        _ctx = self._select("withPatchFile", Arg("patch", patch))
        return Directory(_ctx)

    def with_symlink(self, target: str, link_name: str) -> Directory:
        """Makes a symbolic link.

        Args:
            target: Where it leads.
            link_name: Where it is.
        """
        _ctx = self._select("withSymlink", Arg("target", target), Arg("linkName", link_name))
        return Directory(_ctx)

    def with_timestamps(self, timestamp: int) -> Directory:
        """Gives everything in it the same time.

        Args:
            timestamp: Seconds since 1970-01-01 UTC.
        """
        _ctx = self._select("withTimestamps", Arg("timestamp", timestamp))
        return Directory(_ctx)

    def without_directory(self, path: str) -> Directory:
        """Removes a directory.

        Args:
            path: Where it is.
        """
        _ctx = self._select("withoutDirectory", Arg("path", path))
        return Directory(_ctx)

    def without_file(self, path: str) -> Directory:
        """Removes a file.

        Args:
            path: Where it is.
        """
        _ctx = self._select("withoutFile", Arg("path", path))
        return Directory(_ctx)

    def without_files(self, paths: list[str]) -> Directory:
        """Removes files.

        Args:
            paths: Where they are.
        """
        _ctx = self._select("withoutFiles", Arg("paths", paths))
        return Directory(_ctx)

    def __await__(self) -> collections.abc.Generator[Any, None, Directory]:
        return self.sync().__await__()


class Engine(Node):
    async def clients(self) -> list[str]:
        _ctx = self._select("clients")
        return await _ctx.execute(list[str])

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    def local_cache(self) -> EngineCache:
        _ctx = self._select("localCache")
        return EngineCache(_ctx)

    async def name(self) -> str:
        _ctx = self._select("name")
        return await _ctx.execute(str)


class EngineCache(Node):
    def entry_set(self, *, key: str | None = "") -> EngineCacheEntrySet:
        _ctx = self._select("entrySet", Arg("key", key, ""))
        return EngineCacheEntrySet(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def max_used_space(self) -> int:
        _ctx = self._select("maxUsedSpace")
        return await _ctx.execute(int)

    async def min_free_space(self) -> int:
        _ctx = self._select("minFreeSpace")
        return await _ctx.execute(int)

    async def prune(
        self,
        *,
        use_default_policy: bool | None = False,
        max_used_space: str | None = "",
        reserved_space: str | None = "",
        min_free_space: str | None = "",
        target_space: str | None = "",
    ) -> None:
        _ctx = self._select(
            "prune",
            Arg("useDefaultPolicy", use_default_policy, False),
            Arg("maxUsedSpace", max_used_space, ""),
            Arg("reservedSpace", reserved_space, ""),
            Arg("minFreeSpace", min_free_space, ""),
            Arg("targetSpace", target_space, ""),
        )
        await _ctx.execute(None)

    async def reserved_space(self) -> int:
        _ctx = self._select("reservedSpace")
        return await _ctx.execute(int)

    async def target_space(self) -> int:
        _ctx = self._select("targetSpace")
        return await _ctx.execute(int)


class EngineCacheEntry(Node):
    async def actively_used(self) -> bool:
        _ctx = self._select("activelyUsed")
        return await _ctx.execute(bool)

    async def created_time_unix_nano(self) -> int:
        _ctx = self._select("createdTimeUnixNano")
        return await _ctx.execute(int)

    async def dagql_call(self) -> str:
        _ctx = self._select("dagqlCall")
        return await _ctx.execute(str)

    async def description(self) -> str:
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def disk_space_bytes(self) -> int:
        _ctx = self._select("diskSpaceBytes")
        return await _ctx.execute(int)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def most_recent_use_time_unix_nano(self) -> int:
        _ctx = self._select("mostRecentUseTimeUnixNano")
        return await _ctx.execute(int)

    async def record_type(self) -> str:
        _ctx = self._select("recordType")
        return await _ctx.execute(str)

    async def record_types(self) -> list[str]:
        _ctx = self._select("recordTypes")
        return await _ctx.execute(list[str])


class EngineCacheEntrySet(Node):
    async def disk_space_bytes(self) -> int:
        _ctx = self._select("diskSpaceBytes")
        return await _ctx.execute(int)

    async def entries(self) -> list[EngineCacheEntry]:
        _ctx = self._select("entries")
        return await _ctx.execute_objects(EngineCacheEntry)

    async def entry_count(self) -> int:
        _ctx = self._select("entryCount")
        return await _ctx.execute(int)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()


class EnumTypeDef(Node):
    """What an enum is made of."""

    async def description(self) -> str:
        """Its documentation."""
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def members(self) -> list[EnumValueTypeDef]:
        """Its members, in order."""
        _ctx = self._select("members")
        return await _ctx.execute_objects(EnumValueTypeDef)

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    def source_map(self) -> SourceMap:
        """Where it is declared."""
        _ctx = self._select("sourceMap")
        return SourceMap(_ctx)

    async def source_module_name(self) -> str:
        """The module that it is from; empty for the core API."""
        _ctx = self._select("sourceModuleName")
        return await _ctx.execute(str)

    async def values(self) -> list[EnumValueTypeDef]:
        """Its members, in order.

        Deprecated: use members instead
        """
        _ctx = self._select("values")
        return await _ctx.execute_objects(EnumValueTypeDef)


class EnumValueTypeDef(Node):
    """A member of an enum."""

    async def deprecated(self) -> str | None:
        """Why it should not be used any more."""
        _ctx = self._select("deprecated")
        return await _ctx.execute(str | None)

    async def description(self) -> str:
        """Its documentation."""
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    def source_map(self) -> SourceMap:
        """Where it is declared."""
        _ctx = self._select("sourceMap")
        return SourceMap(_ctx)

    async def value(self) -> str:
        """What it stands for."""
        _ctx = self._select("value")
        return await _ctx.execute(str)


class EnvFile(Node):
    def as_file(self) -> File:
        _ctx = self._select("asFile")
        return File(_ctx)

    async def exists(self, name: str) -> bool:
        _ctx = self._select("exists", Arg("name", name))
        return await _ctx.execute(bool)

    async def get(self, name: str, *, raw: bool | None = None) -> str:
        _ctx = self._select("get", Arg("name", name), Arg("raw", raw, None))
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    def namespace(self, prefix: str) -> EnvFile:
        _ctx = self._select("namespace", Arg("prefix", prefix))
        return EnvFile(_ctx)

    async def variables(self, *, raw: bool | None = None) -> list[EnvVariable]:
        _ctx = self._select("variables", Arg("raw", raw, None))
        return await _ctx.execute_objects(EnvVariable)

    def with_variable(self, name: str, value: str) -> EnvFile:
        _ctx = self._select("withVariable", Arg("name", name), Arg("value", value))
        return EnvFile(_ctx)

    def without_variable(self, name: str) -> EnvFile:
        _ctx = self._select("withoutVariable", Arg("name", name))
        return EnvFile(_ctx)


class EnvVariable(Node):
    """An environment variable."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def value(self) -> str:
        """Its value."""
        _ctx = self._select("value")
        return await _ctx.execute(str)


class Error(Node):
    """An error with structured values."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def message(self) -> str:
        """What went wrong."""
        _ctx = self._select("message")
        return await _ctx.execute(str)

    async def values(self) -> list[ErrorValue]:
        """Its values."""
        _ctx = self._select("values")
        return await _ctx.execute_objects(ErrorValue)

    def with_value(self, name: str, value: JSON) -> Error:
        """With one more value, or another one of that name."""
        _ctx = self._select("withValue", Arg("name", name), Arg("value", value))
        return Error(_ctx)


class ErrorValue(Node):
    """A value of an error."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def value(self) -> JSON:
        """What it is."""
        _ctx = self._select("value")
        return await _ctx.execute(JSON)


class FieldTypeDef(Node):
    """A field of an object or input."""

    async def deprecated(self) -> str | None:
        """Why it should not be used any more."""
        _ctx = self._select("deprecated")
        return await _ctx.execute(str | None)

    async def description(self) -> str:
        """Its documentation."""
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    def source_map(self) -> SourceMap:
        """Where it is declared."""
        _ctx = self._select("sourceMap")
        return SourceMap(_ctx)

    def type_def(self) -> TypeDef:
        """Its type."""
        _ctx = self._select("typeDef")
        return TypeDef(_ctx)


class File(Exportable, Syncer):
    """A file."""

    def as_env_file(self, *, expand: bool | None = None) -> EnvFile:
        """The file as a set of variables.

        Args:
            expand: Expands variables in values.
        """
        _ctx = self._select("asEnvFile", Arg("expand", expand, None))
        return EnvFile(_ctx)

    def as_json(self) -> JSONValue:
        """The file as a JSON value."""
        _ctx = self._select("asJSON")
        return JSONValue(_ctx)

    def chown(self, owner: str) -> File:
        """Changes its owner.

        Args:
            owner: Owner as `user:group` or numbers.
        """
        _ctx = self._select("chown", Arg("owner", owner))
        return File(_ctx)

    async def contents(self, *, offset_lines: int | None = None, limit_lines: int | None = None) -> str:
        """Its text.

        Args:
            offset_lines: Lines to skip.
            limit_lines: Most lines to answer with.
        """
        _ctx = self._select("contents", Arg("offsetLines", offset_lines, None), Arg("limitLines", limit_lines, None))
        return await _ctx.execute(str)

    async def digest(self, *, exclude_metadata: bool | None = False) -> str:
        """Digest of the file.

        Args:
            exclude_metadata: Of its contents only, without owner, mode and time.
        """
        _ctx = self._select("digest", Arg("excludeMetadata", exclude_metadata, False))
        return await _ctx.execute(str)

    async def export(self, path: str, *, allow_parent_dir_path: bool | None = False) -> str:
        """Writes it to the caller's machine; the answer is the path.

        Args:
            path: Where to write it.
            allow_parent_dir_path: Lets the path be a folder to write it into.
        """
        _ctx = self._select("export", Arg("path", path), Arg("allowParentDirPath", allow_parent_dir_path, False))
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def search(
        self,
        pattern: str,
        *,
        literal: bool | None = False,
        multiline: bool | None = False,
        dotall: bool | None = False,
        insensitive: bool | None = False,
        skip_ignored: bool | None = False,
        skip_hidden: bool | None = False,
        files_only: bool | None = False,
        limit: int | None = None,
        paths: list[str] | None = None,
        globs: list[str] | None = None,
    ) -> list[SearchResult]:
        """Looks for text in it.

        Args:
            pattern: What to look for: a regular expression, unless it is literal.
            literal: Takes the pattern as plain text.
            multiline: Lets a match go over several lines.
            dotall: Lets `.` match line breaks.
            insensitive: Ignores case.
            skip_ignored: Leaves out what .gitignore files exclude.
            skip_hidden: Leaves out hidden files.
            files_only: Answers with the files only, without lines.
            limit: Most results to answer with.
            paths: Only looks below these paths.
            globs: Only looks into files that match one of these patterns.
        """
        _ctx = self._select(
            "search",
            Arg("pattern", pattern),
            Arg("literal", literal, False),
            Arg("multiline", multiline, False),
            Arg("dotall", dotall, False),
            Arg("insensitive", insensitive, False),
            Arg("skipIgnored", skip_ignored, False),
            Arg("skipHidden", skip_hidden, False),
            Arg("filesOnly", files_only, False),
            Arg("limit", limit, None),
            Arg("paths", paths, None),
            Arg("globs", globs, None),
        )
        return await _ctx.execute_objects(SearchResult)

    async def size(self) -> int:
        """Its size in bytes."""
        _ctx = self._select("size")
        return await _ctx.execute(int)

    def stat(self) -> Stat:
        """Its mode, size and type."""
        _ctx = self._select("stat")
        return Stat(_ctx)

    async def sync(self) -> File:
        """Evaluates it, and fails when something that it comes from does."""
        _ctx = self._select("sync")
        return await _ctx.execute_sync(self)

    def with_name(self, name: str) -> File:
        """Gives it another name.

        Args:
            name: The name.
        """
        _ctx = self._select("withName", Arg("name", name))
        return File(_ctx)

    def with_replaced(
        self,
        search: str,
        replacement: str,
        *,
        all: bool | None = False,
        first_from: int | None = None,
    ) -> File:
        """Replaces text in it.

        Args:
            search: Text to replace; it must be there.
            replacement: Text to put there.
            all: Replaces every occurrence; otherwise there must be exactly one.
            first_from: Replaces the first occurrence from this line on.
        """
        _ctx = self._select(
            "withReplaced",
            Arg("search", search),
            Arg("replacement", replacement),
            Arg("all", all, False),
            Arg("firstFrom", first_from, None),
        )
        return File(_ctx)

    def with_timestamps(self, timestamp: int) -> File:
        """Gives it another time.

        Args:
            timestamp: Seconds since 1970-01-01 UTC.
        """
        _ctx = self._select("withTimestamps", Arg("timestamp", timestamp))
        return File(_ctx)

    def __await__(self) -> collections.abc.Generator[Any, None, File]:
        return self.sync().__await__()


class Function(Node):
    """A function of an object or interface, or a constructor."""

    async def args(self) -> list[FunctionArg]:
        """Its arguments, in order."""
        _ctx = self._select("args")
        return await _ctx.execute_objects(FunctionArg)

    async def deprecated(self) -> str | None:
        """Why it should not be used any more."""
        _ctx = self._select("deprecated")
        return await _ctx.execute(str | None)

    async def description(self) -> str:
        """Its documentation."""
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name; empty for a constructor."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    def return_type(self) -> TypeDef:
        """The type of its result."""
        _ctx = self._select("returnType")
        return TypeDef(_ctx)

    def source_map(self) -> SourceMap:
        """Where it is declared."""
        _ctx = self._select("sourceMap")
        return SourceMap(_ctx)

    async def source_module_name(self) -> str:
        """The module that it is from; empty for the core API."""
        _ctx = self._select("sourceModuleName")
        return await _ctx.execute(str)

    def with_arg(
        self,
        name: str,
        type_def: TypeDef,
        *,
        description: str | None = "",
        default_value: JSON | None = None,
        default_path: str | None = "",
        ignore: list[str] | None = None,
        source_map: SourceMap | None = None,
        deprecated: str | None = None,
        default_address: str | None = "",
    ) -> Function:
        """With one more argument."""
        _ctx = self._select(
            "withArg",
            Arg("name", name),
            Arg("typeDef", type_def),
            Arg("description", description, ""),
            Arg("defaultValue", default_value, None),
            Arg("defaultPath", default_path, ""),
            Arg("ignore", ignore, None),
            Arg("sourceMap", source_map, None),
            Arg("deprecated", deprecated, None),
            Arg("defaultAddress", default_address, ""),
        )
        return Function(_ctx)

    def with_cache_policy(self, policy: FunctionCachePolicy, *, time_to_live: str | None = None) -> Function:
        """With what is said of how long results are kept."""
        _ctx = self._select("withCachePolicy", Arg("policy", policy), Arg("timeToLive", time_to_live, None))
        return Function(_ctx)

    def with_check(self) -> Function:
        """Marked as a check."""
        _ctx = self._select("withCheck")
        return Function(_ctx)

    def with_deprecated(self, *, reason: str | None = None) -> Function:
        """Marked as not to be used any more."""
        _ctx = self._select("withDeprecated", Arg("reason", reason, None))
        return Function(_ctx)

    def with_description(self, description: str) -> Function:
        """With this documentation."""
        _ctx = self._select("withDescription", Arg("description", description))
        return Function(_ctx)

    def with_generator(self) -> Function:
        """Marked as one that generates files."""
        _ctx = self._select("withGenerator")
        return Function(_ctx)

    def with_source_map(self, source_map: SourceMap) -> Function:
        """With the place where it is declared."""
        _ctx = self._select("withSourceMap", Arg("sourceMap", source_map))
        return Function(_ctx)

    def with_up(self) -> Function:
        """Marked as one whose result is a service to run."""
        _ctx = self._select("withUp")
        return Function(_ctx)


class FunctionArg(Node):
    """An argument of a function."""

    async def default_address(self) -> str:
        """The address that it is made from when it is left out; empty when there is none."""
        _ctx = self._select("defaultAddress")
        return await _ctx.execute(str)

    async def default_path(self) -> str:
        """The path that it is read from when it is left out; empty when there is none."""
        _ctx = self._select("defaultPath")
        return await _ctx.execute(str)

    async def default_value(self) -> JSON:
        """Its value when it is left out; empty when there is none."""
        _ctx = self._select("defaultValue")
        return await _ctx.execute(JSON)

    async def deprecated(self) -> str | None:
        """Why it should not be used any more."""
        _ctx = self._select("deprecated")
        return await _ctx.execute(str | None)

    async def description(self) -> str:
        """Its documentation."""
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def ignore(self) -> list[str]:
        """What a directory that is given leaves out."""
        _ctx = self._select("ignore")
        return await _ctx.execute(list[str])

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    def source_map(self) -> SourceMap:
        """Where it is declared."""
        _ctx = self._select("sourceMap")
        return SourceMap(_ctx)

    def type_def(self) -> TypeDef:
        """Its type."""
        _ctx = self._select("typeDef")
        return TypeDef(_ctx)


class FunctionCall(Node):
    """The call of a function that module code runs for."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def input_args(self) -> list[FunctionCallArgValue]:
        """What the function is given."""
        _ctx = self._select("inputArgs")
        return await _ctx.execute_objects(FunctionCallArgValue)

    async def name(self) -> str:
        """Name of the function; empty for a constructor."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def parent(self) -> JSON:
        """State of the object that the function is called on."""
        _ctx = self._select("parent")
        return await _ctx.execute(JSON)

    async def parent_name(self) -> str:
        """Name of the object's type in the module."""
        _ctx = self._select("parentName")
        return await _ctx.execute(str)

    async def return_error(self, error: Error) -> None:
        """Makes the call fail with this error."""
        _ctx = self._select("returnError", Arg("error", error))
        await _ctx.execute(None)

    async def return_value(self, value: JSON) -> None:
        """Makes this value the call's result, whatever the function returns."""
        _ctx = self._select("returnValue", Arg("value", value))
        await _ctx.execute(None)


class FunctionCallArgValue(Node):
    """An argument of a call."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def value(self) -> JSON:
        """Its value; objects are IDs."""
        _ctx = self._select("value")
        return await _ctx.execute(JSON)


class GeneratedCode(Node):
    """What a generator of code made."""

    def code(self) -> Directory:
        """The directory that holds it."""
        _ctx = self._select("code")
        return Directory(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def vcs_generated_paths(self) -> list[str]:
        """Paths that are marked as generated."""
        _ctx = self._select("vcsGeneratedPaths")
        return await _ctx.execute(list[str])

    async def vcs_ignored_paths(self) -> list[str]:
        """Paths that are not to be committed."""
        _ctx = self._select("vcsIgnoredPaths")
        return await _ctx.execute(list[str])

    def with_vcs_generated_paths(self, paths: list[str]) -> GeneratedCode:
        """With these paths marked as generated."""
        _ctx = self._select("withVCSGeneratedPaths", Arg("paths", paths))
        return GeneratedCode(_ctx)

    def with_vcs_ignored_paths(self, paths: list[str]) -> GeneratedCode:
        """With these paths that are not to be committed."""
        _ctx = self._select("withVCSIgnoredPaths", Arg("paths", paths))
        return GeneratedCode(_ctx)


class Generator(Node):
    def changes(self) -> Changeset:
        _ctx = self._select("changes")
        return Changeset(_ctx)

    async def completed(self) -> bool:
        _ctx = self._select("completed")
        return await _ctx.execute(bool)

    async def description(self) -> str:
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def is_empty(self) -> bool:
        _ctx = self._select("isEmpty")
        return await _ctx.execute(bool)

    async def name(self) -> str:
        _ctx = self._select("name")
        return await _ctx.execute(str)

    def original_module(self) -> Module:
        _ctx = self._select("originalModule")
        return Module(_ctx)

    async def path(self) -> list[str]:
        _ctx = self._select("path")
        return await _ctx.execute(list[str])

    def run(self) -> Generator:
        _ctx = self._select("run")
        return Generator(_ctx)


class GeneratorGroup(Node):
    def changes(self, *, on_conflict: ChangesetsMergeConflict | None = ChangesetsMergeConflict.FAIL_EARLY) -> Changeset:
        _ctx = self._select("changes", Arg("onConflict", on_conflict, ChangesetsMergeConflict.FAIL_EARLY))
        return Changeset(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def is_empty(self) -> bool:
        _ctx = self._select("isEmpty")
        return await _ctx.execute(bool)

    async def list_(self) -> list[Generator]:
        _ctx = self._select("list")
        return await _ctx.execute_objects(Generator)

    def run(self) -> GeneratorGroup:
        _ctx = self._select("run")
        return GeneratorGroup(_ctx)


class GitRef(Node):
    """A branch, tag or commit of a repository."""

    async def commit(self) -> str:
        """Hash of the commit."""
        _ctx = self._select("commit")
        return await _ctx.execute(str)

    def common_ancestor(self, other: GitRef) -> GitRef:
        """The newest commit that both come from.

        Args:
            other: The other one.
        """
        _ctx = self._select("commonAncestor", Arg("other", other))
        return GitRef(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def ref(self) -> str:
        """Its full name."""
        _ctx = self._select("ref")
        return await _ctx.execute(str)

    def tree(
        self,
        *,
        discard_git_dir: bool | None = False,
        depth: int | None = 1,
        include_tags: bool | None = False,
    ) -> Directory:
        """Its files.

        Args:
            discard_git_dir: Without the .git folder.
            depth: How many commits of history to fetch; 0 is all.
            include_tags: Fetches tags too.
        """
        _ctx = self._select(
            "tree",
            Arg("discardGitDir", discard_git_dir, False),
            Arg("depth", depth, 1),
            Arg("includeTags", include_tags, False),
        )
        return Directory(_ctx)


class GitRepository(Node):
    """A Git repository."""

    def branch(self, name: str) -> GitRef:
        """A branch.

        Args:
            name: Its name.
        """
        _ctx = self._select("branch", Arg("name", name))
        return GitRef(_ctx)

    async def branches(self, *, patterns: list[str] | None = None) -> list[str]:
        """Names of its branches.

        Args:
            patterns: Only those that match one of these patterns.
        """
        _ctx = self._select("branches", Arg("patterns", patterns, None))
        return await _ctx.execute(list[str])

    def commit(self, id: str) -> GitRef:
        """A commit.

        Args:
            id: Its full hash.
        """
        _ctx = self._select("commit", Arg("id", id))
        return GitRef(_ctx)

    def head(self) -> GitRef:
        """Where HEAD is."""
        _ctx = self._select("head")
        return GitRef(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    def latest_version(self) -> GitRef:
        """The tag with the highest version."""
        _ctx = self._select("latestVersion")
        return GitRef(_ctx)

    def ref(self, name: str) -> GitRef:
        """A branch, tag or commit, by whatever name.

        Args:
            name: The name.
        """
        _ctx = self._select("ref", Arg("name", name))
        return GitRef(_ctx)

    def tag(self, name: str) -> GitRef:
        """A tag.

        Args:
            name: Its name.
        """
        _ctx = self._select("tag", Arg("name", name))
        return GitRef(_ctx)

    async def tags(self, *, patterns: list[str] | None = None) -> list[str]:
        """Names of its tags.

        Args:
            patterns: Only those that match one of these patterns.
        """
        _ctx = self._select("tags", Arg("patterns", patterns, None))
        return await _ctx.execute(list[str])

    def uncommitted(self) -> Changeset:
        """What is changed in the working tree."""
        _ctx = self._select("uncommitted")
        return Changeset(_ctx)

    async def url(self) -> str | None:
        """Where it is."""
        _ctx = self._select("url")
        return await _ctx.execute(str | None)


class HTTPState(Node):
    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()


class HealthcheckConfig(Node):
    async def args(self) -> list[str]:
        _ctx = self._select("args")
        return await _ctx.execute(list[str])

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def interval(self) -> str:
        _ctx = self._select("interval")
        return await _ctx.execute(str)

    async def retries(self) -> int:
        _ctx = self._select("retries")
        return await _ctx.execute(int)

    async def shell(self) -> bool:
        _ctx = self._select("shell")
        return await _ctx.execute(bool)

    async def start_interval(self) -> str:
        _ctx = self._select("startInterval")
        return await _ctx.execute(str)

    async def start_period(self) -> str:
        _ctx = self._select("startPeriod")
        return await _ctx.execute(str)

    async def timeout(self) -> str:
        _ctx = self._select("timeout")
        return await _ctx.execute(str)


class Host(Node):
    """The machine of whoever runs the pipeline."""

    def container_image(self, name: str) -> Container:
        """An image of the machine's container runtime.

        Args:
            name: Name of the image.
        """
        _ctx = self._select("containerImage", Arg("name", name))
        return Container(_ctx)

    def directory(
        self,
        path: str,
        *,
        exclude: list[str] | None = None,
        include: list[str] | None = None,
        no_cache: bool | None = False,
        gitignore: bool | None = False,
    ) -> Directory:
        """A directory of the machine.

        Args:
            path: Where it is.
            exclude: Leaves out what matches one of these patterns.
            include: Takes only what matches one of these patterns.
            no_cache: Reads it anew even when the session has read it before.
            gitignore: Leaves out what the .gitignore files inside exclude.
        """
        _ctx = self._select(
            "directory",
            Arg("path", path),
            Arg("exclude", exclude, None),
            Arg("include", include, None),
            Arg("noCache", no_cache, False),
            Arg("gitignore", gitignore, False),
        )
        return Directory(_ctx)

    def file(self, path: str, *, no_cache: bool | None = False) -> File:
        """A file of the machine.

        Args:
            path: Where it is.
            no_cache: Reads it anew even when the session has read it before.
        """
        _ctx = self._select("file", Arg("path", path), Arg("noCache", no_cache, False))
        return File(_ctx)

    async def find_up(self, name: str, *, no_cache: bool | None = False) -> str | None:
        """Looks for a name in the working folder and those above it; the answer is the path.

        Args:
            name: The name.
            no_cache: Reads it anew even when the session has read it before.
        """
        _ctx = self._select("findUp", Arg("name", name), Arg("noCache", no_cache, False))
        return await _ctx.execute(str | None)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    def service(self, ports: list[PortForward], *, host: str | None = "localhost") -> Service:
        """A service that runs on the machine.

        Args:
            ports: Which ports lead where.
            host: Host name that the machine reaches it under.
        """
        _ctx = self._select("service", Arg("ports", ports), Arg("host", host, "localhost"))
        return Service(_ctx)

    def tunnel(
        self,
        service: Service,
        *,
        native: bool | None = False,
        ports: list[PortForward] | None = None,
    ) -> Service:
        """Makes a service reachable from the machine.

        Args:
            service: The service.
            native: Takes the same port numbers on the machine.
            ports: Which ports lead where.
        """
        _ctx = self._select("tunnel", Arg("service", service), Arg("native", native, False), Arg("ports", ports, None))
        return Service(_ctx)

    def unix_socket(self, path: str) -> Socket:
        """A Unix socket of the machine.

        Args:
            path: Where it is.
        """
        _ctx = self._select("unixSocket", Arg("path", path))
        return Socket(_ctx)


class InputTypeDef(Node):
    """What an input is made of."""

    async def fields(self) -> list[FieldTypeDef]:
        """Its fields, in order."""
        _ctx = self._select("fields")
        return await _ctx.execute_objects(FieldTypeDef)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)


class InterfaceTypeDef(Node):
    """What an interface is made of."""

    async def description(self) -> str:
        """Its documentation."""
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def functions(self) -> list[Function]:
        """Its functions, in order."""
        _ctx = self._select("functions")
        return await _ctx.execute_objects(Function)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    def source_map(self) -> SourceMap:
        """Where it is declared."""
        _ctx = self._select("sourceMap")
        return SourceMap(_ctx)

    async def source_module_name(self) -> str:
        """The module that it is from; empty for the core API."""
        _ctx = self._select("sourceModuleName")
        return await _ctx.execute(str)


class JSONValue(Node):
    async def as_array(self) -> list[JSONValue]:
        _ctx = self._select("asArray")
        return await _ctx.execute_objects(JSONValue)

    async def as_boolean(self) -> bool:
        _ctx = self._select("asBoolean")
        return await _ctx.execute(bool)

    async def as_integer(self) -> int:
        _ctx = self._select("asInteger")
        return await _ctx.execute(int)

    async def as_string(self) -> str:
        _ctx = self._select("asString")
        return await _ctx.execute(str)

    async def contents(self, *, pretty: bool | None = False, indent: str | None = "  ") -> JSON:
        _ctx = self._select("contents", Arg("pretty", pretty, False), Arg("indent", indent, "  "))
        return await _ctx.execute(JSON)

    def field(self, path: list[str]) -> JSONValue:
        _ctx = self._select("field", Arg("path", path))
        return JSONValue(_ctx)

    async def fields(self) -> list[str]:
        _ctx = self._select("fields")
        return await _ctx.execute(list[str])

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    def new_boolean(self, value: bool) -> JSONValue:
        _ctx = self._select("newBoolean", Arg("value", value))
        return JSONValue(_ctx)

    def new_integer(self, value: int) -> JSONValue:
        _ctx = self._select("newInteger", Arg("value", value))
        return JSONValue(_ctx)

    def new_string(self, value: str) -> JSONValue:
        _ctx = self._select("newString", Arg("value", value))
        return JSONValue(_ctx)

    def with_contents(self, contents: JSON) -> JSONValue:
        _ctx = self._select("withContents", Arg("contents", contents))
        return JSONValue(_ctx)

    def with_field(self, path: list[str], value: JSONValue) -> JSONValue:
        _ctx = self._select("withField", Arg("path", path), Arg("value", value))
        return JSONValue(_ctx)


class Label(Node):
    """A label of an image."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def value(self) -> str:
        """Its value."""
        _ctx = self._select("value")
        return await _ctx.execute(str)


class ListTypeDef(Node):
    """What a list is made of."""

    def element_type_def(self) -> TypeDef:
        """The type of its elements."""
        _ctx = self._select("elementTypeDef")
        return TypeDef(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()


class Module(Syncer):
    """What a module offers."""

    def check(self, name: str) -> Check:
        """Experimental: This API is highly experimental and may be removed or replaced entirely."""
        _ctx = self._select("check", Arg("name", name))
        return Check(_ctx)

    def checks(self, *, include: list[str] | None = None, no_generate: bool | None = None) -> CheckGroup:
        """Experimental: This API is highly experimental and may be removed or replaced entirely."""
        _ctx = self._select("checks", Arg("include", include, None), Arg("noGenerate", no_generate, None))
        return CheckGroup(_ctx)

    async def dependencies(self) -> list[Module]:
        """Modules that it calls, under the names that it gives them."""
        _ctx = self._select("dependencies")
        return await _ctx.execute_objects(Module)

    async def description(self) -> str:
        """Its documentation."""
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def enums(self) -> list[TypeDef]:
        """Its enums."""
        _ctx = self._select("enums")
        return await _ctx.execute_objects(TypeDef)

    def generated_context_directory(self) -> Directory:
        _ctx = self._select("generatedContextDirectory")
        return Directory(_ctx)

    def generator(self, name: str) -> Generator:
        """Experimental: This API is highly experimental and may be removed or replaced entirely."""
        _ctx = self._select("generator", Arg("name", name))
        return Generator(_ctx)

    def generators(self, *, include: list[str] | None = None) -> GeneratorGroup:
        """Experimental: This API is highly experimental and may be removed or replaced entirely."""
        _ctx = self._select("generators", Arg("include", include, None))
        return GeneratorGroup(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def interfaces(self) -> list[TypeDef]:
        """Its interfaces."""
        _ctx = self._select("interfaces")
        return await _ctx.execute_objects(TypeDef)

    def introspection_schema_json(self) -> File:
        """The schema that its code sees, for generators of clients."""
        _ctx = self._select("introspectionSchemaJSON")
        return File(_ctx)

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def objects(self) -> list[TypeDef]:
        """Its objects."""
        _ctx = self._select("objects")
        return await _ctx.execute_objects(TypeDef)

    def runtime(self) -> Container:
        """The container that its code runs in; null, as it runs in none."""
        _ctx = self._select("runtime")
        return Container(_ctx)

    def sdk(self) -> SDKConfig:
        """What it is written with."""
        _ctx = self._select("sdk")
        return SDKConfig(_ctx)

    async def serve(self, *, include_dependencies: bool | None = None, entrypoint: bool | None = None) -> None:
        """Makes its functions part of the API of this session's clients."""
        _ctx = self._select(
            "serve",
            Arg("includeDependencies", include_dependencies, None),
            Arg("entrypoint", entrypoint, None),
        )
        await _ctx.execute(None)

    def services(self, *, include: list[str] | None = None) -> UpGroup:
        """Experimental: This API is highly experimental and may be removed or replaced entirely."""
        _ctx = self._select("services", Arg("include", include, None))
        return UpGroup(_ctx)

    def source(self) -> ModuleSource:
        _ctx = self._select("source")
        return ModuleSource(_ctx)

    async def sync(self) -> Module:
        """Loads it."""
        _ctx = self._select("sync")
        return await _ctx.execute_sync(self)

    def user_defaults(self) -> EnvFile:
        _ctx = self._select("userDefaults")
        return EnvFile(_ctx)

    def with_description(self, description: str) -> Module:
        """With this documentation; it is no longer what was loaded."""
        _ctx = self._select("withDescription", Arg("description", description))
        return Module(_ctx)

    def with_enum(self, enum: TypeDef) -> Module:
        """With one more enum; it is no longer what was loaded."""
        _ctx = self._select("withEnum", Arg("enum", enum))
        return Module(_ctx)

    def with_interface(self, iface: TypeDef) -> Module:
        """With one more interface; it is no longer what was loaded."""
        _ctx = self._select("withInterface", Arg("iface", iface))
        return Module(_ctx)

    def with_object(self, object: TypeDef) -> Module:
        """With one more object; it is no longer what was loaded."""
        _ctx = self._select("withObject", Arg("object", object))
        return Module(_ctx)

    def __await__(self) -> collections.abc.Generator[Any, None, Module]:
        return self.sync().__await__()


class ModuleConfigClient(Node):
    async def directory(self) -> str:
        _ctx = self._select("directory")
        return await _ctx.execute(str)

    async def generator(self) -> str:
        _ctx = self._select("generator")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()


class ModuleSource(Syncer):
    def as_module(self) -> Module:
        _ctx = self._select("asModule")
        return Module(_ctx)

    async def as_string(self) -> str:
        _ctx = self._select("asString")
        return await _ctx.execute(str)

    def blueprint(self) -> ModuleSource:
        _ctx = self._select("blueprint")
        return ModuleSource(_ctx)

    async def clone_ref(self) -> str:
        _ctx = self._select("cloneRef")
        return await _ctx.execute(str)

    async def commit(self) -> str:
        _ctx = self._select("commit")
        return await _ctx.execute(str)

    async def config_clients(self) -> list[ModuleConfigClient]:
        _ctx = self._select("configClients")
        return await _ctx.execute_objects(ModuleConfigClient)

    async def config_exists(self) -> bool:
        _ctx = self._select("configExists")
        return await _ctx.execute(bool)

    def context_directory(self) -> Directory:
        _ctx = self._select("contextDirectory")
        return Directory(_ctx)

    async def dependencies(self) -> list[ModuleSource]:
        _ctx = self._select("dependencies")
        return await _ctx.execute_objects(ModuleSource)

    async def digest(self) -> str:
        _ctx = self._select("digest")
        return await _ctx.execute(str)

    def directory(self, path: str) -> Directory:
        _ctx = self._select("directory", Arg("path", path))
        return Directory(_ctx)

    async def engine_version(self) -> str:
        _ctx = self._select("engineVersion")
        return await _ctx.execute(str)

    def generated_context_changeset(self) -> Changeset:
        _ctx = self._select("generatedContextChangeset")
        return Changeset(_ctx)

    def generated_context_directory(self) -> Directory:
        _ctx = self._select("generatedContextDirectory")
        return Directory(_ctx)

    async def html_repo_url(self) -> str:
        _ctx = self._select("htmlRepoURL")
        return await _ctx.execute(str)

    async def html_url(self) -> str:
        _ctx = self._select("htmlURL")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    def introspection_schema_json(self) -> File:
        _ctx = self._select("introspectionSchemaJSON")
        return File(_ctx)

    async def kind(self) -> ModuleSourceKind:
        _ctx = self._select("kind")
        return await _ctx.execute(ModuleSourceKind)

    async def local_context_directory_path(self) -> str:
        _ctx = self._select("localContextDirectoryPath")
        return await _ctx.execute(str)

    async def module_name(self) -> str:
        _ctx = self._select("moduleName")
        return await _ctx.execute(str)

    async def module_original_name(self) -> str:
        _ctx = self._select("moduleOriginalName")
        return await _ctx.execute(str)

    async def original_subpath(self) -> str:
        _ctx = self._select("originalSubpath")
        return await _ctx.execute(str)

    async def pin(self) -> str:
        _ctx = self._select("pin")
        return await _ctx.execute(str)

    async def repo_root_path(self) -> str:
        _ctx = self._select("repoRootPath")
        return await _ctx.execute(str)

    def sdk(self) -> SDKConfig:
        _ctx = self._select("sdk")
        return SDKConfig(_ctx)

    async def source_root_subpath(self) -> str:
        _ctx = self._select("sourceRootSubpath")
        return await _ctx.execute(str)

    async def source_subpath(self) -> str:
        _ctx = self._select("sourceSubpath")
        return await _ctx.execute(str)

    async def sync(self) -> ModuleSource:
        _ctx = self._select("sync")
        return await _ctx.execute_sync(self)

    async def toolchains(self) -> list[ModuleSource]:
        _ctx = self._select("toolchains")
        return await _ctx.execute_objects(ModuleSource)

    def user_defaults(self) -> EnvFile:
        _ctx = self._select("userDefaults")
        return EnvFile(_ctx)

    async def version(self) -> str:
        _ctx = self._select("version")
        return await _ctx.execute(str)

    def with_blueprint(self, blueprint: ModuleSource) -> ModuleSource:
        _ctx = self._select("withBlueprint", Arg("blueprint", blueprint))
        return ModuleSource(_ctx)

    def with_client(self, generator: str, output_dir: str) -> ModuleSource:
        _ctx = self._select("withClient", Arg("generator", generator), Arg("outputDir", output_dir))
        return ModuleSource(_ctx)

    def with_dependencies(self, dependencies: list[ModuleSource]) -> ModuleSource:
        _ctx = self._select("withDependencies", Arg("dependencies", dependencies))
        return ModuleSource(_ctx)

    def with_engine_version(self, version: str) -> ModuleSource:
        _ctx = self._select("withEngineVersion", Arg("version", version))
        return ModuleSource(_ctx)

    def with_experimental_features(self, features: list[ModuleSourceExperimentalFeature]) -> ModuleSource:
        _ctx = self._select("withExperimentalFeatures", Arg("features", features))
        return ModuleSource(_ctx)

    def with_includes(self, patterns: list[str]) -> ModuleSource:
        _ctx = self._select("withIncludes", Arg("patterns", patterns))
        return ModuleSource(_ctx)

    def with_name(self, name: str) -> ModuleSource:
        _ctx = self._select("withName", Arg("name", name))
        return ModuleSource(_ctx)

    def with_sdk(self, source: str) -> ModuleSource:
        _ctx = self._select("withSDK", Arg("source", source))
        return ModuleSource(_ctx)

    def with_source_subpath(self, path: str) -> ModuleSource:
        _ctx = self._select("withSourceSubpath", Arg("path", path))
        return ModuleSource(_ctx)

    def with_toolchains(self, toolchains: list[ModuleSource]) -> ModuleSource:
        _ctx = self._select("withToolchains", Arg("toolchains", toolchains))
        return ModuleSource(_ctx)

    def with_update_blueprint(self) -> ModuleSource:
        _ctx = self._select("withUpdateBlueprint")
        return ModuleSource(_ctx)

    def with_update_dependencies(self, dependencies: list[str]) -> ModuleSource:
        _ctx = self._select("withUpdateDependencies", Arg("dependencies", dependencies))
        return ModuleSource(_ctx)

    def with_update_toolchains(self, toolchains: list[str]) -> ModuleSource:
        _ctx = self._select("withUpdateToolchains", Arg("toolchains", toolchains))
        return ModuleSource(_ctx)

    def with_updated_clients(self, clients: list[str]) -> ModuleSource:
        _ctx = self._select("withUpdatedClients", Arg("clients", clients))
        return ModuleSource(_ctx)

    def without_blueprint(self) -> ModuleSource:
        _ctx = self._select("withoutBlueprint")
        return ModuleSource(_ctx)

    def without_client(self, path: str) -> ModuleSource:
        _ctx = self._select("withoutClient", Arg("path", path))
        return ModuleSource(_ctx)

    def without_dependencies(self, dependencies: list[str]) -> ModuleSource:
        _ctx = self._select("withoutDependencies", Arg("dependencies", dependencies))
        return ModuleSource(_ctx)

    def without_experimental_features(self, features: list[ModuleSourceExperimentalFeature]) -> ModuleSource:
        _ctx = self._select("withoutExperimentalFeatures", Arg("features", features))
        return ModuleSource(_ctx)

    def without_toolchains(self, toolchains: list[str]) -> ModuleSource:
        _ctx = self._select("withoutToolchains", Arg("toolchains", toolchains))
        return ModuleSource(_ctx)

    def __await__(self) -> collections.abc.Generator[Any, None, ModuleSource]:
        return self.sync().__await__()


class ObjectTypeDef(Node):
    """What an object is made of."""

    def constructor(self) -> Function:
        """How it is made; null when only functions return it."""
        _ctx = self._select("constructor")
        return Function(_ctx)

    async def deprecated(self) -> str | None:
        """Why it should not be used any more."""
        _ctx = self._select("deprecated")
        return await _ctx.execute(str | None)

    async def description(self) -> str:
        """Its documentation."""
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def fields(self) -> list[FieldTypeDef]:
        """Its fields, in order."""
        _ctx = self._select("fields")
        return await _ctx.execute_objects(FieldTypeDef)

    async def functions(self) -> list[Function]:
        """Its functions, in order."""
        _ctx = self._select("functions")
        return await _ctx.execute_objects(Function)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    def source_map(self) -> SourceMap:
        """Where it is declared."""
        _ctx = self._select("sourceMap")
        return SourceMap(_ctx)

    async def source_module_name(self) -> str:
        """The module that it is from; empty for the core API."""
        _ctx = self._select("sourceModuleName")
        return await _ctx.execute(str)


class Port(Node):
    """A port that a container exposes."""

    async def description(self) -> str | None:
        """What it is for."""
        _ctx = self._select("description")
        return await _ctx.execute(str | None)

    async def experimental_skip_healthcheck(self) -> bool:
        """Whether starting a service does not wait for it."""
        _ctx = self._select("experimentalSkipHealthcheck")
        return await _ctx.execute(bool)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def port(self) -> int:
        """Its number."""
        _ctx = self._select("port")
        return await _ctx.execute(int)

    async def protocol(self) -> NetworkProtocol:
        """Its protocol."""
        _ctx = self._select("protocol")
        return await _ctx.execute(NetworkProtocol)


class Query(Root):
    """Where every query begins."""

    def address(self, value: str) -> Address:
        """Something that is named by a text, as on the command line.

        Args:
            value: Path, URL, image or other reference, by what it is used for.
        """
        _ctx = self._select("address", Arg("value", value))
        return Address(_ctx)

    def cache_volume(
        self,
        key: str,
        *,
        source: Directory | None = None,
        sharing: CacheSharingMode | None = CacheSharingMode.SHARED,
        owner: str | None = "",
    ) -> CacheVolume:
        """A volume that keeps its contents between runs.

        Args:
            key: Name of the volume; the same key gives the same volume.
            source: What it holds when it is first used.
            sharing: What happens when several processes use it at once.
            owner: Owner of its root folder.
        """
        _ctx = self._select(
            "cacheVolume",
            Arg("key", key),
            Arg("source", source, None),
            Arg("sharing", sharing, CacheSharingMode.SHARED),
            Arg("owner", owner, ""),
        )
        return CacheVolume(_ctx)

    def changeset(self) -> Changeset:
        """A changeset without changes."""
        _ctx = self._select("changeset")
        return Changeset(_ctx)

    def container(self, *, platform: Platform | None = None) -> Container:
        """An empty container, to be filled with `from`.

        Args:
            platform: Platform that it runs on; the engine's own by default.
        """
        _ctx = self._select("container", Arg("platform", platform, None))
        return Container(_ctx)

    def current_function_call(self) -> FunctionCall:
        """The call that is being answered."""
        _ctx = self._select("currentFunctionCall")
        return FunctionCall(_ctx)

    def current_module(self) -> CurrentModule:
        """The module whose function is running."""
        _ctx = self._select("currentModule")
        return CurrentModule(_ctx)

    async def current_type_defs(
        self,
        *,
        return_all_types: bool | None = False,
        hide_core: bool | None = None,
    ) -> list[TypeDef]:
        """Types of the schema that this client sees.

        Args:
            return_all_types: Also those that are only referred to: texts, numbers, lists.
            hide_core: Of `Query`, only the functions that modules add. Core types stay, so that what functions return can be followed.
        """
        _ctx = self._select(
            "currentTypeDefs",
            Arg("returnAllTypes", return_all_types, False),
            Arg("hideCore", hide_core, None),
        )
        return await _ctx.execute_objects(TypeDef)

    def current_workspace(self) -> Workspace:
        """The workspace of the session.

        Experimental: Highly experimental API extracted from a more ambitious workspace implementation.
        """
        _ctx = self._select("currentWorkspace")
        return Workspace(_ctx)

    async def default_platform(self) -> Platform:
        """Platform of the engine."""
        _ctx = self._select("defaultPlatform")
        return await _ctx.execute(Platform)

    def directory(self) -> Directory:
        """An empty directory."""
        _ctx = self._select("directory")
        return Directory(_ctx)

    def engine(self) -> Engine:
        """The engine and its cache."""
        _ctx = self._select("engine")
        return Engine(_ctx)

    def env_file(self, *, expand: bool | None = None) -> EnvFile:
        """An empty set of variables.

        Args:
            expand: Expands variables in values.
        """
        _ctx = self._select("envFile", Arg("expand", expand, None))
        return EnvFile(_ctx)

    def error(self, message: str) -> Error:
        """An error to answer a function call with.

        Args:
            message: What went wrong.
        """
        _ctx = self._select("error", Arg("message", message))
        return Error(_ctx)

    def file(self, name: str, contents: str, *, permissions: int | None = 420) -> File:
        """A file with the given contents.

        Args:
            name: Name of the file.
            contents: What it holds.
            permissions: File mode, such as 0644 in octal.
        """
        _ctx = self._select("file", Arg("name", name), Arg("contents", contents), Arg("permissions", permissions, 420))
        return File(_ctx)

    def function(self, name: str, return_type: TypeDef) -> Function:
        """A function to add to an object type.

        Args:
            name: Its name.
            return_type: What it returns.
        """
        _ctx = self._select("function", Arg("name", name), Arg("returnType", return_type))
        return Function(_ctx)

    def generated_code(self, code: Directory) -> GeneratedCode:
        """Code that a generator made.

        Args:
            code: Directory with the code.
        """
        _ctx = self._select("generatedCode", Arg("code", code))
        return GeneratedCode(_ctx)

    def git(
        self,
        url: str,
        *,
        keep_git_dir: bool | None = True,
        ssh_known_hosts: str | None = "",
        ssh_auth_socket: Socket | None = None,
        http_auth_username: str | None = "",
        http_auth_token: Secret | None = None,
        http_auth_header: Secret | None = None,
        experimental_service_host: Service | None = None,
    ) -> GitRepository:
        """A Git repository.

        Args:
            url: URL or path of the repository.
            keep_git_dir: Keeps the .git folder in trees.
            ssh_known_hosts: Lines of a known_hosts file.
            ssh_auth_socket: SSH agent to log in with.
            http_auth_username: User to log in as over HTTP.
            http_auth_token: Token to log in with over HTTP.
            http_auth_header: Value of the Authorization header over HTTP.
            experimental_service_host: Service that stands for the host while it is asked.
        """
        _ctx = self._select(
            "git",
            Arg("url", url),
            Arg("keepGitDir", keep_git_dir, True),
            Arg("sshKnownHosts", ssh_known_hosts, ""),
            Arg("sshAuthSocket", ssh_auth_socket, None),
            Arg("httpAuthUsername", http_auth_username, ""),
            Arg("httpAuthToken", http_auth_token, None),
            Arg("httpAuthHeader", http_auth_header, None),
            Arg("experimentalServiceHost", experimental_service_host, None),
        )
        return GitRepository(_ctx)

    def host(self) -> Host:
        """The machine of whoever runs the pipeline; inside a module, the module's own private folder."""
        _ctx = self._select("host")
        return Host(_ctx)

    def http(
        self,
        url: str,
        *,
        name: str | None = None,
        permissions: int | None = None,
        checksum: str | None = None,
        auth_header: Secret | None = None,
        experimental_service_host: Service | None = None,
    ) -> File:
        """A file that is downloaded.

        Args:
            url: Where it is.
            name: Name of the file; the last part of the URL by default.
            permissions: File mode, such as 0644 in octal.
            checksum: Digest that it must have, such as `sha256:…`.
            auth_header: Value of the Authorization header.
            experimental_service_host: Service that stands for the host while it is asked.
        """
        _ctx = self._select(
            "http",
            Arg("url", url),
            Arg("name", name, None),
            Arg("permissions", permissions, None),
            Arg("checksum", checksum, None),
            Arg("authHeader", auth_header, None),
            Arg("experimentalServiceHost", experimental_service_host, None),
        )
        return File(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    def json(self) -> JSONValue:
        """An empty JSON value."""
        _ctx = self._select("json")
        return JSONValue(_ctx)

    def module(self) -> Module:
        """A module to be defined."""
        _ctx = self._select("module")
        return Module(_ctx)

    def module_source(
        self,
        ref_string: str,
        *,
        ref_pin: str | None = "",
        disable_find_up: bool | None = False,
        allow_not_exists: bool | None = False,
        require_kind: ModuleSourceKind | None = None,
    ) -> ModuleSource:
        """The source of a module.

        Args:
            ref_string: Path or Git reference.
            ref_pin: Commit that the reference must lead to.
            disable_find_up: Does not look in the folders above.
            allow_not_exists: Also takes a path where nothing is yet.
            require_kind: Fails for other kinds of sources.
        """
        _ctx = self._select(
            "moduleSource",
            Arg("refString", ref_string),
            Arg("refPin", ref_pin, ""),
            Arg("disableFindUp", disable_find_up, False),
            Arg("allowNotExists", allow_not_exists, False),
            Arg("requireKind", require_kind, None),
        )
        return ModuleSource(_ctx)

    def node(self, id: str) -> Node:
        """Any object, by its ID.

        Args:
            id: The ID.
        """
        _ctx = self._select("node", Arg("id", id))
        return Node(_ctx)

    def secret(self, uri: str, *, cache_key: str | None = None) -> Secret:
        """A secret from a provider.

        Args:
            uri: Where it comes from, such as `env://NAME`, `file://PATH` or `cmd://COMMAND`.
            cache_key: Two secrets with the same key count as equal for caching.
        """
        _ctx = self._select("secret", Arg("uri", uri), Arg("cacheKey", cache_key, None))
        return Secret(_ctx)

    def set_secret(self, name: str, plaintext: str) -> Secret:
        """A secret from its plaintext.

        Args:
            name: Name to know it by.
            plaintext: The plaintext.
        """
        _ctx = self._select("setSecret", Arg("name", name), Arg("plaintext", plaintext))
        return Secret(_ctx)

    def source_map(self, filename: str, line: int, column: int) -> SourceMap:
        """A place in a source file.

        Args:
            filename: The file.
            line: From 1.
            column: From 1.
        """
        _ctx = self._select("sourceMap", Arg("filename", filename), Arg("line", line), Arg("column", column))
        return SourceMap(_ctx)

    def type_def(self) -> TypeDef:
        """A type to be defined."""
        _ctx = self._select("typeDef")
        return TypeDef(_ctx)

    async def version(self) -> str:
        """Version of the API."""
        _ctx = self._select("version")
        return await _ctx.execute(str)

    def load_address_from_id(self, id: str) -> Address:
        """The `Address` of that ID."""
        return Address(self._ctx.select_id("Address", id))

    def load_cache_volume_from_id(self, id: str) -> CacheVolume:
        """The `CacheVolume` of that ID."""
        return CacheVolume(self._ctx.select_id("CacheVolume", id))

    def load_changeset_from_id(self, id: str) -> Changeset:
        """The `Changeset` of that ID."""
        return Changeset(self._ctx.select_id("Changeset", id))

    def load_check_from_id(self, id: str) -> Check:
        """The `Check` of that ID."""
        return Check(self._ctx.select_id("Check", id))

    def load_check_group_from_id(self, id: str) -> CheckGroup:
        """The `CheckGroup` of that ID."""
        return CheckGroup(self._ctx.select_id("CheckGroup", id))

    def load_client_filesync_mirror_from_id(self, id: str) -> ClientFilesyncMirror:
        """The `ClientFilesyncMirror` of that ID."""
        return ClientFilesyncMirror(self._ctx.select_id("ClientFilesyncMirror", id))

    def load_container_from_id(self, id: str) -> Container:
        """The `Container` of that ID."""
        return Container(self._ctx.select_id("Container", id))

    def load_current_module_from_id(self, id: str) -> CurrentModule:
        """The `CurrentModule` of that ID."""
        return CurrentModule(self._ctx.select_id("CurrentModule", id))

    def load_diff_stat_from_id(self, id: str) -> DiffStat:
        """The `DiffStat` of that ID."""
        return DiffStat(self._ctx.select_id("DiffStat", id))

    def load_directory_from_id(self, id: str) -> Directory:
        """The `Directory` of that ID."""
        return Directory(self._ctx.select_id("Directory", id))

    def load_engine_from_id(self, id: str) -> Engine:
        """The `Engine` of that ID."""
        return Engine(self._ctx.select_id("Engine", id))

    def load_engine_cache_from_id(self, id: str) -> EngineCache:
        """The `EngineCache` of that ID."""
        return EngineCache(self._ctx.select_id("EngineCache", id))

    def load_engine_cache_entry_from_id(self, id: str) -> EngineCacheEntry:
        """The `EngineCacheEntry` of that ID."""
        return EngineCacheEntry(self._ctx.select_id("EngineCacheEntry", id))

    def load_engine_cache_entry_set_from_id(self, id: str) -> EngineCacheEntrySet:
        """The `EngineCacheEntrySet` of that ID."""
        return EngineCacheEntrySet(self._ctx.select_id("EngineCacheEntrySet", id))

    def load_enum_type_def_from_id(self, id: str) -> EnumTypeDef:
        """The `EnumTypeDef` of that ID."""
        return EnumTypeDef(self._ctx.select_id("EnumTypeDef", id))

    def load_enum_value_type_def_from_id(self, id: str) -> EnumValueTypeDef:
        """The `EnumValueTypeDef` of that ID."""
        return EnumValueTypeDef(self._ctx.select_id("EnumValueTypeDef", id))

    def load_env_file_from_id(self, id: str) -> EnvFile:
        """The `EnvFile` of that ID."""
        return EnvFile(self._ctx.select_id("EnvFile", id))

    def load_env_variable_from_id(self, id: str) -> EnvVariable:
        """The `EnvVariable` of that ID."""
        return EnvVariable(self._ctx.select_id("EnvVariable", id))

    def load_error_from_id(self, id: str) -> Error:
        """The `Error` of that ID."""
        return Error(self._ctx.select_id("Error", id))

    def load_error_value_from_id(self, id: str) -> ErrorValue:
        """The `ErrorValue` of that ID."""
        return ErrorValue(self._ctx.select_id("ErrorValue", id))

    def load_exportable_from_id(self, id: str) -> Exportable:
        """The `Exportable` of that ID."""
        return Exportable(self._ctx.select_id("Exportable", id))

    def load_field_type_def_from_id(self, id: str) -> FieldTypeDef:
        """The `FieldTypeDef` of that ID."""
        return FieldTypeDef(self._ctx.select_id("FieldTypeDef", id))

    def load_file_from_id(self, id: str) -> File:
        """The `File` of that ID."""
        return File(self._ctx.select_id("File", id))

    def load_function_from_id(self, id: str) -> Function:
        """The `Function` of that ID."""
        return Function(self._ctx.select_id("Function", id))

    def load_function_arg_from_id(self, id: str) -> FunctionArg:
        """The `FunctionArg` of that ID."""
        return FunctionArg(self._ctx.select_id("FunctionArg", id))

    def load_function_call_from_id(self, id: str) -> FunctionCall:
        """The `FunctionCall` of that ID."""
        return FunctionCall(self._ctx.select_id("FunctionCall", id))

    def load_function_call_arg_value_from_id(self, id: str) -> FunctionCallArgValue:
        """The `FunctionCallArgValue` of that ID."""
        return FunctionCallArgValue(self._ctx.select_id("FunctionCallArgValue", id))

    def load_generated_code_from_id(self, id: str) -> GeneratedCode:
        """The `GeneratedCode` of that ID."""
        return GeneratedCode(self._ctx.select_id("GeneratedCode", id))

    def load_generator_from_id(self, id: str) -> Generator:
        """The `Generator` of that ID."""
        return Generator(self._ctx.select_id("Generator", id))

    def load_generator_group_from_id(self, id: str) -> GeneratorGroup:
        """The `GeneratorGroup` of that ID."""
        return GeneratorGroup(self._ctx.select_id("GeneratorGroup", id))

    def load_git_ref_from_id(self, id: str) -> GitRef:
        """The `GitRef` of that ID."""
        return GitRef(self._ctx.select_id("GitRef", id))

    def load_git_repository_from_id(self, id: str) -> GitRepository:
        """The `GitRepository` of that ID."""
        return GitRepository(self._ctx.select_id("GitRepository", id))

    def load_http_state_from_id(self, id: str) -> HTTPState:
        """The `HTTPState` of that ID."""
        return HTTPState(self._ctx.select_id("HTTPState", id))

    def load_healthcheck_config_from_id(self, id: str) -> HealthcheckConfig:
        """The `HealthcheckConfig` of that ID."""
        return HealthcheckConfig(self._ctx.select_id("HealthcheckConfig", id))

    def load_host_from_id(self, id: str) -> Host:
        """The `Host` of that ID."""
        return Host(self._ctx.select_id("Host", id))

    def load_input_type_def_from_id(self, id: str) -> InputTypeDef:
        """The `InputTypeDef` of that ID."""
        return InputTypeDef(self._ctx.select_id("InputTypeDef", id))

    def load_interface_type_def_from_id(self, id: str) -> InterfaceTypeDef:
        """The `InterfaceTypeDef` of that ID."""
        return InterfaceTypeDef(self._ctx.select_id("InterfaceTypeDef", id))

    def load_json_value_from_id(self, id: str) -> JSONValue:
        """The `JSONValue` of that ID."""
        return JSONValue(self._ctx.select_id("JSONValue", id))

    def load_label_from_id(self, id: str) -> Label:
        """The `Label` of that ID."""
        return Label(self._ctx.select_id("Label", id))

    def load_list_type_def_from_id(self, id: str) -> ListTypeDef:
        """The `ListTypeDef` of that ID."""
        return ListTypeDef(self._ctx.select_id("ListTypeDef", id))

    def load_module_from_id(self, id: str) -> Module:
        """The `Module` of that ID."""
        return Module(self._ctx.select_id("Module", id))

    def load_module_config_client_from_id(self, id: str) -> ModuleConfigClient:
        """The `ModuleConfigClient` of that ID."""
        return ModuleConfigClient(self._ctx.select_id("ModuleConfigClient", id))

    def load_module_source_from_id(self, id: str) -> ModuleSource:
        """The `ModuleSource` of that ID."""
        return ModuleSource(self._ctx.select_id("ModuleSource", id))

    def load_node_from_id(self, id: str) -> Node:
        """The `Node` of that ID."""
        return Node(self._ctx.select_id("Node", id))

    def load_object_type_def_from_id(self, id: str) -> ObjectTypeDef:
        """The `ObjectTypeDef` of that ID."""
        return ObjectTypeDef(self._ctx.select_id("ObjectTypeDef", id))

    def load_port_from_id(self, id: str) -> Port:
        """The `Port` of that ID."""
        return Port(self._ctx.select_id("Port", id))

    def load_remote_git_mirror_from_id(self, id: str) -> RemoteGitMirror:
        """The `RemoteGitMirror` of that ID."""
        return RemoteGitMirror(self._ctx.select_id("RemoteGitMirror", id))

    def load_sdk_config_from_id(self, id: str) -> SDKConfig:
        """The `SDKConfig` of that ID."""
        return SDKConfig(self._ctx.select_id("SDKConfig", id))

    def load_scalar_type_def_from_id(self, id: str) -> ScalarTypeDef:
        """The `ScalarTypeDef` of that ID."""
        return ScalarTypeDef(self._ctx.select_id("ScalarTypeDef", id))

    def load_search_result_from_id(self, id: str) -> SearchResult:
        """The `SearchResult` of that ID."""
        return SearchResult(self._ctx.select_id("SearchResult", id))

    def load_search_submatch_from_id(self, id: str) -> SearchSubmatch:
        """The `SearchSubmatch` of that ID."""
        return SearchSubmatch(self._ctx.select_id("SearchSubmatch", id))

    def load_secret_from_id(self, id: str) -> Secret:
        """The `Secret` of that ID."""
        return Secret(self._ctx.select_id("Secret", id))

    def load_service_from_id(self, id: str) -> Service:
        """The `Service` of that ID."""
        return Service(self._ctx.select_id("Service", id))

    def load_socket_from_id(self, id: str) -> Socket:
        """The `Socket` of that ID."""
        return Socket(self._ctx.select_id("Socket", id))

    def load_source_map_from_id(self, id: str) -> SourceMap:
        """The `SourceMap` of that ID."""
        return SourceMap(self._ctx.select_id("SourceMap", id))

    def load_stat_from_id(self, id: str) -> Stat:
        """The `Stat` of that ID."""
        return Stat(self._ctx.select_id("Stat", id))

    def load_syncer_from_id(self, id: str) -> Syncer:
        """The `Syncer` of that ID."""
        return Syncer(self._ctx.select_id("Syncer", id))

    def load_terminal_from_id(self, id: str) -> Terminal:
        """The `Terminal` of that ID."""
        return Terminal(self._ctx.select_id("Terminal", id))

    def load_type_def_from_id(self, id: str) -> TypeDef:
        """The `TypeDef` of that ID."""
        return TypeDef(self._ctx.select_id("TypeDef", id))

    def load_up_from_id(self, id: str) -> Up:
        """The `Up` of that ID."""
        return Up(self._ctx.select_id("Up", id))

    def load_up_group_from_id(self, id: str) -> UpGroup:
        """The `UpGroup` of that ID."""
        return UpGroup(self._ctx.select_id("UpGroup", id))

    def load_workspace_from_id(self, id: str) -> Workspace:
        """The `Workspace` of that ID."""
        return Workspace(self._ctx.select_id("Workspace", id))


class RemoteGitMirror(Node):
    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()


class SDKConfig(Node):
    async def debug(self) -> bool:
        _ctx = self._select("debug")
        return await _ctx.execute(bool)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def source(self) -> str:
        _ctx = self._select("source")
        return await _ctx.execute(str)


class ScalarTypeDef(Node):
    """What a scalar is."""

    async def description(self) -> str:
        """Its documentation."""
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def source_module_name(self) -> str:
        """The module that it is from; empty for the core API."""
        _ctx = self._select("sourceModuleName")
        return await _ctx.execute(str)


class SearchResult(Node):
    async def absolute_offset(self) -> int:
        _ctx = self._select("absoluteOffset")
        return await _ctx.execute(int)

    async def file_path(self) -> str:
        _ctx = self._select("filePath")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def line_number(self) -> int:
        _ctx = self._select("lineNumber")
        return await _ctx.execute(int)

    async def matched_lines(self) -> str:
        _ctx = self._select("matchedLines")
        return await _ctx.execute(str)

    async def submatches(self) -> list[SearchSubmatch]:
        _ctx = self._select("submatches")
        return await _ctx.execute_objects(SearchSubmatch)


class SearchSubmatch(Node):
    async def end(self) -> int:
        _ctx = self._select("end")
        return await _ctx.execute(int)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def start(self) -> int:
        _ctx = self._select("start")
        return await _ctx.execute(int)

    async def text(self) -> str:
        _ctx = self._select("text")
        return await _ctx.execute(str)


class Secret(Node):
    """A value that is never written to logs, images or caches."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        """Its name."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def plaintext(self) -> str:
        """The value itself."""
        _ctx = self._select("plaintext")
        return await _ctx.execute(str)

    async def uri(self) -> str:
        """Where it comes from."""
        _ctx = self._select("uri")
        return await _ctx.execute(str)


class Service(Syncer):
    """A container that runs beside others while they need it."""

    async def endpoint(self, *, port: int | None = None, scheme: str | None = "") -> str:
        """Address to reach it at.

        Args:
            port: Port; the first exposed one by default.
            scheme: Scheme that makes it a URL, such as `http`.
        """
        _ctx = self._select("endpoint", Arg("port", port, None), Arg("scheme", scheme, ""))
        return await _ctx.execute(str)

    async def hostname(self) -> str:
        """Host name to reach it under."""
        _ctx = self._select("hostname")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def ports(self) -> list[Port]:
        """Ports that it exposes."""
        _ctx = self._select("ports")
        return await _ctx.execute_objects(Port)

    async def start(self) -> Service:
        """Starts it and waits until its ports answer."""
        _ctx = self._select("start")
        return await _ctx.execute_sync(self)

    async def stop(self, *, kill: bool | None = False) -> Service:
        """Stops it.

        Args:
            kill: Does not give it time to end.
        """
        _ctx = self._select("stop", Arg("kill", kill, False))
        return await _ctx.execute_sync(self)

    async def sync(self) -> Service:
        """Evaluates its container."""
        _ctx = self._select("sync")
        return await _ctx.execute_sync(self)

    def terminal(self, *, cmd: list[str] | None = None) -> Service:
        """Opens a terminal in it.

        Args:
            cmd: Program to run; a shell by default.
        """
        _ctx = self._select("terminal", Arg("cmd", cmd, None))
        return Service(_ctx)

    async def up(self, *, ports: list[PortForward] | None = None, random: bool | None = False) -> None:
        """Runs it with ports that the caller's machine can reach, until it is interrupted.

        Args:
            ports: Which ports lead where.
            random: Takes free ports of the machine instead of the same ones.
        """
        _ctx = self._select("up", Arg("ports", ports, None), Arg("random", random, False))
        await _ctx.execute(None)

    def with_hostname(self, hostname: str) -> Service:
        """Sets its host name.

        Args:
            hostname: The host name.
        """
        _ctx = self._select("withHostname", Arg("hostname", hostname))
        return Service(_ctx)

    def __await__(self) -> collections.abc.Generator[Any, None, Service]:
        return self.sync().__await__()


class Socket(Node):
    """A Unix socket."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()


class SourceMap(Node):
    """Where something is declared in a module's source."""

    async def column(self) -> int:
        """The column, from 1."""
        _ctx = self._select("column")
        return await _ctx.execute(int)

    async def filename(self) -> str:
        """The file, from the module's source directory."""
        _ctx = self._select("filename")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def line(self) -> int:
        """The line, from 1."""
        _ctx = self._select("line")
        return await _ctx.execute(int)

    async def module(self) -> str:
        """Name of the module; empty outside of one."""
        _ctx = self._select("module")
        return await _ctx.execute(str)

    async def url(self) -> str:
        """Where it can be read; empty when it cannot."""
        _ctx = self._select("url")
        return await _ctx.execute(str)


class Stat(Node):
    async def file_type(self) -> FileType | None:
        _ctx = self._select("fileType")
        return await _ctx.execute(FileType | None)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def permissions(self) -> int:
        _ctx = self._select("permissions")
        return await _ctx.execute(int)

    async def size(self) -> int:
        _ctx = self._select("size")
        return await _ctx.execute(int)


class Terminal(Syncer):
    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def sync(self) -> Terminal:
        _ctx = self._select("sync")
        return await _ctx.execute_sync(self)

    def __await__(self) -> collections.abc.Generator[Any, None, Terminal]:
        return self.sync().__await__()


class TypeDef(Node):
    """A type, as functions take and return it or as a module declares it."""

    def as_enum(self) -> EnumTypeDef:
        """What an enum is made of; null for other kinds."""
        _ctx = self._select("asEnum")
        return EnumTypeDef(_ctx)

    def as_input(self) -> InputTypeDef:
        """What an input is made of; null for other kinds."""
        _ctx = self._select("asInput")
        return InputTypeDef(_ctx)

    def as_interface(self) -> InterfaceTypeDef:
        """What an interface is made of; null for other kinds."""
        _ctx = self._select("asInterface")
        return InterfaceTypeDef(_ctx)

    def as_list(self) -> ListTypeDef:
        """What a list is made of; null for other kinds."""
        _ctx = self._select("asList")
        return ListTypeDef(_ctx)

    def as_object(self) -> ObjectTypeDef:
        """What an object is made of; null for other kinds."""
        _ctx = self._select("asObject")
        return ObjectTypeDef(_ctx)

    def as_scalar(self) -> ScalarTypeDef:
        """What a scalar is; null for other kinds."""
        _ctx = self._select("asScalar")
        return ScalarTypeDef(_ctx)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def kind(self) -> TypeDefKind:
        """What it is."""
        _ctx = self._select("kind")
        return await _ctx.execute(TypeDefKind)

    async def name(self) -> str:
        """Its name, whether or not it is optional; a list is named by its elements."""
        _ctx = self._select("name")
        return await _ctx.execute(str)

    async def optional(self) -> bool:
        """Whether null is one of its values."""
        _ctx = self._select("optional")
        return await _ctx.execute(bool)

    def with_constructor(self, function: Function) -> TypeDef:
        """An object with this constructor."""
        _ctx = self._select("withConstructor", Arg("function", function))
        return TypeDef(_ctx)

    def with_enum(self, name: str, *, description: str | None = "", source_map: SourceMap | None = None) -> TypeDef:
        """An enum without members."""
        _ctx = self._select(
            "withEnum",
            Arg("name", name),
            Arg("description", description, ""),
            Arg("sourceMap", source_map, None),
        )
        return TypeDef(_ctx)

    def with_enum_member(
        self,
        name: str,
        *,
        value: str | None = "",
        description: str | None = "",
        source_map: SourceMap | None = None,
        deprecated: str | None = None,
    ) -> TypeDef:
        """An enum with one more member."""
        _ctx = self._select(
            "withEnumMember",
            Arg("name", name),
            Arg("value", value, ""),
            Arg("description", description, ""),
            Arg("sourceMap", source_map, None),
            Arg("deprecated", deprecated, None),
        )
        return TypeDef(_ctx)

    def with_enum_value(
        self,
        value: str,
        *,
        description: str | None = "",
        source_map: SourceMap | None = None,
        deprecated: str | None = None,
    ) -> TypeDef:
        """An enum with one more member whose name is its value.

        Deprecated: Use `withEnumMember` instead
        """
        _ctx = self._select(
            "withEnumValue",
            Arg("value", value),
            Arg("description", description, ""),
            Arg("sourceMap", source_map, None),
            Arg("deprecated", deprecated, None),
        )
        return TypeDef(_ctx)

    def with_field(
        self,
        name: str,
        type_def: TypeDef,
        *,
        description: str | None = "",
        source_map: SourceMap | None = None,
        deprecated: str | None = None,
    ) -> TypeDef:
        """An object with one more field."""
        _ctx = self._select(
            "withField",
            Arg("name", name),
            Arg("typeDef", type_def),
            Arg("description", description, ""),
            Arg("sourceMap", source_map, None),
            Arg("deprecated", deprecated, None),
        )
        return TypeDef(_ctx)

    def with_function(self, function: Function) -> TypeDef:
        """An object or interface with one more function."""
        _ctx = self._select("withFunction", Arg("function", function))
        return TypeDef(_ctx)

    def with_interface(
        self,
        name: str,
        *,
        description: str | None = "",
        source_map: SourceMap | None = None,
    ) -> TypeDef:
        """An interface without functions."""
        _ctx = self._select(
            "withInterface",
            Arg("name", name),
            Arg("description", description, ""),
            Arg("sourceMap", source_map, None),
        )
        return TypeDef(_ctx)

    def with_kind(self, kind: TypeDefKind) -> TypeDef:
        """A type of this kind."""
        _ctx = self._select("withKind", Arg("kind", kind))
        return TypeDef(_ctx)

    def with_list_of(self, element_type: TypeDef) -> TypeDef:
        """A list of this type."""
        _ctx = self._select("withListOf", Arg("elementType", element_type))
        return TypeDef(_ctx)

    def with_object(
        self,
        name: str,
        *,
        description: str | None = "",
        source_map: SourceMap | None = None,
        deprecated: str | None = None,
    ) -> TypeDef:
        """An object without fields and functions."""
        _ctx = self._select(
            "withObject",
            Arg("name", name),
            Arg("description", description, ""),
            Arg("sourceMap", source_map, None),
            Arg("deprecated", deprecated, None),
        )
        return TypeDef(_ctx)

    def with_optional(self, optional: bool) -> TypeDef:
        """The type with or without null among its values."""
        _ctx = self._select("withOptional", Arg("optional", optional))
        return TypeDef(_ctx)

    def with_scalar(self, name: str, *, description: str | None = "") -> TypeDef:
        """A scalar."""
        _ctx = self._select("withScalar", Arg("name", name), Arg("description", description, ""))
        return TypeDef(_ctx)


class Up(Node):
    async def description(self) -> str:
        _ctx = self._select("description")
        return await _ctx.execute(str)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def name(self) -> str:
        _ctx = self._select("name")
        return await _ctx.execute(str)

    def original_module(self) -> Module:
        _ctx = self._select("originalModule")
        return Module(_ctx)

    async def path(self) -> list[str]:
        _ctx = self._select("path")
        return await _ctx.execute(list[str])

    def run(self) -> Up:
        _ctx = self._select("run")
        return Up(_ctx)


class UpGroup(Node):
    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def list_(self) -> list[Up]:
        _ctx = self._select("list")
        return await _ctx.execute_objects(Up)

    def run(self) -> UpGroup:
        _ctx = self._select("run")
        return UpGroup(_ctx)


class Workspace(Node):
    async def address(self) -> str:
        _ctx = self._select("address")
        return await _ctx.execute(str)

    def checks(
        self,
        *,
        include: list[str] | None = None,
        no_generate: bool | None = None,
        only_generate: bool | None = None,
    ) -> CheckGroup:
        _ctx = self._select(
            "checks",
            Arg("include", include, None),
            Arg("noGenerate", no_generate, None),
            Arg("onlyGenerate", only_generate, None),
        )
        return CheckGroup(_ctx)

    async def client_id(self) -> str:
        _ctx = self._select("clientId")
        return await _ctx.execute(str)

    async def config_path(self) -> str:
        _ctx = self._select("configPath")
        return await _ctx.execute(str)

    def directory(
        self,
        path: str,
        *,
        exclude: list[str] | None = None,
        include: list[str] | None = None,
        gitignore: bool | None = False,
    ) -> Directory:
        _ctx = self._select(
            "directory",
            Arg("path", path),
            Arg("exclude", exclude, None),
            Arg("include", include, None),
            Arg("gitignore", gitignore, False),
        )
        return Directory(_ctx)

    def file(self, path: str) -> File:
        _ctx = self._select("file", Arg("path", path))
        return File(_ctx)

    async def find_up(self, name: str, *, from_: str | None = ".") -> str | None:
        _ctx = self._select("findUp", Arg("name", name), Arg("from", from_, "."))
        return await _ctx.execute(str | None)

    def generators(self, *, include: list[str] | None = None) -> GeneratorGroup:
        _ctx = self._select("generators", Arg("include", include, None))
        return GeneratorGroup(_ctx)

    async def has_config(self) -> bool:
        _ctx = self._select("hasConfig")
        return await _ctx.execute(bool)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def initialized(self) -> bool:
        _ctx = self._select("initialized")
        return await _ctx.execute(bool)

    async def path(self) -> str:
        _ctx = self._select("path")
        return await _ctx.execute(str)

    def services(self, *, include: list[str] | None = None) -> UpGroup:
        _ctx = self._select("services", Arg("include", include, None))
        return UpGroup(_ctx)

    def update(self) -> Changeset:
        """Experimental: Experimental workspace update API currently refreshes existing lockfile entries only."""
        _ctx = self._select("update")
        return Changeset(_ctx)


class Client(Query):
    """The API as a module's code sees it."""


dag = Client()
"""Where every pipeline starts."""

__all__ = [
    "Address",
    "AddressID",
    "BuildArg",
    "CacheSharingMode",
    "CacheVolume",
    "CacheVolumeID",
    "Changeset",
    "ChangesetID",
    "ChangesetMergeConflict",
    "ChangesetsMergeConflict",
    "Check",
    "CheckGroup",
    "CheckGroupID",
    "CheckID",
    "Client",
    "ClientFilesyncMirror",
    "ClientFilesyncMirrorID",
    "Container",
    "ContainerID",
    "CurrentModule",
    "CurrentModuleID",
    "DiffStat",
    "DiffStatID",
    "DiffStatKind",
    "Directory",
    "DirectoryID",
    "Engine",
    "EngineCache",
    "EngineCacheEntry",
    "EngineCacheEntryID",
    "EngineCacheEntrySet",
    "EngineCacheEntrySetID",
    "EngineCacheID",
    "EngineID",
    "EnumTypeDef",
    "EnumTypeDefID",
    "EnumValueTypeDef",
    "EnumValueTypeDefID",
    "EnvFile",
    "EnvFileID",
    "EnvVariable",
    "EnvVariableID",
    "Error",
    "ErrorID",
    "ErrorValue",
    "ErrorValueID",
    "ExistsType",
    "Exportable",
    "ExportableID",
    "FieldTypeDef",
    "FieldTypeDefID",
    "File",
    "FileID",
    "FileType",
    "Function",
    "FunctionArg",
    "FunctionArgID",
    "FunctionCachePolicy",
    "FunctionCall",
    "FunctionCallArgValue",
    "FunctionCallArgValueID",
    "FunctionCallID",
    "FunctionID",
    "GeneratedCode",
    "GeneratedCodeID",
    "Generator",
    "GeneratorGroup",
    "GeneratorGroupID",
    "GeneratorID",
    "GitRef",
    "GitRefID",
    "GitRepository",
    "GitRepositoryID",
    "HTTPState",
    "HTTPStateID",
    "HealthcheckConfig",
    "HealthcheckConfigID",
    "Host",
    "HostID",
    "ImageLayerCompression",
    "ImageMediaTypes",
    "InputTypeDef",
    "InputTypeDefID",
    "InterfaceTypeDef",
    "InterfaceTypeDefID",
    "JSON",
    "JSONValue",
    "JSONValueID",
    "Label",
    "LabelID",
    "ListTypeDef",
    "ListTypeDefID",
    "Module",
    "ModuleConfigClient",
    "ModuleConfigClientID",
    "ModuleID",
    "ModuleSource",
    "ModuleSourceExperimentalFeature",
    "ModuleSourceID",
    "ModuleSourceKind",
    "NetworkProtocol",
    "Node",
    "NodeID",
    "ObjectTypeDef",
    "ObjectTypeDefID",
    "PipelineLabel",
    "Platform",
    "Port",
    "PortForward",
    "PortID",
    "Query",
    "RemoteGitMirror",
    "RemoteGitMirrorID",
    "ReturnType",
    "SDKConfig",
    "SDKConfigID",
    "ScalarTypeDef",
    "ScalarTypeDefID",
    "SearchResult",
    "SearchResultID",
    "SearchSubmatch",
    "SearchSubmatchID",
    "Secret",
    "SecretID",
    "Service",
    "ServiceID",
    "Socket",
    "SocketID",
    "SourceMap",
    "SourceMapID",
    "Stat",
    "StatID",
    "Syncer",
    "SyncerID",
    "Terminal",
    "TerminalID",
    "TypeDef",
    "TypeDefID",
    "TypeDefKind",
    "Up",
    "UpGroup",
    "UpGroupID",
    "UpID",
    "Void",
    "Workspace",
    "WorkspaceID",
    "dag",
]
