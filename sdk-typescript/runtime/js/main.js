// What the Rust side calls. Importing this file makes the whole snapshot: globals first, then the SDK.

import "./globals.js";
import * as sdk from "@dagger.io/dagger";
import * as entry from "dockwright:sdk-entry";
import { provide } from "./commonjs.js";
import { complete } from "./host.js";
import { outcome } from "./outcome.js";
import { parse } from "./primordials.js";
import { fire, report } from "./timers.js";

export { complete, fire };

provide("@dagger.io/dagger", sdk);

/** Evaluates a file of the bundle. */
export function load(id) {
  return outcome(async () => {
    await import(id);
    return "";
  }, entry.failure);
}

/** Calls a function of the module; resolves to an outcome whose value is JSON text. */
export function invoke(types, parentType, parent, name, args) {
  return outcome(
    () => entry.invoke(parse(types), { parentType, parent, name, arguments: args }),
    entry.failure,
  );
}

/** Logs a rejection that nothing handles. */
export function unhandled(reason) {
  report("Unhandled promise rejection:", reason);
}
