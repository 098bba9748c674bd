// Explains what a module does not have: QuickJS only says that a name is not defined.

import { CapturedError, exec, hasOwn, text } from "./primordials.js";

const MEMORY = "the module reached its memory limit; process large data in a container: dag.container()";
const NETWORK = "a module has no network; fetch with dag.http(), or do it in a container: dag.container()";
const FILES = "a module has no file system; the caller's files arrive as Directory or File arguments";
const PROCESSES = "a module cannot start processes; run the command in a container: dag.container().from(…).withExec([…])";
const THREADS = "a module has one thread; run things concurrently with Promise.all()";

/** By the name that is not defined. */
const NAMES = {
  Bun: "modules do not run in Bun; use the SDK's own API",
  Deno: "modules do not run in Deno; use the SDK's own API",
  Intl: "there is no Intl in a module; format with plain JavaScript",
  Request: NETWORK,
  Response: NETWORK,
  WebAssembly: "WebAssembly cannot be compiled in a module; run it in a container: dag.container()",
  WebSocket: NETWORK,
  Worker: THREADS,
  XMLHttpRequest: NETWORK,
  __dirname: FILES,
  __filename: FILES,
  document: "modules do not run in a browser",
  exports: "this file is an ES module; use `export`",
  module: "this file is an ES module; use `export`",
  require: "this file is an ES module; use `import`",
  window: "modules do not run in a browser; use globalThis",
};

/** What to do instead; undefined when the error says enough. */
export function advice(error) {
  if (!(error instanceof CapturedError)) return undefined;
  const message = text(error.message);
  if (error.name === "InternalError" && message === "out of memory") return MEMORY;
  const name = exec(/^(?:'?)([A-Za-z_$][\w$]*)(?:'?) is not defined$/, message)?.[1];
  if (name !== undefined && hasOwn(NAMES, name)) return NAMES[name];
  if (exec(/\bnode:fs\b/, message)) return FILES;
  if (exec(/\bnode:child_process\b/, message)) return PROCESSES;
  return undefined;
}
