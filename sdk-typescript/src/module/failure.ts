/** What was thrown, as the host reports it: in the user's terms, with the user's frames. */

import { type Data, json } from "../client/json.js";
import { describe } from "../client/literal.js";
import { userFrames } from "../client/stack.js";
import { ExecError } from "../errors/exec_error.js";
import { EXEC_ERROR } from "../errors/from_response.js";
import { GraphQLRequestError } from "../errors/graphql_request_error.js";
import { CapturedError, isArray, isObject, keys, parse, type Table, table } from "../primordials.js";

/** A failed call. */
export interface Failure {
  /** Name of the error's class. */
  kind: string;
  /** What failed. */
  message: string;
  /** The frames of the user's code, and those of what caused it; one a line. */
  stack: string;
  /** Structured values. */
  extensions: { [name: string]: unknown };
}

/** How many causes are followed. */
const MAX_CAUSES = 8;

/** What the host is told. It never throws, whatever the error's own properties do. */
export function failure(error: unknown): Failure {
  const cause = sole(error);
  return {
    kind: safely(() => kind(cause), "Error"),
    message: safely(() => message(cause), "an error that cannot be described"),
    stack: safely(() => stack(cause), ""),
    extensions: safely(() => extensions(cause), table<unknown>()),
  };
}

function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** A group of one is its member. */
function sole(error: unknown): unknown {
  const members = safely(() => grouped(error), []);
  return members.length === 1 ? sole(members[0]) : error;
}

function grouped(error: unknown): readonly unknown[] {
  const errors: unknown = error instanceof CapturedError ? (error as { errors?: unknown }).errors : undefined;
  return isArray(errors) ? errors : [];
}

function kind(error: unknown): string {
  if (!(error instanceof CapturedError)) return "Error";
  if (typeof error.name === "string" && error.name !== "" && error.name !== "Error") return error.name;
  return error.constructor.name || "Error";
}

function message(error: unknown): string {
  if (!(error instanceof CapturedError)) return thrown(error);
  const members = grouped(error);
  let text = error.message === "" && members.length === 0 ? kind(error) : `${error.message}`;
  for (let i = 0; i < members.length; i++) text += `${text === "" ? "" : "\n"}${message(members[i])}`;
  return text;
}

/** Something thrown that is no error. */
function thrown(value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  const own: unknown = isObject(value) ? (value as { message?: unknown }).message : undefined;
  if (typeof own === "string" && own !== "") return own;
  return `${isObject(value) ? describe(value) : String(value)} was thrown, which is no Error`;
}

function stack(error: unknown): string {
  let text = "";
  let at = error;
  for (let depth = 0; depth < MAX_CAUSES && at instanceof CapturedError; depth++) {
    const frames = userFrames(at.stack);
    if (depth > 0) text += `${text === "" ? "" : "\n"}Caused by: ${kind(at)}: ${message(at)}`;
    if (frames !== "") text += `${text === "" ? "" : "\n"}${frames}`;
    at = at.cause;
  }
  return text;
}

/** Those of the first error that has some. */
function extensions(error: unknown): Table<unknown> {
  const members = grouped(error);
  for (let i = 0; i < members.length; i++) {
    const found = extensions(members[i]);
    if (keys(found).length > 0) return found;
  }
  if (error instanceof ExecError) {
    const values = data(error.extensions);
    values._type = EXEC_ERROR;
    values.cmd = error.cmd;
    values.exitCode = error.exitCode;
    values.stdout = error.stdout;
    values.stderr = error.stderr;
    return values;
  }
  return error instanceof GraphQLRequestError ? data(error.extensions) : table<unknown>();
}

function data(values: object | undefined): Table<unknown> {
  return table(values === undefined ? {} : (parse(json(values)) as { [name: string]: Data }));
}
