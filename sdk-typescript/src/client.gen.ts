// Generated from the core API by `cargo xtask codegen`; do not edit.
/** The core API: one class for each of its types, and `dag`, where every pipeline starts. */

import { BaseClient } from "./client/base.js";
import { register } from "./client/classes.js";
import { GraphQLClient } from "./client/graphql_client.js";
import { ENUM, type Kinds } from "./client/literal.js";

/** Identifies an object within the session. */
export type ID = string & { __ID: never };

/** JSON text. */
export type JSON = string & { __JSON: never };

/** Operating system and architecture, such as `linux/amd64` or `linux/arm64/v8`. */
export type Platform = string & { __Platform: never };

/** No value. */
export type Void = string & { __Void: never };

/** The ID of a `Address`. */
export type AddressID = ID & { __AddressID: never };

/** The ID of a `CacheVolume`. */
export type CacheVolumeID = ID & { __CacheVolumeID: never };

/** The ID of a `Changeset`. */
export type ChangesetID = ID & { __ChangesetID: never };

/** The ID of a `Check`. */
export type CheckID = ID & { __CheckID: never };

/** The ID of a `CheckGroup`. */
export type CheckGroupID = ID & { __CheckGroupID: never };

/** The ID of a `ClientFilesyncMirror`. */
export type ClientFilesyncMirrorID = ID & { __ClientFilesyncMirrorID: never };

/** The ID of a `Container`. */
export type ContainerID = ID & { __ContainerID: never };

/** The ID of a `CurrentModule`. */
export type CurrentModuleID = ID & { __CurrentModuleID: never };

/** The ID of a `DiffStat`. */
export type DiffStatID = ID & { __DiffStatID: never };

/** The ID of a `Directory`. */
export type DirectoryID = ID & { __DirectoryID: never };

/** The ID of a `Engine`. */
export type EngineID = ID & { __EngineID: never };

/** The ID of a `EngineCache`. */
export type EngineCacheID = ID & { __EngineCacheID: never };

/** The ID of a `EngineCacheEntry`. */
export type EngineCacheEntryID = ID & { __EngineCacheEntryID: never };

/** The ID of a `EngineCacheEntrySet`. */
export type EngineCacheEntrySetID = ID & { __EngineCacheEntrySetID: never };

/** The ID of a `EnumTypeDef`. */
export type EnumTypeDefID = ID & { __EnumTypeDefID: never };

/** The ID of a `EnumValueTypeDef`. */
export type EnumValueTypeDefID = ID & { __EnumValueTypeDefID: never };

/** The ID of a `EnvFile`. */
export type EnvFileID = ID & { __EnvFileID: never };

/** The ID of a `EnvVariable`. */
export type EnvVariableID = ID & { __EnvVariableID: never };

/** The ID of a `Error`. */
export type ErrorID = ID & { __ErrorID: never };

/** The ID of a `ErrorValue`. */
export type ErrorValueID = ID & { __ErrorValueID: never };

/** The ID of a `Exportable`. */
export type ExportableID = ID & { __ExportableID: never };

/** The ID of a `FieldTypeDef`. */
export type FieldTypeDefID = ID & { __FieldTypeDefID: never };

/** The ID of a `File`. */
export type FileID = ID & { __FileID: never };

/** The ID of a `Function`. */
export type FunctionID = ID & { __FunctionID: never };

/** The ID of a `FunctionArg`. */
export type FunctionArgID = ID & { __FunctionArgID: never };

/** The ID of a `FunctionCall`. */
export type FunctionCallID = ID & { __FunctionCallID: never };

/** The ID of a `FunctionCallArgValue`. */
export type FunctionCallArgValueID = ID & { __FunctionCallArgValueID: never };

/** The ID of a `GeneratedCode`. */
export type GeneratedCodeID = ID & { __GeneratedCodeID: never };

/** The ID of a `Generator`. */
export type GeneratorID = ID & { __GeneratorID: never };

/** The ID of a `GeneratorGroup`. */
export type GeneratorGroupID = ID & { __GeneratorGroupID: never };

/** The ID of a `GitRef`. */
export type GitRefID = ID & { __GitRefID: never };

/** The ID of a `GitRepository`. */
export type GitRepositoryID = ID & { __GitRepositoryID: never };

/** The ID of a `HTTPState`. */
export type HTTPStateID = ID & { __HTTPStateID: never };

/** The ID of a `HealthcheckConfig`. */
export type HealthcheckConfigID = ID & { __HealthcheckConfigID: never };

/** The ID of a `Host`. */
export type HostID = ID & { __HostID: never };

/** The ID of a `InputTypeDef`. */
export type InputTypeDefID = ID & { __InputTypeDefID: never };

/** The ID of a `InterfaceTypeDef`. */
export type InterfaceTypeDefID = ID & { __InterfaceTypeDefID: never };

/** The ID of a `JSONValue`. */
export type JSONValueID = ID & { __JSONValueID: never };

/** The ID of a `Label`. */
export type LabelID = ID & { __LabelID: never };

/** The ID of a `ListTypeDef`. */
export type ListTypeDefID = ID & { __ListTypeDefID: never };

/** The ID of a `Module`. */
export type ModuleID = ID & { __ModuleID: never };

/** The ID of a `ModuleConfigClient`. */
export type ModuleConfigClientID = ID & { __ModuleConfigClientID: never };

/** The ID of a `ModuleSource`. */
export type ModuleSourceID = ID & { __ModuleSourceID: never };

/** The ID of a `Node`. */
export type NodeID = ID & { __NodeID: never };

/** The ID of a `ObjectTypeDef`. */
export type ObjectTypeDefID = ID & { __ObjectTypeDefID: never };

/** The ID of a `Port`. */
export type PortID = ID & { __PortID: never };

/** The ID of a `RemoteGitMirror`. */
export type RemoteGitMirrorID = ID & { __RemoteGitMirrorID: never };

/** The ID of a `SDKConfig`. */
export type SDKConfigID = ID & { __SDKConfigID: never };

/** The ID of a `ScalarTypeDef`. */
export type ScalarTypeDefID = ID & { __ScalarTypeDefID: never };

/** The ID of a `SearchResult`. */
export type SearchResultID = ID & { __SearchResultID: never };

/** The ID of a `SearchSubmatch`. */
export type SearchSubmatchID = ID & { __SearchSubmatchID: never };

/** The ID of a `Secret`. */
export type SecretID = ID & { __SecretID: never };

/** The ID of a `Service`. */
export type ServiceID = ID & { __ServiceID: never };

/** The ID of a `Socket`. */
export type SocketID = ID & { __SocketID: never };

/** The ID of a `SourceMap`. */
export type SourceMapID = ID & { __SourceMapID: never };

/** The ID of a `Stat`. */
export type StatID = ID & { __StatID: never };

/** The ID of a `Syncer`. */
export type SyncerID = ID & { __SyncerID: never };

/** The ID of a `Terminal`. */
export type TerminalID = ID & { __TerminalID: never };

/** The ID of a `TypeDef`. */
export type TypeDefID = ID & { __TypeDefID: never };

/** The ID of a `Up`. */
export type UpID = ID & { __UpID: never };

/** The ID of a `UpGroup`. */
export type UpGroupID = ID & { __UpGroupID: never };

/** The ID of a `Workspace`. */
export type WorkspaceID = ID & { __WorkspaceID: never };

/** What happens when several processes use a cache volume at once. */
export enum CacheSharingMode {
  /** All of them use it. */
  Shared = "SHARED",

  /** Each gets a volume of its own. */
  Private = "PRIVATE",

  /** One waits for the other. */
  Locked = "LOCKED",
}

/** What to do where two changesets change the same path. */
export enum ChangesetMergeConflict {
  /** Fails before anything is merged. */
  FailEarly = "FAIL_EARLY",

  /** Fails when the merge does. */
  Fail = "FAIL",

  /** Marks the conflict in the file. */
  LeaveConflictMarkers = "LEAVE_CONFLICT_MARKERS",

  /** Keeps this one's change. */
  PreferOurs = "PREFER_OURS",

  /** Takes the other one's change. */
  PreferTheirs = "PREFER_THEIRS",
}

/** What to do where several changesets change the same path. */
export enum ChangesetsMergeConflict {
  /** Fails before anything is merged. */
  FailEarly = "FAIL_EARLY",

  /** Fails when the merge does. */
  Fail = "FAIL",
}

/** How a file is changed. */
export enum DiffStatKind {
  /** It is new. */
  Added = "ADDED",

  /** Its contents are changed. */
  Modified = "MODIFIED",

  /** It is gone. */
  Removed = "REMOVED",

  /** It has another name. */
  Renamed = "RENAMED",
}

/** What may be at a path. */
export enum ExistsType {
  /** A file. */
  RegularType = "REGULAR_TYPE",

  /** A directory. */
  DirectoryType = "DIRECTORY_TYPE",

  /** A symbolic link. */
  SymlinkType = "SYMLINK_TYPE",
}

/** What is at a path. */
export enum FileType {
  /** Something else. */
  Unknown = "UNKNOWN",

  /** A file. */
  Regular = "REGULAR",

  /** A directory. */
  Directory = "DIRECTORY",

  /** A symbolic link. */
  Symlink = "SYMLINK",

  RegularType = "REGULAR",

  DirectoryType = "DIRECTORY",

  SymlinkType = "SYMLINK",
}

/** How long a function's result may be used again. */
export enum FunctionCachePolicy {
  /** Until its inputs change, for days at most. */
  Default = "Default",

  /** Within the session. */
  PerSession = "PerSession",

  /** It is called each time. */
  Never = "Never",
}

/** How the layers of an image are compressed. */
export enum ImageLayerCompression {
  /** With gzip, which everything can read. */
  Gzip = "Gzip",

  /** With zstd, which is faster and smaller. */
  Zstd = "Zstd",

  /** With eStargz, which can be read before it is whole. */
  EstarGz = "EStarGZ",

  /** Not at all. */
  Uncompressed = "Uncompressed",

  Estargz = "EStarGZ",
}

/** Which media types an image has. */
export enum ImageMediaTypes {
  /** Those of the OCI. */
  OcimediaTypes = "OCIMediaTypes",

  /** Those of Docker. */
  DockerMediaTypes = "DockerMediaTypes",

  Oci = "OCIMediaTypes",

  Docker = "DockerMediaTypes",
}

/** Something that a module can switch on. */
export enum ModuleSourceExperimentalFeature {
  /** The module can call its own functions through the API. */
  SelfCalls = "SELF_CALLS",
}

/** Where a module's source is. */
export enum ModuleSourceKind {
  /** On the caller's machine. */
  LocalSource = "LOCAL_SOURCE",

  /** In a Git repository. */
  GitSource = "GIT_SOURCE",

  /** In a directory of the API. */
  DirSource = "DIR_SOURCE",

  Local = "LOCAL_SOURCE",

  Git = "GIT_SOURCE",

  Dir = "DIR_SOURCE",
}

/** Protocol of a port. */
export enum NetworkProtocol {
  /** TCP. */
  Tcp = "TCP",

  /** UDP. */
  Udp = "UDP",
}

/** Which exit codes are no failure. */
export enum ReturnType {
  /** Only 0. */
  Success = "SUCCESS",

  /** Only others than 0. */
  Failure = "FAILURE",

  /** All of them. */
  Any = "ANY",
}

/** What a type is. */
export enum TypeDefKind {
  /** Text. */
  StringKind = "STRING_KIND",

  /** A whole number. */
  IntegerKind = "INTEGER_KIND",

  /** A number. */
  FloatKind = "FLOAT_KIND",

  /** True or false. */
  BooleanKind = "BOOLEAN_KIND",

  /** A named leaf. */
  ScalarKind = "SCALAR_KIND",

  /** A list of another type. */
  ListKind = "LIST_KIND",

  /** An object with functions and fields. */
  ObjectKind = "OBJECT_KIND",

  /** Functions that an object must have. */
  InterfaceKind = "INTERFACE_KIND",

  /** A record that travels as an argument. */
  InputKind = "INPUT_KIND",

  /** No value. */
  VoidKind = "VOID_KIND",

  /** A closed list of names. */
  EnumKind = "ENUM_KIND",

  String = "STRING_KIND",

  Integer = "INTEGER_KIND",

  Float = "FLOAT_KIND",

  Boolean = "BOOLEAN_KIND",

  Scalar = "SCALAR_KIND",

  List = "LIST_KIND",

  Object = "OBJECT_KIND",

  Interface = "INTERFACE_KIND",

  Input = "INPUT_KIND",

  Void = "VOID_KIND",

  Enum = "ENUM_KIND",
}

/** An argument of an image build. */
export type BuildArg = {
  /** Its name. */
  name: string;

  /** Its value. */
  value: string;
};

/** A label of a pipeline. */
export type PipelineLabel = {
  /** Its name. */
  name: string;

  /** Its value. */
  value: string;
};

/** A port of the caller's machine that leads to one of a service. */
export type PortForward = {
  /** Port of the machine; a free one by default. */
  frontend?: number;

  /** Port of the service. */
  backend: number;

  /** Its protocol. */
  protocol?: NetworkProtocol;
};

const PORT_FORWARD: Kinds = { protocol: ENUM };

export type AddressDirectoryOpts = {
  /** Leaves out what matches one of these patterns. */
  exclude?: string[];

  /** Takes only what matches one of these patterns. */
  include?: string[];

  /** Leaves out what the .gitignore files inside exclude. */
  gitignore?: boolean;

  /** Reads it anew even when the session has read it before. */
  noCache?: boolean;
};

export type AddressFileOpts = {
  /** Leaves out what matches one of these patterns. */
  exclude?: string[];

  /** Takes only what matches one of these patterns. */
  include?: string[];

  /** Leaves out what the .gitignore files inside exclude. */
  gitignore?: boolean;

  /** Reads it anew even when the session has read it before. */
  noCache?: boolean;
};

/** Something that is named by a text, as on the command line. */
export class Address extends BaseClient {
  /** The image as a container. */
  container(): Container {
    return new Container(this._ctx.select("container"));
  }

  /** The directory at the path or in the repository. */
  directory(opts?: AddressDirectoryOpts): Directory {
    return new Directory(this._ctx.select("directory", { ...opts }));
  }

  /** The file at the path or in the repository. */
  file(opts?: AddressFileOpts): File {
    return new File(this._ctx.select("file", { ...opts }));
  }

  /** The branch, tag or commit. */
  gitRef(): GitRef {
    return new GitRef(this._ctx.select("gitRef"));
  }

  /** The repository. */
  gitRepository(): GitRepository {
    return new GitRepository(this._ctx.select("gitRepository"));
  }

  /** Identifies the object within the session. */
  id(): Promise<AddressID> {
    return this._ctx.id<AddressID>();
  }

  /** The secret of the provider. */
  secret(): Secret {
    return new Secret(this._ctx.select("secret"));
  }

  /** The service at the host and port. */
  service(): Service {
    return new Service(this._ctx.select("service"));
  }

  /** The Unix socket at the path. */
  socket(): Socket {
    return new Socket(this._ctx.select("socket"));
  }

  /** The text. */
  value(): Promise<string> {
    return this._ctx.select("value").execute();
  }
}

/** A volume that keeps its contents between runs. */
export class CacheVolume extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<CacheVolumeID> {
    return this._ctx.id<CacheVolumeID>();
  }
}

export type ChangesetWithChangesetOpts = {
  /** What to do where both change the same path. */
  onConflict?: ChangesetMergeConflict;
};

export type ChangesetWithChangesetsOpts = {
  /** What to do where both change the same path. */
  onConflict?: ChangesetsMergeConflict;
};

/** What is different between two directories. */
export class Changeset extends BaseClient {
  /** Paths that are new. */
  addedPaths(): Promise<string[]> {
    return this._ctx.select("addedPaths").execute();
  }

  /** The directory after the changes. */
  after(): Directory {
    return new Directory(this._ctx.select("after"));
  }

  /** The changes as a patch. */
  asPatch(): File {
    return new File(this._ctx.select("asPatch"));
  }

  /** The directory before the changes. */
  before(): Directory {
    return new Directory(this._ctx.select("before"));
  }

  /** How much is changed in each file. */
  diffStats(): Promise<DiffStat[]> {
    return this._ctx.select("diffStats").objects("DiffStat", DiffStat);
  }

