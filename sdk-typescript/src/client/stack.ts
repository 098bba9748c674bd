/**
 * Where in the user's code an error belongs.
 *
 * A request fails long after it was made, when the stack holds nothing of the user's. So the place is taken when a method that
 * sends something is called, and put into the error that comes of it.
 */

import { CapturedError, exec, indexOf, join, matches, split } from "../primordials.js";

const PROBE = rawStack();

/** What the names of the SDK's files begin with in a stack. */
const OWN_FILES: string = exec(/(?:\(|at )([^()\s]*)client\/stack\.[jt]s:\d+/, PROBE)?.[1] || "sdk:";

/** Whether this engine begins a stack with the error's name and message. */
const HAS_HEADER: boolean = indexOf(PROBE, "Error") === 0;

const FRAME = /^\s*at /;

/** The frames of the code that called the SDK, one a line. */
export function callSite(): string {
  return userFrames(rawStack());
}

/** The frames of a stack that are not the SDK's. */
export function userFrames(stack: unknown): string {
  if (typeof stack !== "string") return "";
  const lines = split(stack, "\n");
  const kept: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (matches(FRAME, line) && !isOwn(line)) kept[kept.length] = line;
  }
  return join(kept, "\n");
}

/** Gives the error the frames of a place; without any it keeps its own. */
export function placeAt(error: unknown, site: string): void {
  if (!(error instanceof CapturedError) || site === "") return;
  error.stack = HAS_HEADER ? `${error.name}: ${error.message}\n${site}` : site;
}

function isOwn(line: string): boolean {
  return indexOf(line, `(${OWN_FILES}`) >= 0 || indexOf(line, `at ${OWN_FILES}`) >= 0;
}

function rawStack(): string {
  const { stack } = new CapturedError();
  return typeof stack === "string" ? stack : "";
}
