// What became of a promise, as text for Rust: the value or the failure. Never rejects, as long as there is memory.

import { advice } from "./advice.js";
import { CapturedError, json, stringify, text } from "./primordials.js";

/**
 * Runs a function. `failureOf` is the SDK's: kind, message and extensions of an error.
 */
export async function outcome(run, failureOf) {
  try {
    return `{"ok":${stringify(await run())}}`;
  } catch (error) {
    return `{"failure":${json(describe(error, failureOf))}}`;
  }
}

function describe(error, failureOf) {
  const told = attempt(() => failureOf(error)) ?? plain(error);
  const hint = advice(error);
  return {
    kind: text(told.kind),
    message: hint ? `${told.message}\nhint: ${hint}` : text(told.message),
    stack: typeof told.stack === "string" ? told.stack : "",
    extensions: told.extensions ?? {},
  };
}

/** What is known without the SDK, which tells all errors that leave it the memory and the stack to do so. */
function plain(error) {
  const kind = attempt(() => error.name);
  const message = attempt(() => (error instanceof CapturedError ? error.message : text(error)));
  return { kind: kind || "Error", message: message || "an error without a message", stack: attempt(() => error.stack) };
}

/** The result; undefined when the user's getters or proxies throw. */
function attempt(run) {
  try {
    return run();
  } catch {
    return undefined;
  }
}