  /**
   * Applies the changes to a folder of the caller's machine; the answer is the path.
   *
   * @param path The folder.
   */
  export(path: string): Promise<string> {
    return this._ctx.select("export", { path }).execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<ChangesetID> {
    return this._ctx.id<ChangesetID>();
  }

  /** Whether nothing is changed. */
  isEmpty(): Promise<boolean> {
    return this._ctx.select("isEmpty").execute();
  }

  /** What is new or changed, as a directory. */
  layer(): Directory {
    return new Directory(this._ctx.select("layer"));
  }

  /** Paths that are changed. */
  modifiedPaths(): Promise<string[]> {
    return this._ctx.select("modifiedPaths").execute();
  }

  /** Paths that are gone. */
  removedPaths(): Promise<string[]> {
    return this._ctx.select("removedPaths").execute();
  }

  /** Evaluates it, and fails when something that it comes from does. */
  sync(): Promise<Changeset> {
    return this._ctx.select("sync").synced("Changeset", Changeset);
  }

  /**
   * Adds another changeset.
   *
   * @param changes The changeset.
   */
  withChangeset(changes: Changeset, opts?: ChangesetWithChangesetOpts): Changeset {
    return new Changeset(this._ctx.select("withChangeset", { changes, ...opts }, { onConflict: ENUM }));
  }

  /**
   * Adds other changesets.
   *
   * @param changes The changesets.
   */
  withChangesets(changes: Changeset[], opts?: ChangesetWithChangesetsOpts): Changeset {
    return new Changeset(this._ctx.select("withChangesets", { changes, ...opts }, { onConflict: ENUM }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: Changeset) => Changeset): Changeset {
    return arg(this);
  }
}

export class Check extends BaseClient {
  checkType(): Promise<string> {
    return this._ctx.select("checkType").execute();
  }

  completed(): Promise<boolean> {
    return this._ctx.select("completed").execute();
  }

  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  error(): Error {
    return new Error(this._ctx.select("error"));
  }

  /** Identifies the object within the session. */
  id(): Promise<CheckID> {
    return this._ctx.id<CheckID>();
  }

  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  originalModule(): Module_ {
    return new Module_(this._ctx.select("originalModule"));
  }

  passed(): Promise<boolean> {
    return this._ctx.select("passed").execute();
  }

  path(): Promise<string[]> {
    return this._ctx.select("path").execute();
  }

  resultEmoji(): Promise<string> {
    return this._ctx.select("resultEmoji").execute();
  }

  run(): Check {
    return new Check(this._ctx.select("run"));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: Check) => Check): Check {
    return arg(this);
  }
}

export type CheckGroupRunOpts = {
  failFast?: boolean;
};

export class CheckGroup extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<CheckGroupID> {
    return this._ctx.id<CheckGroupID>();
  }

  list(): Promise<Check[]> {
    return this._ctx.select("list").objects("Check", Check);
  }

  report(): File {
    return new File(this._ctx.select("report"));
  }

  run(opts?: CheckGroupRunOpts): CheckGroup {
    return new CheckGroup(this._ctx.select("run", { ...opts }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: CheckGroup) => CheckGroup): CheckGroup {
    return arg(this);
  }
}

export class ClientFilesyncMirror extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<ClientFilesyncMirrorID> {
    return this._ctx.id<ClientFilesyncMirrorID>();
  }
}

export type ContainerAsServiceOpts = {
  /** Command to run; the default arguments when there is none. */
  args?: string[];

  /** Puts the entrypoint before the arguments. */
  useEntrypoint?: boolean;

  /** Gives the process access to this API. */
  experimentalPrivilegedNesting?: boolean;

  /** Runs with all root capabilities, as a privileged container does. */
  insecureRootCapabilities?: boolean;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;

  /** Starts the process as PID 1 instead of under a small init process. */
  noInit?: boolean;
};

export type ContainerAsTarballOpts = {
  /** Containers of other platforms to put into the same image. */
  platformVariants?: Container[];

  /** Compresses every layer this way, even those that exist compressed. */
  forcedCompression?: ImageLayerCompression;

  /** Media types of the manifest and layers. */
  mediaTypes?: ImageMediaTypes;
};

