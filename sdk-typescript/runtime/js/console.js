// The console: every call is one entry of the call's log.

import { log, monotonic } from "dockwright:native";
import { format } from "./format.js";
import { inspect } from "./inspect.js";
import { table } from "./table.js";

const DEBUG = 0;
const INFO = 1;
const WARN = 2;
const ERROR = 3;

let indent = "";
const counts = new Map();
const starts = new Map();

function write(level, text) {
  log(level, indent === "" ? text : text.split("\n").map((line) => indent + line).join("\n"));
}

const duration = (milliseconds) =>
  milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(3)}s` : `${milliseconds.toFixed(3)}ms`;

function elapsed(label) {
  const start = starts.get(label);
  if (start === undefined) {
    write(WARN, `No such label '${label}' for console.time()`);
    return undefined;
  }
  return duration(monotonic() - start);
}

// Methods can be taken off the object and passed on.
export const console = {
  log: (...args) => write(INFO, format(args)),
  info: (...args) => write(INFO, format(args)),
  debug: (...args) => write(DEBUG, format(args)),
  warn: (...args) => write(WARN, format(args)),
  error: (...args) => write(ERROR, format(args)),
  trace: (...args) => write(ERROR, inspect(Object.assign(new Error(format(args)), { name: "Trace" }))),
  dir: (value, options) => write(INFO, inspect(value, options)),
  dirxml: (...args) => write(INFO, format(args)),
  table: (data, columns) => write(INFO, table(data, columns)),
  assert: (condition, ...args) => {
    if (!condition) write(ERROR, args.length === 0 ? "Assertion failed" : `Assertion failed: ${format(args)}`);
  },
  count: (label = "default") => {
    const count = (counts.get(String(label)) ?? 0) + 1;
    counts.set(String(label), count);
    write(INFO, `${label}: ${count}`);
  },
  countReset: (label = "default") => void counts.delete(String(label)),
  time: (label = "default") => void starts.set(String(label), monotonic()),
  timeLog: (label = "default", ...args) => {
    const time = elapsed(String(label));
    if (time !== undefined) write(INFO, format([`${label}: ${time}`, ...args]));
  },
  timeEnd: (label = "default") => {
    const time = elapsed(String(label));
    if (time !== undefined) write(INFO, `${label}: ${time}`);
    starts.delete(String(label));
  },
  group: (...args) => {
    if (args.length > 0) write(INFO, format(args));
    indent += "  ";
  },
  groupCollapsed: (...args) => console.group(...args),
  groupEnd: () => {
    indent = indent.slice(2);
  },
};
