// `process`, as far as packages look at it: nothing of the machine shows.

import { log, monotonic } from "dockwright:native";
import { queueMicrotask } from "./timers.js";

const absent = (what, instead) => {
  throw new Error(`${what} is not available in a module: ${instead}`);
};

/** A stream that ends up in the call's log. A line break at the end is the log's own. */
const stream = (level, fd) => ({
  fd,
  isTTY: false,
  columns: 80,
  writable: true,
  write(chunk, encoding, callback) {
    const text = typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk);
    log(level, text.endsWith("\n") ? text.slice(0, -1) : text);
    const done = typeof encoding === "function" ? encoding : callback;
    if (typeof done === "function") process.nextTick(done);
    return true;
  },
  end(chunk) {
    if (chunk !== undefined) this.write(chunk);
    return this;
  },
  on() { return this; },
  once() { return this; },
  off() { return this; },
  emit() { return false; },
});

/** There are no events; whoever listens waits in vain, as for signals that do not come. */
const silent = () => process;

function hrtime(since) {
  const now = monotonic();
  const seconds = Math.floor(now / 1e3);
  const nanoseconds = Math.round((now % 1e3) * 1e6);
  if (since === undefined) return [seconds, nanoseconds];
  const difference = nanoseconds - since[1];
  return difference < 0 ? [seconds - since[0] - 1, difference + 1e9] : [seconds - since[0], difference];
}
hrtime.bigint = () => BigInt(Math.round(monotonic() * 1e6));

export const process = {
  title: "dockwright",
  env: {},
  argv: ["dockwright", "module"],
  argv0: "dockwright",
  execArgv: [],
  execPath: "/dockwright",
  platform: "linux",
  arch: "wasm32",
  pid: 1,
  ppid: 0,
  // No version of node: packages that ask take what they need no node for.
  version: "",
  versions: {},
  release: {},
  exitCode: undefined,
  stdout: stream(1, 1),
  stderr: stream(3, 2),
  cwd: () => "/src",
  chdir: () => absent("process.chdir()", "there are no folders; the caller's files arrive as Directory and File arguments"),
  exit: (code) => absent(`process.exit(${code ?? ""})`, "throw an error to fail, return to succeed"),
  abort: () => absent("process.abort()", "throw an error to fail"),
  kill: () => absent("process.kill()", "there are no processes; run commands in a container"),
  nextTick: (callback, ...args) => queueMicrotask(() => Reflect.apply(callback, undefined, args)),
  hrtime,
  uptime: () => monotonic() / 1e3,
  memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  emitWarning: (warning) => log(2, `Warning: ${warning?.message ?? warning}`),
  on: silent,
  once: silent,
  off: silent,
  addListener: silent,
  removeListener: silent,
  removeAllListeners: silent,
  emit: () => false,
  listeners: () => [],
  listenerCount: () => 0,
};