export type ContainerDirectoryOpts = {
  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerExistsOpts = {
  /** Only counts what is of this type. */
  expectedType?: ExistsType;

  /** Looks at a symbolic link itself, not at what it leads to. */
  doNotFollowSymlinks?: boolean;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerExportOpts = {
  /** Containers of other platforms to put into the same image. */
  platformVariants?: Container[];

  /** Compresses every layer this way, even those that exist compressed. */
  forcedCompression?: ImageLayerCompression;

  /** Media types of the manifest and layers. */
  mediaTypes?: ImageMediaTypes;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerExportImageOpts = {
  /** Containers of other platforms to put into the same image. */
  platformVariants?: Container[];

  /** Compresses every layer this way, even those that exist compressed. */
  forcedCompression?: ImageLayerCompression;

  /** Media types of the manifest and layers. */
  mediaTypes?: ImageMediaTypes;
};

export type ContainerFileOpts = {
  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerFromOpts = {
  /** Service that stands for the registry while it is asked. */
  registryService?: Service;
};

export type ContainerImportOpts = {
  /** Which image of the archive. */
  tag?: string;
};

export type ContainerPublishOpts = {
  /** Containers of other platforms to put into the same image. */
  platformVariants?: Container[];

  /** Compresses every layer this way, even those that exist compressed. */
  forcedCompression?: ImageLayerCompression;

  /** Media types of the manifest and layers. */
  mediaTypes?: ImageMediaTypes;

  /** Service that stands for the registry while it is asked. */
  registryService?: Service;
};

export type ContainerStatOpts = {
  /** Looks at a symbolic link itself, not at what it leads to. */
  doNotFollowSymlinks?: boolean;
};

export type ContainerTerminalOpts = {
  /** Program to run; a shell by default. */
  cmd?: string[];

  /** Gives the process access to this API. */
  experimentalPrivilegedNesting?: boolean;

  /** Runs with all root capabilities, as a privileged container does. */
  insecureRootCapabilities?: boolean;
};

export type ContainerUpOpts = {
  /** Takes free ports of the machine instead of the same ones. */
  random?: boolean;

  /** Which ports lead where. */
  ports?: PortForward[];

  /** Command to run; the default arguments when there is none. */
  args?: string[];

  /** Puts the entrypoint before the arguments. */
  useEntrypoint?: boolean;

  /** Gives the process access to this API. */
  experimentalPrivilegedNesting?: boolean;

  /** Runs with all root capabilities, as a privileged container does. */
  insecureRootCapabilities?: boolean;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;

  /** Starts the process as PID 1 instead of under a small init process. */
  noInit?: boolean;
};

export type ContainerWithDefaultTerminalCmdOpts = {
  /** Gives the process access to this API. */
  experimentalPrivilegedNesting?: boolean;

  /** Runs with all root capabilities, as a privileged container does. */
  insecureRootCapabilities?: boolean;
};

export type ContainerWithDirectoryOpts = {
  /** Leaves out what matches one of these patterns. */
  exclude?: string[];

  /** Takes only what matches one of these patterns. */
  include?: string[];

  /** Leaves out what the .gitignore files inside exclude. */
  gitignore?: boolean;

  /** Owner as `user`, `user:group` or numbers; nothing keeps what is there. */
  owner?: string;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;

  /** File mode, such as 0644 in octal. */
  permissions?: number;
};

export type ContainerWithDockerHealthcheckOpts = {
  /** Runs the command in a shell. */
  shell?: boolean;

  /** Time between checks, such as `30s`. */
  interval?: string;

  /** Longest time of a check. */
  timeout?: string;

  /** Time in which failures do not count. */
  startPeriod?: string;

  /** Time between checks in the start period. */
  startInterval?: string;

  /** Failures in a row until it counts as unhealthy. */
  retries?: number;
};

export type ContainerWithEntrypointOpts = {
  /** Keeps the default arguments. */
  keepDefaultArgs?: boolean;
};

export type ContainerWithEnvVariableOpts = {
  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithExecOpts = {
  /** Puts the entrypoint before the arguments. */
  useEntrypoint?: boolean;

  /** Text for its standard input. */
  stdin?: string;

  /** File that its standard input is read from. */
  redirectStdin?: string;

  /** File that its standard output is written to. */
  redirectStdout?: string;

  /** File that its standard error is written to. */
  redirectStderr?: string;

  /** Which exit codes are no failure. */
  expect?: ReturnType;

  /** Gives the process access to this API. */
  experimentalPrivilegedNesting?: boolean;

  /** Runs with all root capabilities, as a privileged container does. */
  insecureRootCapabilities?: boolean;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;

  /** Starts the process as PID 1 instead of under a small init process. */
  noInit?: boolean;
};

export type ContainerWithExposedPortOpts = {
  /** Its protocol. */
  protocol?: NetworkProtocol;

  /** What it is for. */
  description?: string;

  /** Does not wait until the port answers. */
  experimentalSkipHealthcheck?: boolean;
};

export type ContainerWithFileOpts = {
  /** File mode, such as 0644 in octal. */
  permissions?: number;

  /** Owner as `user`, `user:group` or numbers; nothing keeps what is there. */
  owner?: string;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithFilesOpts = {
  /** File mode, such as 0644 in octal. */
  permissions?: number;

  /** Owner as `user`, `user:group` or numbers; nothing keeps what is there. */
  owner?: string;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithMountedCacheOpts = {
  /** What it holds when it is first used. */
  source?: Directory;

  /** What happens when several processes use it at once. */
  sharing?: CacheSharingMode;

  /** Owner as `user`, `user:group` or numbers; nothing keeps what is there. */
  owner?: string;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithMountedDirectoryOpts = {
  /** Owner as `user`, `user:group` or numbers; nothing keeps what is there. */
  owner?: string;

  /** Forbids to write to it. */
  readOnly?: boolean;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithMountedFileOpts = {
  /** Owner as `user`, `user:group` or numbers; nothing keeps what is there. */
  owner?: string;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithMountedSecretOpts = {
  /** Owner as `user`, `user:group` or numbers; nothing keeps what is there. */
  owner?: string;

  /** File mode, such as 0400 in octal. */
  mode?: number;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithMountedTempOpts = {
  /** Most bytes it may hold. */
  size?: number;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithNewFileOpts = {
  /** File mode, such as 0644 in octal. */
  permissions?: number;

  /** Owner as `user`, `user:group` or numbers; nothing keeps what is there. */
  owner?: string;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithSymlinkOpts = {
  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithUnixSocketOpts = {
  /** Owner as `user`, `user:group` or numbers; nothing keeps what is there. */
  owner?: string;

  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithWorkdirOpts = {
  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithoutDirectoryOpts = {
  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithoutEntrypointOpts = {
  /** Keeps the default arguments. */
  keepDefaultArgs?: boolean;
};

export type ContainerWithoutExposedPortOpts = {
  /** Its protocol. */
  protocol?: NetworkProtocol;
};

export type ContainerWithoutFileOpts = {
  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithoutFilesOpts = {
  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithoutMountOpts = {
  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

export type ContainerWithoutUnixSocketOpts = {
  /** Replaces `$VAR` and `${VAR}` by the container's environment variables. */
  expand?: boolean;
};

/** An image with everything that is changed on top of it; nothing runs until a result is asked for. */
export class Container extends BaseClient {
  /** The container as a service that other containers can reach. */
  asService(opts?: ContainerAsServiceOpts): Service {
    return new Service(this._ctx.select("asService", { ...opts }));
  }

  /** The image as a tar archive. */
  asTarball(opts?: ContainerAsTarballOpts): File {
    return new File(this._ctx.select("asTarball", { ...opts }, { forcedCompression: ENUM, mediaTypes: ENUM }));
  }

  /** What the last command wrote to stdout and stderr together. */
  combinedOutput(): Promise<string> {
    return this._ctx.select("combinedOutput").execute();
  }

  /** Arguments that run when none are given. */
  defaultArgs(): Promise<string[]> {
    return this._ctx.select("defaultArgs").execute();
  }

  /**
   * A directory of the container.
   *
   * @param path Where it is.
   */
  directory(path: string, opts?: ContainerDirectoryOpts): Directory {
    return new Directory(this._ctx.select("directory", { path, ...opts }));
  }

  /** How Docker would check its health. */
  dockerHealthcheck(): HealthcheckConfig {
    return new HealthcheckConfig(this._ctx.select("dockerHealthcheck"));
  }

  /** Command that is put before arguments. */
  entrypoint(): Promise<string[]> {
    return this._ctx.select("entrypoint").execute();
  }

  /**
   * Value of an environment variable.
   *
   * @param name Its name.
   */
  envVariable(name: string): Promise<string> {
    return this._ctx.select("envVariable", { name }).execute();
  }

  /** All environment variables. */
  envVariables(): Promise<EnvVariable[]> {
    return this._ctx.select("envVariables").objects("EnvVariable", EnvVariable);
  }

  /**
   * Whether there is something at a path.
   *
   * @param path Where to look.
   */
  exists(path: string, opts?: ContainerExistsOpts): Promise<boolean> {
    return this._ctx.select("exists", { path, ...opts }, { expectedType: ENUM }).execute();
  }

  /** Exit code of the last command. */
  exitCode(): Promise<number> {
    return this._ctx.select("exitCode").execute();
  }

  /** Gives commands all GPUs of the machine. */
  experimentalWithAllGPUs(): Container {
    return new Container(this._ctx.select("experimentalWithAllGPUs"));
  }

  /**
   * Gives commands some GPUs of the machine.
   *
   * @param devices Names of the devices.
   */
  experimentalWithGPU(devices: string[]): Container {
    return new Container(this._ctx.select("experimentalWithGPU", { devices }));
  }

  /**
   * Writes the image as a tar archive to the caller's machine; the answer is the path.
   *
   * @param path Where to write it.
   */
  export(path: string, opts?: ContainerExportOpts): Promise<string> {
    return this._ctx.select("export", { path, ...opts }, { forcedCompression: ENUM, mediaTypes: ENUM }).execute();
  }

  /**
   * Loads the image into the caller's container runtime.
   *
   * @param name Name of the image there.
   */
  exportImage(name: string, opts?: ContainerExportImageOpts): Promise<void> {
    return this._ctx.select("exportImage", { name, ...opts }, { forcedCompression: ENUM, mediaTypes: ENUM }).nothing();
  }

  /** Ports that it exposes. */
  exposedPorts(): Promise<Port[]> {
    return this._ctx.select("exposedPorts").objects("Port", Port);
  }

  /**
   * A file of the container.
   *
   * @param path Where it is.
   */
  file(path: string, opts?: ContainerFileOpts): File {
    return new File(this._ctx.select("file", { path, ...opts }));
  }

  /**
   * Begins with an image from a registry.
   *
   * @param address Reference of the image, such as `alpine:3.20`.
   */
  from(address: string, opts?: ContainerFromOpts): Container {
    return new Container(this._ctx.select("from", { address, ...opts }));
  }

  /** Identifies the object within the session. */
  id(): Promise<ContainerID> {
    return this._ctx.id<ContainerID>();
  }

  /** Reference of the image it began with, with its digest. */
  imageRef(): Promise<string> {
    return this._ctx.select("imageRef").execute();
  }

  /**
   * Begins with an image from a tar archive.
   *
   * @param source The archive.
   */
  import_(source: File, opts?: ContainerImportOpts): Container {
    return new Container(this._ctx.select("import", { source, ...opts }));
  }

  /**
   * Value of a label.
   *
   * @param name Its name.
   */
  label(name: string): Promise<string> {
    return this._ctx.select("label", { name }).execute();
  }

  /** All labels. */
  labels(): Promise<Label[]> {
    return this._ctx.select("labels").objects("Label", Label);
  }

  /** Paths where something is mounted. */
  mounts(): Promise<string[]> {
    return this._ctx.select("mounts").execute();
  }

  /** Platform that it runs on. */
  platform(): Promise<Platform> {
    return this._ctx.select("platform").execute();
  }

  /**
   * Pushes the image to a registry; the answer is its reference with the digest.
   *
   * @param address Reference to push to.
   */
  publish(address: string, opts?: ContainerPublishOpts): Promise<string> {
    return this._ctx.select("publish", { address, ...opts }, { forcedCompression: ENUM, mediaTypes: ENUM }).execute();
  }

  /** Its whole file system. */
  rootfs(): Directory {
    return new Directory(this._ctx.select("rootfs"));
  }

  /**
   * What is at a path; null when nothing is.
   *
   * @param path Where to look.
   */
  stat(path: string, opts?: ContainerStatOpts): Stat {
    return new Stat(this._ctx.select("stat", { path, ...opts }));
  }

  /** What the last command wrote to stderr. */
  stderr(): Promise<string> {
    return this._ctx.select("stderr").execute();
  }

  /** What the last command wrote to stdout. */
  stdout(): Promise<string> {
    return this._ctx.select("stdout").execute();
  }

  /** Runs everything that is pending and fails when one of the commands does. */
  sync(): Promise<Container> {
    return this._ctx.select("sync").synced("Container", Container);
  }

  /** Opens a terminal in the container. */
  terminal(opts?: ContainerTerminalOpts): Container {
    return new Container(this._ctx.select("terminal", { ...opts }));
  }

  /** Starts it as a service whose ports the caller's machine can reach. */
  up(opts?: ContainerUpOpts): Promise<void> {
    return this._ctx.select("up", { ...opts }, { ports: PORT_FORWARD }).nothing();
  }

  /** User that commands run as. */
  user(): Promise<string> {
    return this._ctx.select("user").execute();
  }

  /**
   * Sets an annotation of the image.
   *
   * @param name Its name.
   * @param value Its value.
   */
  withAnnotation(name: string, value: string): Container {
    return new Container(this._ctx.select("withAnnotation", { name, value }));
  }

  /**
   * Sets the arguments that run when none are given.
   *
   * @param args The arguments.
   */
  withDefaultArgs(args: string[]): Container {
    return new Container(this._ctx.select("withDefaultArgs", { args }));
  }

  /**
   * Sets the program of `terminal`.
   *
   * @param args The program and its arguments.
   */
  withDefaultTerminalCmd(args: string[], opts?: ContainerWithDefaultTerminalCmdOpts): Container {
    return new Container(this._ctx.select("withDefaultTerminalCmd", { args, ...opts }));
  }

  /**
   * Copies a directory into the container.
   *
   * @param path Where to put it.
   * @param source The directory.
   */
  withDirectory(path: string, source: Directory, opts?: ContainerWithDirectoryOpts): Container {
    return new Container(this._ctx.select("withDirectory", { path, source, ...opts }));
  }

  /**
   * Sets how Docker checks its health.
   *
   * @param args Command that checks.
   */
  withDockerHealthcheck(args: string[], opts?: ContainerWithDockerHealthcheckOpts): Container {
    return new Container(this._ctx.select("withDockerHealthcheck", { args, ...opts }));
  }

  /**
   * Sets the command that is put before arguments.
   *
   * @param args The command.
   */
  withEntrypoint(args: string[], opts?: ContainerWithEntrypointOpts): Container {
    return new Container(this._ctx.select("withEntrypoint", { args, ...opts }));
  }

  /**
   * Sets all variables of a file.
   *
   * @param source The variables.
   */
  withEnvFileVariables(source: EnvFile): Container {
    return new Container(this._ctx.select("withEnvFileVariables", { source }));
  }

  /**
   * Sets an environment variable.
   *
   * @param name Its name.
   * @param value Its value.
   */
  withEnvVariable(name: string, value: string, opts?: ContainerWithEnvVariableOpts): Container {
    return new Container(this._ctx.select("withEnvVariable", { name, value, ...opts }));
  }

  /**
   * Fails with a message when it is evaluated.
   *
   * @param err The message; an empty one does not fail.
   */
  withError(err: string): Container {
    return new Container(this._ctx.select("withError", { err }));
  }

  /**
   * Runs a command.
   *
   * @param args Program and arguments; no shell is involved.
   */
  withExec(args: string[], opts?: ContainerWithExecOpts): Container {
    return new Container(this._ctx.select("withExec", { args, ...opts }, { expect: ENUM }));
  }

  /**
   * Exposes a port to those who use it as a service.
   *
   * @param port The port.
   */
  withExposedPort(port: number, opts?: ContainerWithExposedPortOpts): Container {
    return new Container(this._ctx.select("withExposedPort", { port, ...opts }, { protocol: ENUM }));
  }

  /**
   * Copies a file into the container.
   *
   * @param path Where to put it.
   * @param source The file.
   */
  withFile(path: string, source: File, opts?: ContainerWithFileOpts): Container {
    return new Container(this._ctx.select("withFile", { path, source, ...opts }));
  }

  /**
   * Copies files into a folder of the container.
   *
   * @param path The folder.
   * @param sources The files.
   */
  withFiles(path: string, sources: File[], opts?: ContainerWithFilesOpts): Container {
    return new Container(this._ctx.select("withFiles", { path, sources, ...opts }));
  }

  /**
   * Sets a label.
   *
   * @param name Its name.
   * @param value Its value.
   */
  withLabel(name: string, value: string): Container {
    return new Container(this._ctx.select("withLabel", { name, value }));
  }

  /**
   * Mounts a cache volume.
   *
   * @param path Where to mount it.
   * @param cache The volume.
   */
  withMountedCache(path: string, cache: CacheVolume, opts?: ContainerWithMountedCacheOpts): Container {
    return new Container(this._ctx.select("withMountedCache", { path, cache, ...opts }, { sharing: ENUM }));
  }

  /**
   * Mounts a directory; it does not become part of the image.
   *
   * @param path Where to mount it.
   * @param source The directory.
   */
  withMountedDirectory(path: string, source: Directory, opts?: ContainerWithMountedDirectoryOpts): Container {
    return new Container(this._ctx.select("withMountedDirectory", { path, source, ...opts }));
  }

  /**
   * Mounts a file; it does not become part of the image.
   *
   * @param path Where to mount it.
   * @param source The file.
   */
  withMountedFile(path: string, source: File, opts?: ContainerWithMountedFileOpts): Container {
    return new Container(this._ctx.select("withMountedFile", { path, source, ...opts }));
  }

  /**
   * Mounts a secret as a file.
   *
   * @param path Where to mount it.
   * @param source The secret.
   */
  withMountedSecret(path: string, source: Secret, opts?: ContainerWithMountedSecretOpts): Container {
    return new Container(this._ctx.select("withMountedSecret", { path, source, ...opts }));
  }

  /**
   * Mounts an empty folder in memory.
   *
   * @param path Where to mount it.
   */
  withMountedTemp(path: string, opts?: ContainerWithMountedTempOpts): Container {
    return new Container(this._ctx.select("withMountedTemp", { path, ...opts }));
  }

  /**
   * Writes a file.
   *
   * @param path Where to write it.
   * @param contents What it holds.
   */
  withNewFile(path: string, contents: string, opts?: ContainerWithNewFileOpts): Container {
    return new Container(this._ctx.select("withNewFile", { path, contents, ...opts }));
  }

  /**
   * Logs in to a registry.
   *
   * @param address The registry.
   * @param username The user.
   * @param secret The password or token.
   */
  withRegistryAuth(address: string, username: string, secret: Secret): Container {
    return new Container(this._ctx.select("withRegistryAuth", { address, username, secret }));
  }

  /**
   * Replaces its whole file system.
   *
   * @param directory The new file system.
   */
  withRootfs(directory: Directory): Container {
    return new Container(this._ctx.select("withRootfs", { directory }));
  }

  /**
   * Sets an environment variable to a secret.
   *
   * @param name Its name.
   * @param secret The secret.
   */
  withSecretVariable(name: string, secret: Secret): Container {
    return new Container(this._ctx.select("withSecretVariable", { name, secret }));
  }

  /**
   * Lets commands reach a service under a host name, and starts it when they run.
   *
   * @param alias The host name.
   * @param service The service.
   */
  withServiceBinding(alias: string, service: Service): Container {
    return new Container(this._ctx.select("withServiceBinding", { alias, service }));
  }

  /**
   * Makes a symbolic link.
   *
   * @param target Where it leads.
   * @param linkName Where it is.
   */
  withSymlink(target: string, linkName: string, opts?: ContainerWithSymlinkOpts): Container {
    return new Container(this._ctx.select("withSymlink", { target, linkName, ...opts }));
  }

  /**
   * Mounts a Unix socket.
   *
   * @param path Where to mount it.
   * @param source The socket.
   */
  withUnixSocket(path: string, source: Socket, opts?: ContainerWithUnixSocketOpts): Container {
    return new Container(this._ctx.select("withUnixSocket", { path, source, ...opts }));
  }

  /**
   * Sets the user that commands run as.
   *
   * @param name User as `user`, `user:group` or numbers.
   */
  withUser(name: string): Container {
    return new Container(this._ctx.select("withUser", { name }));
  }

  /**
   * Sets an environment variable that does not count for caching.
   *
   * @param name Its name.
   * @param value Its value.
   */
  withVolatileVariable(name: string, value: string): Container {
    return new Container(this._ctx.select("withVolatileVariable", { name, value }));
  }

  /**
   * Sets the folder that commands run in.
   *
   * @param path The folder.
   */
  withWorkdir(path: string, opts?: ContainerWithWorkdirOpts): Container {
    return new Container(this._ctx.select("withWorkdir", { path, ...opts }));
  }

  /**
   * Removes an annotation.
   *
   * @param name Its name.
   */
  withoutAnnotation(name: string): Container {
    return new Container(this._ctx.select("withoutAnnotation", { name }));
  }

  /** Removes the default arguments. */
  withoutDefaultArgs(): Container {
    return new Container(this._ctx.select("withoutDefaultArgs"));
  }

  /**
   * Removes a directory.
   *
   * @param path Where it is.
   */
  withoutDirectory(path: string, opts?: ContainerWithoutDirectoryOpts): Container {
    return new Container(this._ctx.select("withoutDirectory", { path, ...opts }));
  }

  /** Removes the health check. */
  withoutDockerHealthcheck(): Container {
    return new Container(this._ctx.select("withoutDockerHealthcheck"));
  }

  /** Removes the entrypoint. */
  withoutEntrypoint(opts?: ContainerWithoutEntrypointOpts): Container {
    return new Container(this._ctx.select("withoutEntrypoint", { ...opts }));
  }

  /**
   * Removes an environment variable.
   *
   * @param name Its name.
   */
  withoutEnvVariable(name: string): Container {
    return new Container(this._ctx.select("withoutEnvVariable", { name }));
  }

  /**
   * No longer exposes a port.
   *
   * @param port The port.
   */
  withoutExposedPort(port: number, opts?: ContainerWithoutExposedPortOpts): Container {
    return new Container(this._ctx.select("withoutExposedPort", { port, ...opts }, { protocol: ENUM }));
  }

  /**
   * Removes a file.
   *
   * @param path Where it is.
   */
  withoutFile(path: string, opts?: ContainerWithoutFileOpts): Container {
    return new Container(this._ctx.select("withoutFile", { path, ...opts }));
  }

  /**
   * Removes files.
   *
   * @param paths Where they are.
   */
  withoutFiles(paths: string[], opts?: ContainerWithoutFilesOpts): Container {
    return new Container(this._ctx.select("withoutFiles", { paths, ...opts }));
  }

  /**
   * Removes a label.
   *
   * @param name Its name.
   */
  withoutLabel(name: string): Container {
    return new Container(this._ctx.select("withoutLabel", { name }));
  }

  /**
   * Removes a mount.
   *
   * @param path Where it is.
   */
  withoutMount(path: string, opts?: ContainerWithoutMountOpts): Container {
    return new Container(this._ctx.select("withoutMount", { path, ...opts }));
  }

  /**
   * Forgets a login to a registry.
   *
   * @param address The registry.
   */
  withoutRegistryAuth(address: string): Container {
    return new Container(this._ctx.select("withoutRegistryAuth", { address }));
  }

  /**
   * Removes an environment variable that is a secret.
   *
   * @param name Its name.
   */
  withoutSecretVariable(name: string): Container {
    return new Container(this._ctx.select("withoutSecretVariable", { name }));
  }

  /**
   * Removes a Unix socket.
   *
   * @param path Where it is.
   */
  withoutUnixSocket(path: string, opts?: ContainerWithoutUnixSocketOpts): Container {
    return new Container(this._ctx.select("withoutUnixSocket", { path, ...opts }));
  }

  /** Runs commands as root again. */
  withoutUser(): Container {
    return new Container(this._ctx.select("withoutUser"));
  }

  /**
   * Removes a volatile environment variable.
   *
   * @param name Its name.
   */
  withoutVolatileVariable(name: string): Container {
    return new Container(this._ctx.select("withoutVolatileVariable", { name }));
  }

  /** Runs commands in `/` again. */
  withoutWorkdir(): Container {
    return new Container(this._ctx.select("withoutWorkdir"));
  }

  /** Folder that commands run in. */
  workdir(): Promise<string> {
    return this._ctx.select("workdir").execute();
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: Container) => Container): Container {
    return arg(this);
  }
}

export type CurrentModuleGeneratorsOpts = {
  include?: string[];
};

export type CurrentModuleWorkdirOpts = {
  exclude?: string[];

  include?: string[];

  gitignore?: boolean;
};

export class CurrentModule extends BaseClient {
  dependencies(): Promise<Module_[]> {
    return this._ctx.select("dependencies").objects("Module", Module_);
  }

  generatedContextDirectory(): Directory {
    return new Directory(this._ctx.select("generatedContextDirectory"));
  }

  /** Experimental: This API is highly experimental and may be removed or replaced entirely. */
  generators(opts?: CurrentModuleGeneratorsOpts): GeneratorGroup {
    return new GeneratorGroup(this._ctx.select("generators", { ...opts }));
  }

  /** Identifies the object within the session. */
  id(): Promise<CurrentModuleID> {
    return this._ctx.id<CurrentModuleID>();
  }

  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  source(): Directory {
    return new Directory(this._ctx.select("source"));
  }

  workdir(path: string, opts?: CurrentModuleWorkdirOpts): Directory {
    return new Directory(this._ctx.select("workdir", { path, ...opts }));
  }

  workdirFile(path: string): File {
    return new File(this._ctx.select("workdirFile", { path }));
  }
}

export class DiffStat extends BaseClient {
  addedLines(): Promise<number> {
    return this._ctx.select("addedLines").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<DiffStatID> {
    return this._ctx.id<DiffStatID>();
  }

  kind(): Promise<DiffStatKind> {
    return this._ctx.select("kind").execute();
  }

  oldPath(): Promise<string> {
    return this._ctx.select("oldPath").execute();
  }

  path(): Promise<string> {
    return this._ctx.select("path").execute();
  }

  removedLines(): Promise<number> {
    return this._ctx.select("removedLines").execute();
  }
}

export type DirectoryAsModuleOpts = {
  /** Folder of the module inside the directory. */
  sourceRootPath?: string;
};

export type DirectoryAsModuleSourceOpts = {
  /** Folder of the module inside the directory. */
  sourceRootPath?: string;
};

export type DirectoryDockerBuildOpts = {
  /** Where the Dockerfile is. */
  dockerfile?: string;

  /** Platform to build for. */
  platform?: Platform;

  /** Build arguments. */
  buildArgs?: BuildArg[];

  /** Stage to build; the last one by default. */
  target?: string;

  /** Secrets that the build may mount, by their names. */
  secrets?: Secret[];

  /** Starts the process as PID 1 instead of under a small init process. */
  noInit?: boolean;

  /** SSH agent that the build may use. */
  ssh?: Socket;
};

export type DirectoryEntriesOpts = {
  /** Folder to look into. */
  path?: string;
};

export type DirectoryExistsOpts = {
  /** Only counts what is of this type. */
  expectedType?: ExistsType;

  /** Looks at a symbolic link itself, not at what it leads to. */
  doNotFollowSymlinks?: boolean;
};

export type DirectoryExportOpts = {
  /** Deletes what is there and not in the directory. */
  wipe?: boolean;
};

export type DirectoryFilterOpts = {
  /** Leaves out what matches one of these patterns. */
  exclude?: string[];

  /** Takes only what matches one of these patterns. */
  include?: string[];

  /** Leaves out what the .gitignore files inside exclude. */
  gitignore?: boolean;
};

export type DirectorySearchOpts = {
  /** Only looks below these paths. */
  paths?: string[];

  /** Only looks into files that match one of these patterns. */
  globs?: string[];

  /** What to look for: a regular expression, unless it is literal. */
  pattern: string;

  /** Takes the pattern as plain text. */
  literal?: boolean;

  /** Lets a match go over several lines. */
  multiline?: boolean;

  /** Lets `.` match line breaks. */
  dotall?: boolean;

  /** Ignores case. */
  insensitive?: boolean;

  /** Leaves out what .gitignore files exclude. */
  skipIgnored?: boolean;

  /** Leaves out hidden files. */
  skipHidden?: boolean;

  /** Answers with the files only, without lines. */
  filesOnly?: boolean;

  /** Most results to answer with. */
  limit?: number;
};

export type DirectoryStatOpts = {
  /** Looks at a symbolic link itself, not at what it leads to. */
  doNotFollowSymlinks?: boolean;
};

export type DirectoryTerminalOpts = {
  /** Container to open it in. */
  container?: Container;

  /** Program to run; a shell by default. */
  cmd?: string[];

  /** Gives the process access to this API. */
  experimentalPrivilegedNesting?: boolean;

  /** Runs with all root capabilities, as a privileged container does. */
  insecureRootCapabilities?: boolean;
};

export type DirectoryWithDirectoryOpts = {
  /** Leaves out what matches one of these patterns. */
  exclude?: string[];

  /** Takes only what matches one of these patterns. */
  include?: string[];

  /** Leaves out what the .gitignore files inside exclude. */
  gitignore?: boolean;

  /** Owner as `user`, `user:group` or numbers; nothing keeps what is there. */
  owner?: string;

  /** File mode, such as 0644 in octal. */
  permissions?: number;
};

export type DirectoryWithFileOpts = {
  /** File mode, such as 0644 in octal. */
  permissions?: number;

  /** Owner as `user`, `user:group` or numbers; nothing keeps what is there. */
  owner?: string;
};

export type DirectoryWithFilesOpts = {
  /** File mode, such as 0644 in octal. */
  permissions?: number;
};

export type DirectoryWithNewDirectoryOpts = {
  /** File mode, such as 0644 in octal. */
  permissions?: number;
};

export type DirectoryWithNewFileOpts = {
  /** File mode, such as 0644 in octal. */
  permissions?: number;
};

/** A tree of files. */
export class Directory extends BaseClient {
  /** The directory as a Git repository. */
  asGit(): GitRepository {
    return new GitRepository(this._ctx.select("asGit"));
  }

  /** The directory as a module. */
  asModule(opts?: DirectoryAsModuleOpts): Module_ {
    return new Module_(this._ctx.select("asModule", { ...opts }));
  }

  /** The directory as the source of a module. */
  asModuleSource(opts?: DirectoryAsModuleSourceOpts): ModuleSource {
    return new ModuleSource(this._ctx.select("asModuleSource", { ...opts }));
  }

  /**
   * What is different from another directory.
   *
   * @param from The directory before.
   */
  changes(from: Directory): Changeset {
    return new Changeset(this._ctx.select("changes", { from }));
  }

  /**
   * Changes the owner of something in it.
   *
   * @param path What to change.
   * @param owner Owner as `user:group` or numbers.
   */
  chown(path: string, owner: string): Directory {
    return new Directory(this._ctx.select("chown", { path, owner }));
  }

  /**
   * What another directory has that this one has not, or has differently.
   *
   * @param other The other directory.
   */
  diff(other: Directory): Directory {
    return new Directory(this._ctx.select("diff", { other }));
  }

  /** Digest of its contents. */
  digest(): Promise<string> {
    return this._ctx.select("digest").execute();
  }

  /**
   * A directory inside it.
   *
   * @param path Where it is.
   */
  directory(path: string): Directory {
    return new Directory(this._ctx.select("directory", { path }));
  }

  /** Builds an image from a Dockerfile in it. */
  dockerBuild(opts?: DirectoryDockerBuildOpts): Container {
    return new Container(this._ctx.select("dockerBuild", { ...opts }));
  }

  /** Names of what is in it. */
  entries(opts?: DirectoryEntriesOpts): Promise<string[]> {
    return this._ctx.select("entries", { ...opts }).execute();
  }

  /**
   * Whether there is something at a path.
   *
   * @param path Where to look.
   */
  exists(path: string, opts?: DirectoryExistsOpts): Promise<boolean> {
    return this._ctx.select("exists", { path, ...opts }, { expectedType: ENUM }).execute();
  }

  /**
   * Writes it to the caller's machine; the answer is the path.
   *
   * @param path Where to write it.
   */
  export(path: string, opts?: DirectoryExportOpts): Promise<string> {
    return this._ctx.select("export", { path, ...opts }).execute();
  }

  /**
   * A file inside it.
   *
   * @param path Where it is.
   */
  file(path: string): File {
    return new File(this._ctx.select("file", { path }));
  }

  /** The directory with fewer files. */
  filter(opts?: DirectoryFilterOpts): Directory {
    return new Directory(this._ctx.select("filter", { ...opts }));
  }

  /**
   * Looks for a name in a folder and those above it; the answer is the path.
   *
   * @param name The name.
   * @param start Folder to begin in.
   */
  findUp(name: string, start: string): Promise<string> {
    return this._ctx.select("findUp", { name, start }).execute();
  }

  /**
   * Paths that match a pattern.
   *
   * @param pattern Pattern with `*`, `**` and `?`.
   */
  glob(pattern: string): Promise<string[]> {
    return this._ctx.select("glob", { pattern }).execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<DirectoryID> {
    return this._ctx.id<DirectoryID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Looks for text in its files. */
  search(opts: DirectorySearchOpts): Promise<SearchResult[]> {
    return this._ctx.select("search", { ...opts }).objects("SearchResult", SearchResult);
  }

  /**
   * What is at a path; null when nothing is.
   *
   * @param path Where to look.
   */
  stat(path: string, opts?: DirectoryStatOpts): Stat {
    return new Stat(this._ctx.select("stat", { path, ...opts }));
  }

  /** Evaluates it, and fails when something that it comes from does. */
  sync(): Promise<Directory> {
    return this._ctx.select("sync").synced("Directory", Directory);
  }

  /** Opens a terminal with the directory mounted. */
  terminal(opts?: DirectoryTerminalOpts): Directory {
    return new Directory(this._ctx.select("terminal", { ...opts }));
  }

  /**
   * Applies a changeset.
   *
   * @param changes The changeset.
   */
  withChanges(changes: Changeset): Directory {
    return new Directory(this._ctx.select("withChanges", { changes }));
  }

  /**
   * Copies a directory into it.
   *
   * @param path Where to put it.
   * @param source The directory.
   */
  withDirectory(path: string, source: Directory, opts?: DirectoryWithDirectoryOpts): Directory {
    return new Directory(this._ctx.select("withDirectory", { path, source, ...opts }));
  }

  /**
   * Fails with a message when it is evaluated.
   *
   * @param err The message; an empty one does not fail.
   */
  withError(err: string): Directory {
    return new Directory(this._ctx.select("withError", { err }));
  }

  /**
   * Copies a file into it.
   *
   * @param path Where to put it.
   * @param source The file.
   */
  withFile(path: string, source: File, opts?: DirectoryWithFileOpts): Directory {
    return new Directory(this._ctx.select("withFile", { path, source, ...opts }));
  }

  /**
   * Copies files into a folder of it.
   *
   * @param path The folder.
   * @param sources The files.
   */
  withFiles(path: string, sources: File[], opts?: DirectoryWithFilesOpts): Directory {
    return new Directory(this._ctx.select("withFiles", { path, sources, ...opts }));
  }

  /**
   * Makes an empty folder.
   *
   * @param path Where to make it.
   */
  withNewDirectory(path: string, opts?: DirectoryWithNewDirectoryOpts): Directory {
    return new Directory(this._ctx.select("withNewDirectory", { path, ...opts }));
  }

  /**
   * Writes a file.
   *
   * @param path Where to write it.
   * @param contents What it holds.
   */
  withNewFile(path: string, contents: string, opts?: DirectoryWithNewFileOpts): Directory {
    return new Directory(this._ctx.select("withNewFile", { path, contents, ...opts }));
  }

  /**
   * Applies a patch.
   *
   * Experimental: This API is highly experimental and may be removed or replaced entirely.
   *
   * @param patch Text of the patch, as `git diff` writes it.
   */
  withPatch(patch: string): Directory {
    return new Directory(this._ctx.select("withPatch", { patch }));
  }

  /**
   * Applies a patch from a file.
   *
   * Experimental: This API is highly experimental and may be removed or replaced entirely.
   *
   * @param patch The file.
   */
  withPatchFile(patch: File): Directory {
    return new Directory(this._ctx.select("withPatchFile", { patch }));
  }

  /**
   * Makes a symbolic link.
   *
   * @param target Where it leads.
   * @param linkName Where it is.
   */
  withSymlink(target: string, linkName: string): Directory {
    return new Directory(this._ctx.select("withSymlink", { target, linkName }));
  }

  /**
   * Gives everything in it the same time.
   *
   * @param timestamp Seconds since 1970-01-01 UTC.
   */
  withTimestamps(timestamp: number): Directory {
    return new Directory(this._ctx.select("withTimestamps", { timestamp }));
  }

  /**
   * Removes a directory.
   *
   * @param path Where it is.
   */
  withoutDirectory(path: string): Directory {
    return new Directory(this._ctx.select("withoutDirectory", { path }));
  }

  /**
   * Removes a file.
   *
   * @param path Where it is.
   */
  withoutFile(path: string): Directory {
    return new Directory(this._ctx.select("withoutFile", { path }));
  }

  /**
   * Removes files.
   *
   * @param paths Where they are.
   */
  withoutFiles(paths: string[]): Directory {
    return new Directory(this._ctx.select("withoutFiles", { paths }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: Directory) => Directory): Directory {
    return arg(this);
  }
}

export class Engine extends BaseClient {
  clients(): Promise<string[]> {
    return this._ctx.select("clients").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<EngineID> {
    return this._ctx.id<EngineID>();
  }

  localCache(): EngineCache {
    return new EngineCache(this._ctx.select("localCache"));
  }

  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }
}

export type EngineCacheEntrySetOpts = {
  key?: string;
};

export type EngineCachePruneOpts = {
  useDefaultPolicy?: boolean;

  maxUsedSpace?: string;

  reservedSpace?: string;

  minFreeSpace?: string;

  targetSpace?: string;
};

export class EngineCache extends BaseClient {
  entrySet(opts?: EngineCacheEntrySetOpts): EngineCacheEntrySet {
    return new EngineCacheEntrySet(this._ctx.select("entrySet", { ...opts }));
  }

  /** Identifies the object within the session. */
  id(): Promise<EngineCacheID> {
    return this._ctx.id<EngineCacheID>();
  }

  maxUsedSpace(): Promise<number> {
    return this._ctx.select("maxUsedSpace").execute();
  }

  minFreeSpace(): Promise<number> {
    return this._ctx.select("minFreeSpace").execute();
  }

  prune(opts?: EngineCachePruneOpts): Promise<void> {
    return this._ctx.select("prune", { ...opts }).nothing();
  }

  reservedSpace(): Promise<number> {
    return this._ctx.select("reservedSpace").execute();
  }

  targetSpace(): Promise<number> {
    return this._ctx.select("targetSpace").execute();
  }
}

export class EngineCacheEntry extends BaseClient {
  activelyUsed(): Promise<boolean> {
    return this._ctx.select("activelyUsed").execute();
  }

  createdTimeUnixNano(): Promise<number> {
    return this._ctx.select("createdTimeUnixNano").execute();
  }

  dagqlCall(): Promise<string> {
    return this._ctx.select("dagqlCall").execute();
  }

  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  diskSpaceBytes(): Promise<number> {
    return this._ctx.select("diskSpaceBytes").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<EngineCacheEntryID> {
    return this._ctx.id<EngineCacheEntryID>();
  }

  mostRecentUseTimeUnixNano(): Promise<number> {
    return this._ctx.select("mostRecentUseTimeUnixNano").execute();
  }

  recordType(): Promise<string> {
    return this._ctx.select("recordType").execute();
  }

  recordTypes(): Promise<string[]> {
    return this._ctx.select("recordTypes").execute();
  }
}

export class EngineCacheEntrySet extends BaseClient {
  diskSpaceBytes(): Promise<number> {
    return this._ctx.select("diskSpaceBytes").execute();
  }

  entries(): Promise<EngineCacheEntry[]> {
    return this._ctx.select("entries").objects("EngineCacheEntry", EngineCacheEntry);
  }

  entryCount(): Promise<number> {
    return this._ctx.select("entryCount").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<EngineCacheEntrySetID> {
    return this._ctx.id<EngineCacheEntrySetID>();
  }
}

/** What an enum is made of. */
export class EnumTypeDef extends BaseClient {
  /** Its documentation. */
  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<EnumTypeDefID> {
    return this._ctx.id<EnumTypeDefID>();
  }

  /** Its members, in order. */
  members(): Promise<EnumValueTypeDef[]> {
    return this._ctx.select("members").objects("EnumValueTypeDef", EnumValueTypeDef);
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Where it is declared. */
  sourceMap(): SourceMap {
    return new SourceMap(this._ctx.select("sourceMap"));
  }

  /** The module that it is from; empty for the core API. */
  sourceModuleName(): Promise<string> {
    return this._ctx.select("sourceModuleName").execute();
  }

  /**
   * Its members, in order.
   *
   * @deprecated use members instead
   */
  values(): Promise<EnumValueTypeDef[]> {
    return this._ctx.select("values").objects("EnumValueTypeDef", EnumValueTypeDef);
  }
}

/** A member of an enum. */
export class EnumValueTypeDef extends BaseClient {
  /** Why it should not be used any more. */
  deprecated(): Promise<string> {
    return this._ctx.select("deprecated").execute();
  }

  /** Its documentation. */
  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<EnumValueTypeDefID> {
    return this._ctx.id<EnumValueTypeDefID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Where it is declared. */
  sourceMap(): SourceMap {
    return new SourceMap(this._ctx.select("sourceMap"));
  }

  /** What it stands for. */
  value(): Promise<string> {
    return this._ctx.select("value").execute();
  }
}

export type EnvFileGetOpts = {
  raw?: boolean;
};

export type EnvFileVariablesOpts = {
  raw?: boolean;
};

export class EnvFile extends BaseClient {
  asFile(): File {
    return new File(this._ctx.select("asFile"));
  }

  exists(name: string): Promise<boolean> {
    return this._ctx.select("exists", { name }).execute();
  }

  get(name: string, opts?: EnvFileGetOpts): Promise<string> {
    return this._ctx.select("get", { name, ...opts }).execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<EnvFileID> {
    return this._ctx.id<EnvFileID>();
  }

  namespace_(prefix: string): EnvFile {
    return new EnvFile(this._ctx.select("namespace", { prefix }));
  }

  variables(opts?: EnvFileVariablesOpts): Promise<EnvVariable[]> {
    return this._ctx.select("variables", { ...opts }).objects("EnvVariable", EnvVariable);
  }

  withVariable(name: string, value: string): EnvFile {
    return new EnvFile(this._ctx.select("withVariable", { name, value }));
  }

  withoutVariable(name: string): EnvFile {
    return new EnvFile(this._ctx.select("withoutVariable", { name }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: EnvFile) => EnvFile): EnvFile {
    return arg(this);
  }
}

/** An environment variable. */
export class EnvVariable extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<EnvVariableID> {
    return this._ctx.id<EnvVariableID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Its value. */
  value(): Promise<string> {
    return this._ctx.select("value").execute();
  }
}

/** An error with structured values. */
export class Error extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<ErrorID> {
    return this._ctx.id<ErrorID>();
  }

  /** What went wrong. */
  message(): Promise<string> {
    return this._ctx.select("message").execute();
  }

  /** Its values. */
  values(): Promise<ErrorValue[]> {
    return this._ctx.select("values").objects("ErrorValue", ErrorValue);
  }

  /** With one more value, or another one of that name. */
  withValue(name: string, value: JSON): Error {
    return new Error(this._ctx.select("withValue", { name, value }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: Error) => Error): Error {
    return arg(this);
  }
}

/** A value of an error. */
export class ErrorValue extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<ErrorValueID> {
    return this._ctx.id<ErrorValueID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** What it is. */
  value(): Promise<JSON> {
    return this._ctx.select("value").execute();
  }
}

/** Whatever can be written to the caller's machine. */
export interface Exportable {
  /**
   * Writes it to the caller's machine; the answer is the path.
   *
   * @param path Where to write it.
   */
  export(path: string): Promise<string>;

  /** Identifies the object within the session. */
  id(): Promise<ID>;
}

/** The `Exportable` whose type is not known. */
export class _ExportableClient extends BaseClient implements Exportable {
  /**
   * Writes it to the caller's machine; the answer is the path.
   *
   * @param path Where to write it.
   */
  export(path: string): Promise<string> {
    return this._ctx.select("export", { path }).execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<ID> {
    return this._ctx.id<ID>();
  }
}

/** A field of an object or input. */
export class FieldTypeDef extends BaseClient {
  /** Why it should not be used any more. */
  deprecated(): Promise<string> {
    return this._ctx.select("deprecated").execute();
  }

  /** Its documentation. */
  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<FieldTypeDefID> {
    return this._ctx.id<FieldTypeDefID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Where it is declared. */
  sourceMap(): SourceMap {
    return new SourceMap(this._ctx.select("sourceMap"));
  }

  /** Its type. */
  typeDef(): TypeDef {
    return new TypeDef(this._ctx.select("typeDef"));
  }
}

export type FileAsEnvFileOpts = {
  /**
   * Expands variables in values.
   *
   * @deprecated Variable expansion is now enabled by default
   */
  expand?: boolean;
};

export type FileContentsOpts = {
  /** Lines to skip. */
  offsetLines?: number;

  /** Most lines to answer with. */
  limitLines?: number;
};

export type FileDigestOpts = {
  /** Of its contents only, without owner, mode and time. */
  excludeMetadata?: boolean;
};

export type FileExportOpts = {
  /** Lets the path be a folder to write it into. */
  allowParentDirPath?: boolean;
};

export type FileSearchOpts = {
  /** Takes the pattern as plain text. */
  literal?: boolean;

  /** Lets a match go over several lines. */
  multiline?: boolean;

  /** Lets `.` match line breaks. */
  dotall?: boolean;

  /** Ignores case. */
  insensitive?: boolean;

  /** Leaves out what .gitignore files exclude. */
  skipIgnored?: boolean;

  /** Leaves out hidden files. */
  skipHidden?: boolean;

  /** Answers with the files only, without lines. */
  filesOnly?: boolean;

  /** Most results to answer with. */
  limit?: number;

  /** Only looks below these paths. */
  paths?: string[];

  /** Only looks into files that match one of these patterns. */
  globs?: string[];
};

export type FileWithReplacedOpts = {
  /** Replaces every occurrence; otherwise there must be exactly one. */
  all?: boolean;

  /** Replaces the first occurrence from this line on. */
  firstFrom?: number;
};

/** A file. */
export class File extends BaseClient {
  /** The file as a set of variables. */
  asEnvFile(opts?: FileAsEnvFileOpts): EnvFile {
    return new EnvFile(this._ctx.select("asEnvFile", { ...opts }));
  }

  /** The file as a JSON value. */
  asJSON(): JSONValue {
    return new JSONValue(this._ctx.select("asJSON"));
  }

  /**
   * Changes its owner.
   *
   * @param owner Owner as `user:group` or numbers.
   */
  chown(owner: string): File {
    return new File(this._ctx.select("chown", { owner }));
  }

  /** Its text. */
  contents(opts?: FileContentsOpts): Promise<string> {
    return this._ctx.select("contents", { ...opts }).execute();
  }

  /** Digest of the file. */
  digest(opts?: FileDigestOpts): Promise<string> {
    return this._ctx.select("digest", { ...opts }).execute();
  }

  /**
   * Writes it to the caller's machine; the answer is the path.
   *
   * @param path Where to write it.
   */
  export(path: string, opts?: FileExportOpts): Promise<string> {
    return this._ctx.select("export", { path, ...opts }).execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<FileID> {
    return this._ctx.id<FileID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /**
   * Looks for text in it.
   *
   * @param pattern What to look for: a regular expression, unless it is literal.
   */
  search(pattern: string, opts?: FileSearchOpts): Promise<SearchResult[]> {
    return this._ctx.select("search", { pattern, ...opts }).objects("SearchResult", SearchResult);
  }

  /** Its size in bytes. */
  size(): Promise<number> {
    return this._ctx.select("size").execute();
  }

  /** Its mode, size and type. */
  stat(): Stat {
    return new Stat(this._ctx.select("stat"));
  }

  /** Evaluates it, and fails when something that it comes from does. */
  sync(): Promise<File> {
    return this._ctx.select("sync").synced("File", File);
  }

  /**
   * Gives it another name.
   *
   * @param name The name.
   */
  withName(name: string): File {
    return new File(this._ctx.select("withName", { name }));
  }

  /**
   * Replaces text in it.
   *
   * @param search Text to replace; it must be there.
   * @param replacement Text to put there.
   */
  withReplaced(search: string, replacement: string, opts?: FileWithReplacedOpts): File {
    return new File(this._ctx.select("withReplaced", { search, replacement, ...opts }));
  }

  /**
   * Gives it another time.
   *
   * @param timestamp Seconds since 1970-01-01 UTC.
   */
  withTimestamps(timestamp: number): File {
    return new File(this._ctx.select("withTimestamps", { timestamp }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: File) => File): File {
    return arg(this);
  }
}

export type FunctionWithArgOpts = {
  description?: string;

  defaultValue?: JSON;

  defaultPath?: string;

  ignore?: string[];

  sourceMap?: SourceMap;

  deprecated?: string;

  defaultAddress?: string;
};

export type FunctionWithCachePolicyOpts = {
  timeToLive?: string;
};

export type FunctionWithDeprecatedOpts = {
  reason?: string;
};

/** A function of an object or interface, or a constructor. */
export class Function_ extends BaseClient {
  /** Its arguments, in order. */
  args(): Promise<FunctionArg[]> {
    return this._ctx.select("args").objects("FunctionArg", FunctionArg);
  }

  /** Why it should not be used any more. */
  deprecated(): Promise<string> {
    return this._ctx.select("deprecated").execute();
  }

  /** Its documentation. */
  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<FunctionID> {
    return this._ctx.id<FunctionID>();
  }

  /** Its name; empty for a constructor. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** The type of its result. */
  returnType(): TypeDef {
    return new TypeDef(this._ctx.select("returnType"));
  }

  /** Where it is declared. */
  sourceMap(): SourceMap {
    return new SourceMap(this._ctx.select("sourceMap"));
  }

  /** The module that it is from; empty for the core API. */
  sourceModuleName(): Promise<string> {
    return this._ctx.select("sourceModuleName").execute();
  }

  /** With one more argument. */
  withArg(name: string, typeDef: TypeDef, opts?: FunctionWithArgOpts): Function_ {
    return new Function_(this._ctx.select("withArg", { name, typeDef, ...opts }));
  }

  /** With what is said of how long results are kept. */
  withCachePolicy(policy: FunctionCachePolicy, opts?: FunctionWithCachePolicyOpts): Function_ {
    return new Function_(this._ctx.select("withCachePolicy", { policy, ...opts }, { policy: ENUM }));
  }

  /** Marked as a check. */
  withCheck(): Function_ {
    return new Function_(this._ctx.select("withCheck"));
  }

  /** Marked as not to be used any more. */
  withDeprecated(opts?: FunctionWithDeprecatedOpts): Function_ {
    return new Function_(this._ctx.select("withDeprecated", { ...opts }));
  }

  /** With this documentation. */
  withDescription(description: string): Function_ {
    return new Function_(this._ctx.select("withDescription", { description }));
  }

  /** Marked as one that generates files. */
  withGenerator(): Function_ {
    return new Function_(this._ctx.select("withGenerator"));
  }

  /** With the place where it is declared. */
  withSourceMap(sourceMap: SourceMap): Function_ {
    return new Function_(this._ctx.select("withSourceMap", { sourceMap }));
  }

  /** Marked as one whose result is a service to run. */
  withUp(): Function_ {
    return new Function_(this._ctx.select("withUp"));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: Function_) => Function_): Function_ {
    return arg(this);
  }
}

/** An argument of a function. */
export class FunctionArg extends BaseClient {
  /** The address that it is made from when it is left out; empty when there is none. */
  defaultAddress(): Promise<string> {
    return this._ctx.select("defaultAddress").execute();
  }

  /** The path that it is read from when it is left out; empty when there is none. */
  defaultPath(): Promise<string> {
    return this._ctx.select("defaultPath").execute();
  }

  /** Its value when it is left out; empty when there is none. */
  defaultValue(): Promise<JSON> {
    return this._ctx.select("defaultValue").execute();
  }

  /** Why it should not be used any more. */
  deprecated(): Promise<string> {
    return this._ctx.select("deprecated").execute();
  }

  /** Its documentation. */
  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<FunctionArgID> {
    return this._ctx.id<FunctionArgID>();
  }

  /** What a directory that is given leaves out. */
  ignore(): Promise<string[]> {
    return this._ctx.select("ignore").execute();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Where it is declared. */
  sourceMap(): SourceMap {
    return new SourceMap(this._ctx.select("sourceMap"));
  }

  /** Its type. */
  typeDef(): TypeDef {
    return new TypeDef(this._ctx.select("typeDef"));
  }
}

/** The call of a function that module code runs for. */
export class FunctionCall extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<FunctionCallID> {
    return this._ctx.id<FunctionCallID>();
  }

  /** What the function is given. */
  inputArgs(): Promise<FunctionCallArgValue[]> {
    return this._ctx.select("inputArgs").objects("FunctionCallArgValue", FunctionCallArgValue);
  }

  /** Name of the function; empty for a constructor. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** State of the object that the function is called on. */
  parent(): Promise<JSON> {
    return this._ctx.select("parent").execute();
  }

  /** Name of the object's type in the module. */
  parentName(): Promise<string> {
    return this._ctx.select("parentName").execute();
  }

  /** Makes the call fail with this error. */
  returnError(error: Error): Promise<void> {
    return this._ctx.select("returnError", { error }).nothing();
  }

  /** Makes this value the call's result, whatever the function returns. */
  returnValue(value: JSON): Promise<void> {
    return this._ctx.select("returnValue", { value }).nothing();
  }
}

/** An argument of a call. */
export class FunctionCallArgValue extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<FunctionCallArgValueID> {
    return this._ctx.id<FunctionCallArgValueID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Its value; objects are IDs. */
  value(): Promise<JSON> {
    return this._ctx.select("value").execute();
  }
}

/** What a generator of code made. */
export class GeneratedCode extends BaseClient {
  /** The directory that holds it. */
  code(): Directory {
    return new Directory(this._ctx.select("code"));
  }

  /** Identifies the object within the session. */
  id(): Promise<GeneratedCodeID> {
    return this._ctx.id<GeneratedCodeID>();
  }

  /** Paths that are marked as generated. */
  vcsGeneratedPaths(): Promise<string[]> {
    return this._ctx.select("vcsGeneratedPaths").execute();
  }

  /** Paths that are not to be committed. */
  vcsIgnoredPaths(): Promise<string[]> {
    return this._ctx.select("vcsIgnoredPaths").execute();
  }

  /** With these paths marked as generated. */
  withVCSGeneratedPaths(paths: string[]): GeneratedCode {
    return new GeneratedCode(this._ctx.select("withVCSGeneratedPaths", { paths }));
  }

  /** With these paths that are not to be committed. */
  withVCSIgnoredPaths(paths: string[]): GeneratedCode {
    return new GeneratedCode(this._ctx.select("withVCSIgnoredPaths", { paths }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: GeneratedCode) => GeneratedCode): GeneratedCode {
    return arg(this);
  }
}

export class Generator extends BaseClient {
  changes(): Changeset {
    return new Changeset(this._ctx.select("changes"));
  }

  completed(): Promise<boolean> {
    return this._ctx.select("completed").execute();
  }

  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<GeneratorID> {
    return this._ctx.id<GeneratorID>();
  }

  isEmpty(): Promise<boolean> {
    return this._ctx.select("isEmpty").execute();
  }

  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  originalModule(): Module_ {
    return new Module_(this._ctx.select("originalModule"));
  }

  path(): Promise<string[]> {
    return this._ctx.select("path").execute();
  }

  run(): Generator {
    return new Generator(this._ctx.select("run"));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: Generator) => Generator): Generator {
    return arg(this);
  }
}

export type GeneratorGroupChangesOpts = {
  onConflict?: ChangesetsMergeConflict;
};

export class GeneratorGroup extends BaseClient {
  changes(opts?: GeneratorGroupChangesOpts): Changeset {
    return new Changeset(this._ctx.select("changes", { ...opts }, { onConflict: ENUM }));
  }

  /** Identifies the object within the session. */
  id(): Promise<GeneratorGroupID> {
    return this._ctx.id<GeneratorGroupID>();
  }

  isEmpty(): Promise<boolean> {
    return this._ctx.select("isEmpty").execute();
  }

  list(): Promise<Generator[]> {
    return this._ctx.select("list").objects("Generator", Generator);
  }

  run(): GeneratorGroup {
    return new GeneratorGroup(this._ctx.select("run"));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: GeneratorGroup) => GeneratorGroup): GeneratorGroup {
    return arg(this);
  }
}

export type GitRefTreeOpts = {
  /** Without the .git folder. */
  discardGitDir?: boolean;

  /** How many commits of history to fetch; 0 is all. */
  depth?: number;

  /** Fetches tags too. */
  includeTags?: boolean;
};

/** A branch, tag or commit of a repository. */
export class GitRef extends BaseClient {
  /** Hash of the commit. */
  commit(): Promise<string> {
    return this._ctx.select("commit").execute();
  }

  /**
   * The newest commit that both come from.
   *
   * @param other The other one.
   */
  commonAncestor(other: GitRef): GitRef {
    return new GitRef(this._ctx.select("commonAncestor", { other }));
  }

  /** Identifies the object within the session. */
  id(): Promise<GitRefID> {
    return this._ctx.id<GitRefID>();
  }

  /** Its full name. */
  ref(): Promise<string> {
    return this._ctx.select("ref").execute();
  }

  /** Its files. */
  tree(opts?: GitRefTreeOpts): Directory {
    return new Directory(this._ctx.select("tree", { ...opts }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: GitRef) => GitRef): GitRef {
    return arg(this);
  }
}

export type GitRepositoryBranchesOpts = {
  /** Only those that match one of these patterns. */
  patterns?: string[];
};

export type GitRepositoryTagsOpts = {
  /** Only those that match one of these patterns. */
  patterns?: string[];
};

/** A Git repository. */
export class GitRepository extends BaseClient {
  /**
   * A branch.
   *
   * @param name Its name.
   */
  branch(name: string): GitRef {
    return new GitRef(this._ctx.select("branch", { name }));
  }

  /** Names of its branches. */
  branches(opts?: GitRepositoryBranchesOpts): Promise<string[]> {
    return this._ctx.select("branches", { ...opts }).execute();
  }

  /**
   * A commit.
   *
   * @param id Its full hash.
   */
  commit(id: string): GitRef {
    return new GitRef(this._ctx.select("commit", { id }));
  }

  /** Where HEAD is. */
  head(): GitRef {
    return new GitRef(this._ctx.select("head"));
  }

  /** Identifies the object within the session. */
  id(): Promise<GitRepositoryID> {
    return this._ctx.id<GitRepositoryID>();
  }

  /** The tag with the highest version. */
  latestVersion(): GitRef {
    return new GitRef(this._ctx.select("latestVersion"));
  }

  /**
   * A branch, tag or commit, by whatever name.
   *
   * @param name The name.
   */
  ref(name: string): GitRef {
    return new GitRef(this._ctx.select("ref", { name }));
  }

  /**
   * A tag.
   *
   * @param name Its name.
   */
  tag(name: string): GitRef {
    return new GitRef(this._ctx.select("tag", { name }));
  }

  /** Names of its tags. */
  tags(opts?: GitRepositoryTagsOpts): Promise<string[]> {
    return this._ctx.select("tags", { ...opts }).execute();
  }

  /** What is changed in the working tree. */
  uncommitted(): Changeset {
    return new Changeset(this._ctx.select("uncommitted"));
  }

  /** Where it is. */
  url(): Promise<string> {
    return this._ctx.select("url").execute();
  }
}

export class HTTPState extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<HTTPStateID> {
    return this._ctx.id<HTTPStateID>();
  }
}

export class HealthcheckConfig extends BaseClient {
  args(): Promise<string[]> {
    return this._ctx.select("args").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<HealthcheckConfigID> {
    return this._ctx.id<HealthcheckConfigID>();
  }

  interval(): Promise<string> {
    return this._ctx.select("interval").execute();
  }

  retries(): Promise<number> {
    return this._ctx.select("retries").execute();
  }

  shell(): Promise<boolean> {
    return this._ctx.select("shell").execute();
  }

  startInterval(): Promise<string> {
    return this._ctx.select("startInterval").execute();
  }

  startPeriod(): Promise<string> {
    return this._ctx.select("startPeriod").execute();
  }

  timeout(): Promise<string> {
    return this._ctx.select("timeout").execute();
  }
}

export type HostDirectoryOpts = {
  /** Leaves out what matches one of these patterns. */
  exclude?: string[];

  /** Takes only what matches one of these patterns. */
  include?: string[];

  /** Reads it anew even when the session has read it before. */
  noCache?: boolean;

  /** Leaves out what the .gitignore files inside exclude. */
  gitignore?: boolean;
};

export type HostFileOpts = {
  /** Reads it anew even when the session has read it before. */
  noCache?: boolean;
};

export type HostFindUpOpts = {
  /** Reads it anew even when the session has read it before. */
  noCache?: boolean;
};

export type HostServiceOpts = {
  /** Host name that the machine reaches it under. */
  host?: string;
};

export type HostTunnelOpts = {
  /** Takes the same port numbers on the machine. */
  native?: boolean;

  /** Which ports lead where. */
  ports?: PortForward[];
};

/** The machine of whoever runs the pipeline. */
export class Host extends BaseClient {
  /**
   * An image of the machine's container runtime.
   *
   * @param name Name of the image.
   */
  containerImage(name: string): Container {
    return new Container(this._ctx.select("containerImage", { name }));
  }

  /**
   * A directory of the machine.
   *
   * @param path Where it is.
   */
  directory(path: string, opts?: HostDirectoryOpts): Directory {
    return new Directory(this._ctx.select("directory", { path, ...opts }));
  }

  /**
   * A file of the machine.
   *
   * @param path Where it is.
   */
  file(path: string, opts?: HostFileOpts): File {
    return new File(this._ctx.select("file", { path, ...opts }));
  }

  /**
   * Looks for a name in the working folder and those above it; the answer is the path.
   *
   * @param name The name.
   */
  findUp(name: string, opts?: HostFindUpOpts): Promise<string> {
    return this._ctx.select("findUp", { name, ...opts }).execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<HostID> {
    return this._ctx.id<HostID>();
  }

  /**
   * A service that runs on the machine.
   *
   * @param ports Which ports lead where.
   */
  service(ports: PortForward[], opts?: HostServiceOpts): Service {
    return new Service(this._ctx.select("service", { ports, ...opts }, { ports: PORT_FORWARD }));
  }

  /**
   * Makes a service reachable from the machine.
   *
   * @param service The service.
   */
  tunnel(service: Service, opts?: HostTunnelOpts): Service {
    return new Service(this._ctx.select("tunnel", { service, ...opts }, { ports: PORT_FORWARD }));
  }

  /**
   * A Unix socket of the machine.
   *
   * @param path Where it is.
   */
  unixSocket(path: string): Socket {
    return new Socket(this._ctx.select("unixSocket", { path }));
  }
}

/** What an input is made of. */
export class InputTypeDef extends BaseClient {
  /** Its fields, in order. */
  fields(): Promise<FieldTypeDef[]> {
    return this._ctx.select("fields").objects("FieldTypeDef", FieldTypeDef);
  }

  /** Identifies the object within the session. */
  id(): Promise<InputTypeDefID> {
    return this._ctx.id<InputTypeDefID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }
}

/** What an interface is made of. */
export class InterfaceTypeDef extends BaseClient {
  /** Its documentation. */
  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Its functions, in order. */
  functions(): Promise<Function_[]> {
    return this._ctx.select("functions").objects("Function", Function_);
  }

  /** Identifies the object within the session. */
  id(): Promise<InterfaceTypeDefID> {
    return this._ctx.id<InterfaceTypeDefID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Where it is declared. */
  sourceMap(): SourceMap {
    return new SourceMap(this._ctx.select("sourceMap"));
  }

  /** The module that it is from; empty for the core API. */
  sourceModuleName(): Promise<string> {
    return this._ctx.select("sourceModuleName").execute();
  }
}

export type JSONValueContentsOpts = {
  pretty?: boolean;

  indent?: string;
};

export class JSONValue extends BaseClient {
  asArray(): Promise<JSONValue[]> {
    return this._ctx.select("asArray").objects("JSONValue", JSONValue);
  }

  asBoolean(): Promise<boolean> {
    return this._ctx.select("asBoolean").execute();
  }

  asInteger(): Promise<number> {
    return this._ctx.select("asInteger").execute();
  }

  asString(): Promise<string> {
    return this._ctx.select("asString").execute();
  }

  contents(opts?: JSONValueContentsOpts): Promise<JSON> {
    return this._ctx.select("contents", { ...opts }).execute();
  }

  field(path: string[]): JSONValue {
    return new JSONValue(this._ctx.select("field", { path }));
  }

  fields(): Promise<string[]> {
    return this._ctx.select("fields").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<JSONValueID> {
    return this._ctx.id<JSONValueID>();
  }

  newBoolean(value: boolean): JSONValue {
    return new JSONValue(this._ctx.select("newBoolean", { value }));
  }

  newInteger(value: number): JSONValue {
    return new JSONValue(this._ctx.select("newInteger", { value }));
  }

  newString(value: string): JSONValue {
    return new JSONValue(this._ctx.select("newString", { value }));
  }

  withContents(contents: JSON): JSONValue {
    return new JSONValue(this._ctx.select("withContents", { contents }));
  }

  withField(path: string[], value: JSONValue): JSONValue {
    return new JSONValue(this._ctx.select("withField", { path, value }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: JSONValue) => JSONValue): JSONValue {
    return arg(this);
  }
}

/** A label of an image. */
export class Label extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<LabelID> {
    return this._ctx.id<LabelID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Its value. */
  value(): Promise<string> {
    return this._ctx.select("value").execute();
  }
}

/** What a list is made of. */
export class ListTypeDef extends BaseClient {
  /** The type of its elements. */
  elementTypeDef(): TypeDef {
    return new TypeDef(this._ctx.select("elementTypeDef"));
  }

  /** Identifies the object within the session. */
  id(): Promise<ListTypeDefID> {
    return this._ctx.id<ListTypeDefID>();
  }
}

export type ModuleChecksOpts = {
  include?: string[];

  noGenerate?: boolean;
};

export type ModuleGeneratorsOpts = {
  include?: string[];
};

export type ModuleServeOpts = {
  includeDependencies?: boolean;

  entrypoint?: boolean;
};

export type ModuleServicesOpts = {
  include?: string[];
};

/** What a module offers. */
export class Module_ extends BaseClient {
  /** Experimental: This API is highly experimental and may be removed or replaced entirely. */
  check(name: string): Check {
    return new Check(this._ctx.select("check", { name }));
  }

  /** Experimental: This API is highly experimental and may be removed or replaced entirely. */
  checks(opts?: ModuleChecksOpts): CheckGroup {
    return new CheckGroup(this._ctx.select("checks", { ...opts }));
  }

  /** Modules that it calls, under the names that it gives them. */
  dependencies(): Promise<Module_[]> {
    return this._ctx.select("dependencies").objects("Module", Module_);
  }

  /** Its documentation. */
  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Its enums. */
  enums(): Promise<TypeDef[]> {
    return this._ctx.select("enums").objects("TypeDef", TypeDef);
  }

  generatedContextDirectory(): Directory {
    return new Directory(this._ctx.select("generatedContextDirectory"));
  }

  /** Experimental: This API is highly experimental and may be removed or replaced entirely. */
  generator(name: string): Generator {
    return new Generator(this._ctx.select("generator", { name }));
  }

  /** Experimental: This API is highly experimental and may be removed or replaced entirely. */
  generators(opts?: ModuleGeneratorsOpts): GeneratorGroup {
    return new GeneratorGroup(this._ctx.select("generators", { ...opts }));
  }

  /** Identifies the object within the session. */
  id(): Promise<ModuleID> {
    return this._ctx.id<ModuleID>();
  }

  /** Its interfaces. */
  interfaces(): Promise<TypeDef[]> {
    return this._ctx.select("interfaces").objects("TypeDef", TypeDef);
  }

  /** The schema that its code sees, for generators of clients. */
  introspectionSchemaJSON(): File {
    return new File(this._ctx.select("introspectionSchemaJSON"));
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Its objects. */
  objects(): Promise<TypeDef[]> {
    return this._ctx.select("objects").objects("TypeDef", TypeDef);
  }

  /** The container that its code runs in; null, as it runs in none. */
  runtime(): Container {
    return new Container(this._ctx.select("runtime"));
  }

  /** What it is written with. */
  sdk(): SDKConfig {
    return new SDKConfig(this._ctx.select("sdk"));
  }

  /** Makes its functions part of the API of this session's clients. */
  serve(opts?: ModuleServeOpts): Promise<void> {
    return this._ctx.select("serve", { ...opts }).nothing();
  }

  /** Experimental: This API is highly experimental and may be removed or replaced entirely. */
  services(opts?: ModuleServicesOpts): UpGroup {
    return new UpGroup(this._ctx.select("services", { ...opts }));
  }

  source(): ModuleSource {
    return new ModuleSource(this._ctx.select("source"));
  }

  /** Loads it. */
  sync(): Promise<Module_> {
    return this._ctx.select("sync").synced("Module", Module_);
  }

  userDefaults(): EnvFile {
    return new EnvFile(this._ctx.select("userDefaults"));
  }

  /** With this documentation; it is no longer what was loaded. */
  withDescription(description: string): Module_ {
    return new Module_(this._ctx.select("withDescription", { description }));
  }

  /** With one more enum; it is no longer what was loaded. */
  withEnum(enum_: TypeDef): Module_ {
    return new Module_(this._ctx.select("withEnum", { enum: enum_ }));
  }

  /** With one more interface; it is no longer what was loaded. */
  withInterface(iface: TypeDef): Module_ {
    return new Module_(this._ctx.select("withInterface", { iface }));
  }

  /** With one more object; it is no longer what was loaded. */
  withObject(object: TypeDef): Module_ {
    return new Module_(this._ctx.select("withObject", { object }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: Module_) => Module_): Module_ {
    return arg(this);
  }
}

export class ModuleConfigClient extends BaseClient {
  directory(): Promise<string> {
    return this._ctx.select("directory").execute();
  }

  generator(): Promise<string> {
    return this._ctx.select("generator").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<ModuleConfigClientID> {
    return this._ctx.id<ModuleConfigClientID>();
  }
}

export class ModuleSource extends BaseClient {
  asModule(): Module_ {
    return new Module_(this._ctx.select("asModule"));
  }

  asString(): Promise<string> {
    return this._ctx.select("asString").execute();
  }

  blueprint(): ModuleSource {
    return new ModuleSource(this._ctx.select("blueprint"));
  }

  cloneRef(): Promise<string> {
    return this._ctx.select("cloneRef").execute();
  }

  commit(): Promise<string> {
    return this._ctx.select("commit").execute();
  }

  configClients(): Promise<ModuleConfigClient[]> {
    return this._ctx.select("configClients").objects("ModuleConfigClient", ModuleConfigClient);
  }

  configExists(): Promise<boolean> {
    return this._ctx.select("configExists").execute();
  }

  contextDirectory(): Directory {
    return new Directory(this._ctx.select("contextDirectory"));
  }

  dependencies(): Promise<ModuleSource[]> {
    return this._ctx.select("dependencies").objects("ModuleSource", ModuleSource);
  }

  digest(): Promise<string> {
    return this._ctx.select("digest").execute();
  }

  directory(path: string): Directory {
    return new Directory(this._ctx.select("directory", { path }));
  }

  engineVersion(): Promise<string> {
    return this._ctx.select("engineVersion").execute();
  }

  generatedContextChangeset(): Changeset {
    return new Changeset(this._ctx.select("generatedContextChangeset"));
  }

  generatedContextDirectory(): Directory {
    return new Directory(this._ctx.select("generatedContextDirectory"));
  }

  htmlRepoURL(): Promise<string> {
    return this._ctx.select("htmlRepoURL").execute();
  }

  htmlURL(): Promise<string> {
    return this._ctx.select("htmlURL").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<ModuleSourceID> {
    return this._ctx.id<ModuleSourceID>();
  }

  introspectionSchemaJSON(): File {
    return new File(this._ctx.select("introspectionSchemaJSON"));
  }

  kind(): Promise<ModuleSourceKind> {
    return this._ctx.select("kind").execute();
  }

  localContextDirectoryPath(): Promise<string> {
    return this._ctx.select("localContextDirectoryPath").execute();
  }

  moduleName(): Promise<string> {
    return this._ctx.select("moduleName").execute();
  }

  moduleOriginalName(): Promise<string> {
    return this._ctx.select("moduleOriginalName").execute();
  }

  originalSubpath(): Promise<string> {
    return this._ctx.select("originalSubpath").execute();
  }

  pin(): Promise<string> {
    return this._ctx.select("pin").execute();
  }

  repoRootPath(): Promise<string> {
    return this._ctx.select("repoRootPath").execute();
  }

  sdk(): SDKConfig {
    return new SDKConfig(this._ctx.select("sdk"));
  }

  sourceRootSubpath(): Promise<string> {
    return this._ctx.select("sourceRootSubpath").execute();
  }

  sourceSubpath(): Promise<string> {
    return this._ctx.select("sourceSubpath").execute();
  }

  sync(): Promise<ModuleSource> {
    return this._ctx.select("sync").synced("ModuleSource", ModuleSource);
  }

  toolchains(): Promise<ModuleSource[]> {
    return this._ctx.select("toolchains").objects("ModuleSource", ModuleSource);
  }

  userDefaults(): EnvFile {
    return new EnvFile(this._ctx.select("userDefaults"));
  }

  version(): Promise<string> {
    return this._ctx.select("version").execute();
  }

  withBlueprint(blueprint: ModuleSource): ModuleSource {
    return new ModuleSource(this._ctx.select("withBlueprint", { blueprint }));
  }

  withClient(generator: string, outputDir: string): ModuleSource {
    return new ModuleSource(this._ctx.select("withClient", { generator, outputDir }));
  }

  withDependencies(dependencies: ModuleSource[]): ModuleSource {
    return new ModuleSource(this._ctx.select("withDependencies", { dependencies }));
  }

  withEngineVersion(version: string): ModuleSource {
    return new ModuleSource(this._ctx.select("withEngineVersion", { version }));
  }

  withExperimentalFeatures(features: ModuleSourceExperimentalFeature[]): ModuleSource {
    return new ModuleSource(this._ctx.select("withExperimentalFeatures", { features }, { features: ENUM }));
  }

  withIncludes(patterns: string[]): ModuleSource {
    return new ModuleSource(this._ctx.select("withIncludes", { patterns }));
  }

  withName(name: string): ModuleSource {
    return new ModuleSource(this._ctx.select("withName", { name }));
  }

  withSDK(source: string): ModuleSource {
    return new ModuleSource(this._ctx.select("withSDK", { source }));
  }

  withSourceSubpath(path: string): ModuleSource {
    return new ModuleSource(this._ctx.select("withSourceSubpath", { path }));
  }

  withToolchains(toolchains: ModuleSource[]): ModuleSource {
    return new ModuleSource(this._ctx.select("withToolchains", { toolchains }));
  }

  withUpdateBlueprint(): ModuleSource {
    return new ModuleSource(this._ctx.select("withUpdateBlueprint"));
  }

  withUpdateDependencies(dependencies: string[]): ModuleSource {
    return new ModuleSource(this._ctx.select("withUpdateDependencies", { dependencies }));
  }

  withUpdateToolchains(toolchains: string[]): ModuleSource {
    return new ModuleSource(this._ctx.select("withUpdateToolchains", { toolchains }));
  }

  withUpdatedClients(clients: string[]): ModuleSource {
    return new ModuleSource(this._ctx.select("withUpdatedClients", { clients }));
  }

  withoutBlueprint(): ModuleSource {
    return new ModuleSource(this._ctx.select("withoutBlueprint"));
  }

  withoutClient(path: string): ModuleSource {
    return new ModuleSource(this._ctx.select("withoutClient", { path }));
  }

  withoutDependencies(dependencies: string[]): ModuleSource {
    return new ModuleSource(this._ctx.select("withoutDependencies", { dependencies }));
  }

  withoutExperimentalFeatures(features: ModuleSourceExperimentalFeature[]): ModuleSource {
    return new ModuleSource(this._ctx.select("withoutExperimentalFeatures", { features }, { features: ENUM }));
  }

  withoutToolchains(toolchains: string[]): ModuleSource {
    return new ModuleSource(this._ctx.select("withoutToolchains", { toolchains }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: ModuleSource) => ModuleSource): ModuleSource {
    return arg(this);
  }
}

/** Whatever has an ID. */
export interface Node {
  /** Identifies the object within the session. */
  id(): Promise<ID>;
}

/** The `Node` whose type is not known. */
export class _NodeClient extends BaseClient implements Node {
  /** Identifies the object within the session. */
  id(): Promise<ID> {
    return this._ctx.id<ID>();
  }
}

/** What an object is made of. */
export class ObjectTypeDef extends BaseClient {
  /** How it is made; null when only functions return it. */
  constructor_(): Function_ {
    return new Function_(this._ctx.select("constructor"));
  }

  /** Why it should not be used any more. */
  deprecated(): Promise<string> {
    return this._ctx.select("deprecated").execute();
  }

  /** Its documentation. */
  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Its fields, in order. */
  fields(): Promise<FieldTypeDef[]> {
    return this._ctx.select("fields").objects("FieldTypeDef", FieldTypeDef);
  }

  /** Its functions, in order. */
  functions(): Promise<Function_[]> {
    return this._ctx.select("functions").objects("Function", Function_);
  }

  /** Identifies the object within the session. */
  id(): Promise<ObjectTypeDefID> {
    return this._ctx.id<ObjectTypeDefID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Where it is declared. */
  sourceMap(): SourceMap {
    return new SourceMap(this._ctx.select("sourceMap"));
  }

  /** The module that it is from; empty for the core API. */
  sourceModuleName(): Promise<string> {
    return this._ctx.select("sourceModuleName").execute();
  }
}

/** A port that a container exposes. */
export class Port extends BaseClient {
  /** What it is for. */
  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Whether starting a service does not wait for it. */
  experimentalSkipHealthcheck(): Promise<boolean> {
    return this._ctx.select("experimentalSkipHealthcheck").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<PortID> {
    return this._ctx.id<PortID>();
  }

  /** Its number. */
  port(): Promise<number> {
    return this._ctx.select("port").execute();
  }

  /** Its protocol. */
  protocol(): Promise<NetworkProtocol> {
    return this._ctx.select("protocol").execute();
  }
}

export type ClientCacheVolumeOpts = {
  /** What it holds when it is first used. */
  source?: Directory;

  /** What happens when several processes use it at once. */
  sharing?: CacheSharingMode;

  /** Owner of its root folder. */
  owner?: string;
};

export type ClientContainerOpts = {
  /** Platform that it runs on; the engine's own by default. */
  platform?: Platform;
};

export type ClientCurrentTypeDefsOpts = {
  /** Also those that are only referred to: texts, numbers, lists. */
  returnAllTypes?: boolean;

  /** Of `Query`, only the functions that modules add. Core types stay, so that what functions return can be followed. */
  hideCore?: boolean;
};

export type ClientEnvFileOpts = {
  /**
   * Expands variables in values.
   *
   * @deprecated Variable expansion is now enabled by default
   */
  expand?: boolean;
};

export type ClientFileOpts = {
  /** File mode, such as 0644 in octal. */
  permissions?: number;
};

export type ClientGitOpts = {
  /**
   * Keeps the .git folder in trees.
   *
   * @deprecated Set to true to keep .git directory.
   */
  keepGitDir?: boolean;

  /** Lines of a known_hosts file. */
  sshKnownHosts?: string;

  /** SSH agent to log in with. */
  sshAuthSocket?: Socket;

  /** User to log in as over HTTP. */
  httpAuthUsername?: string;

  /** Token to log in with over HTTP. */
  httpAuthToken?: Secret;

  /** Value of the Authorization header over HTTP. */
  httpAuthHeader?: Secret;

  /** Service that stands for the host while it is asked. */
  experimentalServiceHost?: Service;
};

export type ClientHttpOpts = {
  /** Name of the file; the last part of the URL by default. */
  name?: string;

  /** File mode, such as 0644 in octal. */
  permissions?: number;

  /** Digest that it must have, such as `sha256:…`. */
  checksum?: string;

  /** Value of the Authorization header. */
  authHeader?: Secret;

  /** Service that stands for the host while it is asked. */
  experimentalServiceHost?: Service;
};

export type ClientModuleSourceOpts = {
  /** Commit that the reference must lead to. */
  refPin?: string;

  /** Does not look in the folders above. */
  disableFindUp?: boolean;

  /** Also takes a path where nothing is yet. */
  allowNotExists?: boolean;

  /** Fails for other kinds of sources. */
  requireKind?: ModuleSourceKind;
};

export type ClientSecretOpts = {
  /** Two secrets with the same key count as equal for caching. */
  cacheKey?: string;
};

/** Where every query begins. */
export class Client extends BaseClient {
  /**
   * Something that is named by a text, as on the command line.
   *
   * @param value Path, URL, image or other reference, by what it is used for.
   */
  address(value: string): Address {
    return new Address(this._ctx.select("address", { value }));
  }

  /**
   * A volume that keeps its contents between runs.
   *
   * @param key Name of the volume; the same key gives the same volume.
   */
  cacheVolume(key: string, opts?: ClientCacheVolumeOpts): CacheVolume {
    return new CacheVolume(this._ctx.select("cacheVolume", { key, ...opts }, { sharing: ENUM }));
  }

  /** A changeset without changes. */
  changeset(): Changeset {
    return new Changeset(this._ctx.select("changeset"));
  }

  /** An empty container, to be filled with `from`. */
  container(opts?: ClientContainerOpts): Container {
    return new Container(this._ctx.select("container", { ...opts }));
  }

  /** The call that is being answered. */
  currentFunctionCall(): FunctionCall {
    return new FunctionCall(this._ctx.select("currentFunctionCall"));
  }

  /** The module whose function is running. */
  currentModule(): CurrentModule {
    return new CurrentModule(this._ctx.select("currentModule"));
  }

  /** Types of the schema that this client sees. */
  currentTypeDefs(opts?: ClientCurrentTypeDefsOpts): Promise<TypeDef[]> {
    return this._ctx.select("currentTypeDefs", { ...opts }).objects("TypeDef", TypeDef);
  }

  /**
   * The workspace of the session.
   *
   * Experimental: Highly experimental API extracted from a more ambitious workspace implementation.
   */
  currentWorkspace(): Workspace {
    return new Workspace(this._ctx.select("currentWorkspace"));
  }

  /** Platform of the engine. */
  defaultPlatform(): Promise<Platform> {
    return this._ctx.select("defaultPlatform").execute();
  }

  /** An empty directory. */
  directory(): Directory {
    return new Directory(this._ctx.select("directory"));
  }

  /** The engine and its cache. */
  engine(): Engine {
    return new Engine(this._ctx.select("engine"));
  }

  /** An empty set of variables. */
  envFile(opts?: ClientEnvFileOpts): EnvFile {
    return new EnvFile(this._ctx.select("envFile", { ...opts }));
  }

  /**
   * An error to answer a function call with.
   *
   * @param message What went wrong.
   */
  error(message: string): Error {
    return new Error(this._ctx.select("error", { message }));
  }

  /**
   * A file with the given contents.
   *
   * @param name Name of the file.
   * @param contents What it holds.
   */
  file(name: string, contents: string, opts?: ClientFileOpts): File {
    return new File(this._ctx.select("file", { name, contents, ...opts }));
  }

  /**
   * A function to add to an object type.
   *
   * @param name Its name.
   * @param returnType What it returns.
   */
  function_(name: string, returnType: TypeDef): Function_ {
    return new Function_(this._ctx.select("function", { name, returnType }));
  }

  /**
   * Code that a generator made.
   *
   * @param code Directory with the code.
   */
  generatedCode(code: Directory): GeneratedCode {
    return new GeneratedCode(this._ctx.select("generatedCode", { code }));
  }

  /**
   * A Git repository.
   *
   * @param url URL or path of the repository.
   */
  git(url: string, opts?: ClientGitOpts): GitRepository {
    return new GitRepository(this._ctx.select("git", { url, ...opts }));
  }

  /** The machine of whoever runs the pipeline; inside a module, the module's own private folder. */
  host(): Host {
    return new Host(this._ctx.select("host"));
  }

  /**
   * A file that is downloaded.
   *
   * @param url Where it is.
   */
  http(url: string, opts?: ClientHttpOpts): File {
    return new File(this._ctx.select("http", { url, ...opts }));
  }

  /** Identifies the object within the session. */
  id(): Promise<ID> {
    return this._ctx.id<ID>();
  }

  /** An empty JSON value. */
  json(): JSONValue {
    return new JSONValue(this._ctx.select("json"));
  }

  /** A module to be defined. */
  module_(): Module_ {
    return new Module_(this._ctx.select("module"));
  }

  /**
   * The source of a module.
   *
   * @param refString Path or Git reference.
   */
  moduleSource(refString: string, opts?: ClientModuleSourceOpts): ModuleSource {
    return new ModuleSource(this._ctx.select("moduleSource", { refString, ...opts }, { requireKind: ENUM }));
  }

  /**
   * Any object, by its ID.
   *
   * @param id The ID.
   */
  node(id: ID): Node {
    return new _NodeClient(this._ctx.select("node", { id }));
  }

  /**
   * A secret from a provider.
   *
   * @param uri Where it comes from, such as `env://NAME`, `file://PATH` or `cmd://COMMAND`.
   */
  secret(uri: string, opts?: ClientSecretOpts): Secret {
    return new Secret(this._ctx.select("secret", { uri, ...opts }));
  }

  /**
   * A secret from its plaintext.
   *
   * @param name Name to know it by.
   * @param plaintext The plaintext.
   */
  setSecret(name: string, plaintext: string): Secret {
    return new Secret(this._ctx.select("setSecret", { name, plaintext }));
  }

  /**
   * A place in a source file.
   *
   * @param filename The file.
   * @param line From 1.
   * @param column From 1.
   */
  sourceMap(filename: string, line: number, column: number): SourceMap {
    return new SourceMap(this._ctx.select("sourceMap", { filename, line, column }));
  }

  /** A type to be defined. */
  typeDef(): TypeDef {
    return new TypeDef(this._ctx.select("typeDef"));
  }

  /** Version of the API. */
  version(): Promise<string> {
    return this._ctx.select("version").execute();
  }

  /** The `Address` of that ID. */
  loadAddressFromID(id: AddressID | ID): Address {
    return new Address(this._ctx.selectNode(id, "Address"));
  }

  /** The `CacheVolume` of that ID. */
  loadCacheVolumeFromID(id: CacheVolumeID | ID): CacheVolume {
    return new CacheVolume(this._ctx.selectNode(id, "CacheVolume"));
  }

  /** The `Changeset` of that ID. */
  loadChangesetFromID(id: ChangesetID | ID): Changeset {
    return new Changeset(this._ctx.selectNode(id, "Changeset"));
  }

  /** The `Check` of that ID. */
  loadCheckFromID(id: CheckID | ID): Check {
    return new Check(this._ctx.selectNode(id, "Check"));
  }

  /** The `CheckGroup` of that ID. */
  loadCheckGroupFromID(id: CheckGroupID | ID): CheckGroup {
    return new CheckGroup(this._ctx.selectNode(id, "CheckGroup"));
  }

  /** The `ClientFilesyncMirror` of that ID. */
  loadClientFilesyncMirrorFromID(id: ClientFilesyncMirrorID | ID): ClientFilesyncMirror {
    return new ClientFilesyncMirror(this._ctx.selectNode(id, "ClientFilesyncMirror"));
  }

  /** The `Container` of that ID. */
  loadContainerFromID(id: ContainerID | ID): Container {
    return new Container(this._ctx.selectNode(id, "Container"));
  }

  /** The `CurrentModule` of that ID. */
  loadCurrentModuleFromID(id: CurrentModuleID | ID): CurrentModule {
    return new CurrentModule(this._ctx.selectNode(id, "CurrentModule"));
  }

  /** The `DiffStat` of that ID. */
  loadDiffStatFromID(id: DiffStatID | ID): DiffStat {
    return new DiffStat(this._ctx.selectNode(id, "DiffStat"));
  }

  /** The `Directory` of that ID. */
  loadDirectoryFromID(id: DirectoryID | ID): Directory {
    return new Directory(this._ctx.selectNode(id, "Directory"));
  }

  /** The `Engine` of that ID. */
  loadEngineFromID(id: EngineID | ID): Engine {
    return new Engine(this._ctx.selectNode(id, "Engine"));
  }

  /** The `EngineCache` of that ID. */
  loadEngineCacheFromID(id: EngineCacheID | ID): EngineCache {
    return new EngineCache(this._ctx.selectNode(id, "EngineCache"));
  }

  /** The `EngineCacheEntry` of that ID. */
  loadEngineCacheEntryFromID(id: EngineCacheEntryID | ID): EngineCacheEntry {
    return new EngineCacheEntry(this._ctx.selectNode(id, "EngineCacheEntry"));
  }

  /** The `EngineCacheEntrySet` of that ID. */
  loadEngineCacheEntrySetFromID(id: EngineCacheEntrySetID | ID): EngineCacheEntrySet {
    return new EngineCacheEntrySet(this._ctx.selectNode(id, "EngineCacheEntrySet"));
  }

  /** The `EnumTypeDef` of that ID. */
  loadEnumTypeDefFromID(id: EnumTypeDefID | ID): EnumTypeDef {
    return new EnumTypeDef(this._ctx.selectNode(id, "EnumTypeDef"));
  }

  /** The `EnumValueTypeDef` of that ID. */
  loadEnumValueTypeDefFromID(id: EnumValueTypeDefID | ID): EnumValueTypeDef {
    return new EnumValueTypeDef(this._ctx.selectNode(id, "EnumValueTypeDef"));
  }

  /** The `EnvFile` of that ID. */
  loadEnvFileFromID(id: EnvFileID | ID): EnvFile {
    return new EnvFile(this._ctx.selectNode(id, "EnvFile"));
  }

  /** The `EnvVariable` of that ID. */
  loadEnvVariableFromID(id: EnvVariableID | ID): EnvVariable {
    return new EnvVariable(this._ctx.selectNode(id, "EnvVariable"));
  }

  /** The `Error` of that ID. */
  loadErrorFromID(id: ErrorID | ID): Error {
    return new Error(this._ctx.selectNode(id, "Error"));
  }

  /** The `ErrorValue` of that ID. */
  loadErrorValueFromID(id: ErrorValueID | ID): ErrorValue {
    return new ErrorValue(this._ctx.selectNode(id, "ErrorValue"));
  }

  /** The `Exportable` of that ID. */
  loadExportableFromID(id: ExportableID | ID): Exportable {
    return new _ExportableClient(this._ctx.selectNode(id, "Exportable"));
  }

  /** The `FieldTypeDef` of that ID. */
  loadFieldTypeDefFromID(id: FieldTypeDefID | ID): FieldTypeDef {
    return new FieldTypeDef(this._ctx.selectNode(id, "FieldTypeDef"));
  }

  /** The `File` of that ID. */
  loadFileFromID(id: FileID | ID): File {
    return new File(this._ctx.selectNode(id, "File"));
  }

  /** The `Function` of that ID. */
  loadFunctionFromID(id: FunctionID | ID): Function_ {
    return new Function_(this._ctx.selectNode(id, "Function"));
  }

  /** The `FunctionArg` of that ID. */
  loadFunctionArgFromID(id: FunctionArgID | ID): FunctionArg {
    return new FunctionArg(this._ctx.selectNode(id, "FunctionArg"));
  }

  /** The `FunctionCall` of that ID. */
  loadFunctionCallFromID(id: FunctionCallID | ID): FunctionCall {
    return new FunctionCall(this._ctx.selectNode(id, "FunctionCall"));
  }

  /** The `FunctionCallArgValue` of that ID. */
  loadFunctionCallArgValueFromID(id: FunctionCallArgValueID | ID): FunctionCallArgValue {
    return new FunctionCallArgValue(this._ctx.selectNode(id, "FunctionCallArgValue"));
  }

  /** The `GeneratedCode` of that ID. */
  loadGeneratedCodeFromID(id: GeneratedCodeID | ID): GeneratedCode {
    return new GeneratedCode(this._ctx.selectNode(id, "GeneratedCode"));
  }

  /** The `Generator` of that ID. */
  loadGeneratorFromID(id: GeneratorID | ID): Generator {
    return new Generator(this._ctx.selectNode(id, "Generator"));
  }

  /** The `GeneratorGroup` of that ID. */
  loadGeneratorGroupFromID(id: GeneratorGroupID | ID): GeneratorGroup {
    return new GeneratorGroup(this._ctx.selectNode(id, "GeneratorGroup"));
  }

  /** The `GitRef` of that ID. */
  loadGitRefFromID(id: GitRefID | ID): GitRef {
    return new GitRef(this._ctx.selectNode(id, "GitRef"));
  }

  /** The `GitRepository` of that ID. */
  loadGitRepositoryFromID(id: GitRepositoryID | ID): GitRepository {
    return new GitRepository(this._ctx.selectNode(id, "GitRepository"));
  }

  /** The `HTTPState` of that ID. */
  loadHTTPStateFromID(id: HTTPStateID | ID): HTTPState {
    return new HTTPState(this._ctx.selectNode(id, "HTTPState"));
  }

  /** The `HealthcheckConfig` of that ID. */
  loadHealthcheckConfigFromID(id: HealthcheckConfigID | ID): HealthcheckConfig {
    return new HealthcheckConfig(this._ctx.selectNode(id, "HealthcheckConfig"));
  }

  /** The `Host` of that ID. */
  loadHostFromID(id: HostID | ID): Host {
    return new Host(this._ctx.selectNode(id, "Host"));
  }

  /** The `InputTypeDef` of that ID. */
  loadInputTypeDefFromID(id: InputTypeDefID | ID): InputTypeDef {
    return new InputTypeDef(this._ctx.selectNode(id, "InputTypeDef"));
  }

  /** The `InterfaceTypeDef` of that ID. */
  loadInterfaceTypeDefFromID(id: InterfaceTypeDefID | ID): InterfaceTypeDef {
    return new InterfaceTypeDef(this._ctx.selectNode(id, "InterfaceTypeDef"));
  }

  /** The `JSONValue` of that ID. */
  loadJSONValueFromID(id: JSONValueID | ID): JSONValue {
    return new JSONValue(this._ctx.selectNode(id, "JSONValue"));
  }

  /** The `Label` of that ID. */
  loadLabelFromID(id: LabelID | ID): Label {
    return new Label(this._ctx.selectNode(id, "Label"));
  }

  /** The `ListTypeDef` of that ID. */
  loadListTypeDefFromID(id: ListTypeDefID | ID): ListTypeDef {
    return new ListTypeDef(this._ctx.selectNode(id, "ListTypeDef"));
  }

  /** The `Module` of that ID. */
  loadModuleFromID(id: ModuleID | ID): Module_ {
    return new Module_(this._ctx.selectNode(id, "Module"));
  }

  /** The `ModuleConfigClient` of that ID. */
  loadModuleConfigClientFromID(id: ModuleConfigClientID | ID): ModuleConfigClient {
    return new ModuleConfigClient(this._ctx.selectNode(id, "ModuleConfigClient"));
  }

  /** The `ModuleSource` of that ID. */
  loadModuleSourceFromID(id: ModuleSourceID | ID): ModuleSource {
    return new ModuleSource(this._ctx.selectNode(id, "ModuleSource"));
  }

  /** The `Node` of that ID. */
  loadNodeFromID(id: NodeID | ID): Node {
    return new _NodeClient(this._ctx.selectNode(id, "Node"));
  }

  /** The `ObjectTypeDef` of that ID. */
  loadObjectTypeDefFromID(id: ObjectTypeDefID | ID): ObjectTypeDef {
    return new ObjectTypeDef(this._ctx.selectNode(id, "ObjectTypeDef"));
  }

  /** The `Port` of that ID. */
  loadPortFromID(id: PortID | ID): Port {
    return new Port(this._ctx.selectNode(id, "Port"));
  }

  /** The `RemoteGitMirror` of that ID. */
  loadRemoteGitMirrorFromID(id: RemoteGitMirrorID | ID): RemoteGitMirror {
    return new RemoteGitMirror(this._ctx.selectNode(id, "RemoteGitMirror"));
  }

  /** The `SDKConfig` of that ID. */
  loadSDKConfigFromID(id: SDKConfigID | ID): SDKConfig {
    return new SDKConfig(this._ctx.selectNode(id, "SDKConfig"));
  }

  /** The `ScalarTypeDef` of that ID. */
  loadScalarTypeDefFromID(id: ScalarTypeDefID | ID): ScalarTypeDef {
    return new ScalarTypeDef(this._ctx.selectNode(id, "ScalarTypeDef"));
  }

  /** The `SearchResult` of that ID. */
  loadSearchResultFromID(id: SearchResultID | ID): SearchResult {
    return new SearchResult(this._ctx.selectNode(id, "SearchResult"));
  }

  /** The `SearchSubmatch` of that ID. */
  loadSearchSubmatchFromID(id: SearchSubmatchID | ID): SearchSubmatch {
    return new SearchSubmatch(this._ctx.selectNode(id, "SearchSubmatch"));
  }

  /** The `Secret` of that ID. */
  loadSecretFromID(id: SecretID | ID): Secret {
    return new Secret(this._ctx.selectNode(id, "Secret"));
  }

  /** The `Service` of that ID. */
  loadServiceFromID(id: ServiceID | ID): Service {
    return new Service(this._ctx.selectNode(id, "Service"));
  }

  /** The `Socket` of that ID. */
  loadSocketFromID(id: SocketID | ID): Socket {
    return new Socket(this._ctx.selectNode(id, "Socket"));
  }

  /** The `SourceMap` of that ID. */
  loadSourceMapFromID(id: SourceMapID | ID): SourceMap {
    return new SourceMap(this._ctx.selectNode(id, "SourceMap"));
  }

  /** The `Stat` of that ID. */
  loadStatFromID(id: StatID | ID): Stat {
    return new Stat(this._ctx.selectNode(id, "Stat"));
  }

  /** The `Syncer` of that ID. */
  loadSyncerFromID(id: SyncerID | ID): Syncer {
    return new _SyncerClient(this._ctx.selectNode(id, "Syncer"));
  }

  /** The `Terminal` of that ID. */
  loadTerminalFromID(id: TerminalID | ID): Terminal {
    return new Terminal(this._ctx.selectNode(id, "Terminal"));
  }

  /** The `TypeDef` of that ID. */
  loadTypeDefFromID(id: TypeDefID | ID): TypeDef {
    return new TypeDef(this._ctx.selectNode(id, "TypeDef"));
  }

  /** The `Up` of that ID. */
  loadUpFromID(id: UpID | ID): Up {
    return new Up(this._ctx.selectNode(id, "Up"));
  }

  /** The `UpGroup` of that ID. */
  loadUpGroupFromID(id: UpGroupID | ID): UpGroup {
    return new UpGroup(this._ctx.selectNode(id, "UpGroup"));
  }

  /** The `Workspace` of that ID. */
  loadWorkspaceFromID(id: WorkspaceID | ID): Workspace {
    return new Workspace(this._ctx.selectNode(id, "Workspace"));
  }

  /** Sends documents of one's own. */
  getGQLClient(): GraphQLClient {
    return new GraphQLClient();
  }
}

export class RemoteGitMirror extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<RemoteGitMirrorID> {
    return this._ctx.id<RemoteGitMirrorID>();
  }
}

export class SDKConfig extends BaseClient {
  debug(): Promise<boolean> {
    return this._ctx.select("debug").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<SDKConfigID> {
    return this._ctx.id<SDKConfigID>();
  }

  source(): Promise<string> {
    return this._ctx.select("source").execute();
  }
}

/** What a scalar is. */
export class ScalarTypeDef extends BaseClient {
  /** Its documentation. */
  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<ScalarTypeDefID> {
    return this._ctx.id<ScalarTypeDefID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** The module that it is from; empty for the core API. */
  sourceModuleName(): Promise<string> {
    return this._ctx.select("sourceModuleName").execute();
  }
}

export class SearchResult extends BaseClient {
  absoluteOffset(): Promise<number> {
    return this._ctx.select("absoluteOffset").execute();
  }

  filePath(): Promise<string> {
    return this._ctx.select("filePath").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<SearchResultID> {
    return this._ctx.id<SearchResultID>();
  }

  lineNumber(): Promise<number> {
    return this._ctx.select("lineNumber").execute();
  }

  matchedLines(): Promise<string> {
    return this._ctx.select("matchedLines").execute();
  }

  submatches(): Promise<SearchSubmatch[]> {
    return this._ctx.select("submatches").objects("SearchSubmatch", SearchSubmatch);
  }
}

export class SearchSubmatch extends BaseClient {
  end(): Promise<number> {
    return this._ctx.select("end").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<SearchSubmatchID> {
    return this._ctx.id<SearchSubmatchID>();
  }

  start(): Promise<number> {
    return this._ctx.select("start").execute();
  }

  text(): Promise<string> {
    return this._ctx.select("text").execute();
  }
}

/** A value that is never written to logs, images or caches. */
export class Secret extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<SecretID> {
    return this._ctx.id<SecretID>();
  }

  /** Its name. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** The value itself. */
  plaintext(): Promise<string> {
    return this._ctx.select("plaintext").execute();
  }

  /** Where it comes from. */
  uri(): Promise<string> {
    return this._ctx.select("uri").execute();
  }
}

export type ServiceEndpointOpts = {
  /** Port; the first exposed one by default. */
  port?: number;

  /** Scheme that makes it a URL, such as `http`. */
  scheme?: string;
};

export type ServiceStopOpts = {
  /** Does not give it time to end. */
  kill?: boolean;
};

export type ServiceTerminalOpts = {
  /** Program to run; a shell by default. */
  cmd?: string[];
};

export type ServiceUpOpts = {
  /** Which ports lead where. */
  ports?: PortForward[];

  /** Takes free ports of the machine instead of the same ones. */
  random?: boolean;
};

/** A container that runs beside others while they need it. */
export class Service extends BaseClient {
  /** Address to reach it at. */
  endpoint(opts?: ServiceEndpointOpts): Promise<string> {
    return this._ctx.select("endpoint", { ...opts }).execute();
  }

  /** Host name to reach it under. */
  hostname(): Promise<string> {
    return this._ctx.select("hostname").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<ServiceID> {
    return this._ctx.id<ServiceID>();
  }

  /** Ports that it exposes. */
  ports(): Promise<Port[]> {
    return this._ctx.select("ports").objects("Port", Port);
  }

  /** Starts it and waits until its ports answer. */
  start(): Promise<Service> {
    return this._ctx.select("start").synced("Service", Service);
  }

  /** Stops it. */
  stop(opts?: ServiceStopOpts): Promise<Service> {
    return this._ctx.select("stop", { ...opts }).synced("Service", Service);
  }

  /** Evaluates its container. */
  sync(): Promise<Service> {
    return this._ctx.select("sync").synced("Service", Service);
  }

  /** Opens a terminal in it. */
  terminal(opts?: ServiceTerminalOpts): Service {
    return new Service(this._ctx.select("terminal", { ...opts }));
  }

  /** Runs it with ports that the caller's machine can reach, until it is interrupted. */
  up(opts?: ServiceUpOpts): Promise<void> {
    return this._ctx.select("up", { ...opts }, { ports: PORT_FORWARD }).nothing();
  }

  /**
   * Sets its host name.
   *
   * @param hostname The host name.
   */
  withHostname(hostname: string): Service {
    return new Service(this._ctx.select("withHostname", { hostname }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: Service) => Service): Service {
    return arg(this);
  }
}

/** A Unix socket. */
export class Socket extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<SocketID> {
    return this._ctx.id<SocketID>();
  }
}

/** Where something is declared in a module's source. */
export class SourceMap extends BaseClient {
  /** The column, from 1. */
  column(): Promise<number> {
    return this._ctx.select("column").execute();
  }

  /** The file, from the module's source directory. */
  filename(): Promise<string> {
    return this._ctx.select("filename").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<SourceMapID> {
    return this._ctx.id<SourceMapID>();
  }

  /** The line, from 1. */
  line(): Promise<number> {
    return this._ctx.select("line").execute();
  }

  /** Name of the module; empty outside of one. */
  module_(): Promise<string> {
    return this._ctx.select("module").execute();
  }

  /** Where it can be read; empty when it cannot. */
  url(): Promise<string> {
    return this._ctx.select("url").execute();
  }
}

export class Stat extends BaseClient {
  fileType(): Promise<FileType> {
    return this._ctx.select("fileType").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<StatID> {
    return this._ctx.id<StatID>();
  }

  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  permissions(): Promise<number> {
    return this._ctx.select("permissions").execute();
  }

  size(): Promise<number> {
    return this._ctx.select("size").execute();
  }
}

/** Whatever can be evaluated. */
export interface Syncer {
  /** Identifies the object within the session. */
  id(): Promise<ID>;

  /** Evaluates it, and fails when something that it comes from does. */
  sync(): Promise<Syncer>;
}

/** The `Syncer` whose type is not known. */
export class _SyncerClient extends BaseClient implements Syncer {
  /** Identifies the object within the session. */
  id(): Promise<ID> {
    return this._ctx.id<ID>();
  }

  /** Evaluates it, and fails when something that it comes from does. */
  sync(): Promise<Syncer> {
    return this._ctx.select("sync").synced("Syncer", _SyncerClient);
  }
}

export class Terminal extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<TerminalID> {
    return this._ctx.id<TerminalID>();
  }

  sync(): Promise<Terminal> {
    return this._ctx.select("sync").synced("Terminal", Terminal);
  }
}

export type TypeDefWithEnumOpts = {
  description?: string;

  sourceMap?: SourceMap;
};

export type TypeDefWithEnumMemberOpts = {
  value?: string;

  description?: string;

  sourceMap?: SourceMap;

  deprecated?: string;
};

export type TypeDefWithEnumValueOpts = {
  description?: string;

  sourceMap?: SourceMap;

  deprecated?: string;
};

export type TypeDefWithFieldOpts = {
  description?: string;

  sourceMap?: SourceMap;

  deprecated?: string;
};

export type TypeDefWithInterfaceOpts = {
  description?: string;

  sourceMap?: SourceMap;
};

export type TypeDefWithObjectOpts = {
  description?: string;

  sourceMap?: SourceMap;

  deprecated?: string;
};

export type TypeDefWithScalarOpts = {
  description?: string;
};

/** A type, as functions take and return it or as a module declares it. */
export class TypeDef extends BaseClient {
  /** What an enum is made of; null for other kinds. */
  asEnum(): EnumTypeDef {
    return new EnumTypeDef(this._ctx.select("asEnum"));
  }

  /** What an input is made of; null for other kinds. */
  asInput(): InputTypeDef {
    return new InputTypeDef(this._ctx.select("asInput"));
  }

  /** What an interface is made of; null for other kinds. */
  asInterface(): InterfaceTypeDef {
    return new InterfaceTypeDef(this._ctx.select("asInterface"));
  }

  /** What a list is made of; null for other kinds. */
  asList(): ListTypeDef {
    return new ListTypeDef(this._ctx.select("asList"));
  }

  /** What an object is made of; null for other kinds. */
  asObject(): ObjectTypeDef {
    return new ObjectTypeDef(this._ctx.select("asObject"));
  }

  /** What a scalar is; null for other kinds. */
  asScalar(): ScalarTypeDef {
    return new ScalarTypeDef(this._ctx.select("asScalar"));
  }

  /** Identifies the object within the session. */
  id(): Promise<TypeDefID> {
    return this._ctx.id<TypeDefID>();
  }

  /** What it is. */
  kind(): Promise<TypeDefKind> {
    return this._ctx.select("kind").execute();
  }

  /** Its name, whether or not it is optional; a list is named by its elements. */
  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  /** Whether null is one of its values. */
  optional(): Promise<boolean> {
    return this._ctx.select("optional").execute();
  }

  /** An object with this constructor. */
  withConstructor(function_: Function_): TypeDef {
    return new TypeDef(this._ctx.select("withConstructor", { function: function_ }));
  }

  /** An enum without members. */
  withEnum(name: string, opts?: TypeDefWithEnumOpts): TypeDef {
    return new TypeDef(this._ctx.select("withEnum", { name, ...opts }));
  }

  /** An enum with one more member. */
  withEnumMember(name: string, opts?: TypeDefWithEnumMemberOpts): TypeDef {
    return new TypeDef(this._ctx.select("withEnumMember", { name, ...opts }));
  }

  /**
   * An enum with one more member whose name is its value.
   *
   * @deprecated Use `withEnumMember` instead
   */
  withEnumValue(value: string, opts?: TypeDefWithEnumValueOpts): TypeDef {
    return new TypeDef(this._ctx.select("withEnumValue", { value, ...opts }));
  }

  /** An object with one more field. */
  withField(name: string, typeDef: TypeDef, opts?: TypeDefWithFieldOpts): TypeDef {
    return new TypeDef(this._ctx.select("withField", { name, typeDef, ...opts }));
  }

  /** An object or interface with one more function. */
  withFunction(function_: Function_): TypeDef {
    return new TypeDef(this._ctx.select("withFunction", { function: function_ }));
  }

  /** An interface without functions. */
  withInterface(name: string, opts?: TypeDefWithInterfaceOpts): TypeDef {
    return new TypeDef(this._ctx.select("withInterface", { name, ...opts }));
  }

  /** A type of this kind. */
  withKind(kind: TypeDefKind): TypeDef {
    return new TypeDef(this._ctx.select("withKind", { kind }, { kind: ENUM }));
  }

  /** A list of this type. */
  withListOf(elementType: TypeDef): TypeDef {
    return new TypeDef(this._ctx.select("withListOf", { elementType }));
  }

  /** An object without fields and functions. */
  withObject(name: string, opts?: TypeDefWithObjectOpts): TypeDef {
    return new TypeDef(this._ctx.select("withObject", { name, ...opts }));
  }

  /** The type with or without null among its values. */
  withOptional(optional: boolean): TypeDef {
    return new TypeDef(this._ctx.select("withOptional", { optional }));
  }

  /** A scalar. */
  withScalar(name: string, opts?: TypeDefWithScalarOpts): TypeDef {
    return new TypeDef(this._ctx.select("withScalar", { name, ...opts }));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: TypeDef) => TypeDef): TypeDef {
    return arg(this);
  }
}

export class Up extends BaseClient {
  description(): Promise<string> {
    return this._ctx.select("description").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<UpID> {
    return this._ctx.id<UpID>();
  }

  name(): Promise<string> {
    return this._ctx.select("name").execute();
  }

  originalModule(): Module_ {
    return new Module_(this._ctx.select("originalModule"));
  }

  path(): Promise<string[]> {
    return this._ctx.select("path").execute();
  }

  run(): Up {
    return new Up(this._ctx.select("run"));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: Up) => Up): Up {
    return arg(this);
  }
}

export class UpGroup extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<UpGroupID> {
    return this._ctx.id<UpGroupID>();
  }

  list(): Promise<Up[]> {
    return this._ctx.select("list").objects("Up", Up);
  }

  run(): UpGroup {
    return new UpGroup(this._ctx.select("run"));
  }

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: UpGroup) => UpGroup): UpGroup {
    return arg(this);
  }
}

export type WorkspaceChecksOpts = {
  include?: string[];

  noGenerate?: boolean;

  onlyGenerate?: boolean;
};

export type WorkspaceDirectoryOpts = {
  exclude?: string[];

  include?: string[];

  gitignore?: boolean;
};

export type WorkspaceFindUpOpts = {
  from?: string;
};

export type WorkspaceGeneratorsOpts = {
  include?: string[];
};

export type WorkspaceServicesOpts = {
  include?: string[];
};

export class Workspace extends BaseClient {
  address(): Promise<string> {
    return this._ctx.select("address").execute();
  }

  checks(opts?: WorkspaceChecksOpts): CheckGroup {
    return new CheckGroup(this._ctx.select("checks", { ...opts }));
  }

  clientId(): Promise<string> {
    return this._ctx.select("clientId").execute();
  }

  configPath(): Promise<string> {
    return this._ctx.select("configPath").execute();
  }

  directory(path: string, opts?: WorkspaceDirectoryOpts): Directory {
    return new Directory(this._ctx.select("directory", { path, ...opts }));
  }

  file(path: string): File {
    return new File(this._ctx.select("file", { path }));
  }

  findUp(name: string, opts?: WorkspaceFindUpOpts): Promise<string> {
    return this._ctx.select("findUp", { name, ...opts }).execute();
  }

  generators(opts?: WorkspaceGeneratorsOpts): GeneratorGroup {
    return new GeneratorGroup(this._ctx.select("generators", { ...opts }));
  }

  hasConfig(): Promise<boolean> {
    return this._ctx.select("hasConfig").execute();
  }

  /** Identifies the object within the session. */
  id(): Promise<WorkspaceID> {
    return this._ctx.id<WorkspaceID>();
  }

  initialized(): Promise<boolean> {
    return this._ctx.select("initialized").execute();
  }

  path(): Promise<string> {
    return this._ctx.select("path").execute();
  }

  services(opts?: WorkspaceServicesOpts): UpGroup {
    return new UpGroup(this._ctx.select("services", { ...opts }));
  }

  /** Experimental: Experimental workspace update API currently refreshes existing lockfile entries only. */
  update(): Changeset {
    return new Changeset(this._ctx.select("update"));
  }
}

/** Where every pipeline starts. */
export const dag: Client = new Client();

register({
  Address,
  CacheVolume,
  Changeset,
  Check,
  CheckGroup,
  ClientFilesyncMirror,
  Container,
  CurrentModule,
  DiffStat,
  Directory,
  Engine,
  EngineCache,
  EngineCacheEntry,
  EngineCacheEntrySet,
  EnumTypeDef,
  EnumValueTypeDef,
  EnvFile,
  EnvVariable,
  Error,
  ErrorValue,
  Exportable: _ExportableClient,
  FieldTypeDef,
  File,
  Function: Function_,
  FunctionArg,
  FunctionCall,
  FunctionCallArgValue,
  GeneratedCode,
  Generator,
  GeneratorGroup,
  GitRef,
  GitRepository,
  HTTPState,
  HealthcheckConfig,
  Host,
  InputTypeDef,
  InterfaceTypeDef,
  JSONValue,
  Label,
  ListTypeDef,
  Module: Module_,
  ModuleConfigClient,
  ModuleSource,
  Node: _NodeClient,
  ObjectTypeDef,
  Port,
  RemoteGitMirror,
  SDKConfig,
  ScalarTypeDef,
  SearchResult,
  SearchSubmatch,
  Secret,
  Service,
  Socket,
  SourceMap,
  Stat,
  Syncer: _SyncerClient,
  Terminal,
  TypeDef,
  Up,
  UpGroup,
  Workspace,
});
