import { isArray, isObject } from "../primordials.js";
import type { DaggerSDKError } from "./base.js";
import { ExecError, type Extensions } from "./exec_error.js";
import { type GraphQLRequest, GraphQLRequestError, type GraphQLResponse } from "./graphql_request_error.js";

/** What the API calls the failure of a command. */
export const EXEC_ERROR = "EXEC_ERROR";

/** The error for a response's `errors`: an `ExecError` when the first one says so. */
export function fromResponse(request: GraphQLRequest, response: GraphQLResponse): DaggerSDKError {
  const first = response.errors?.[0];
  const message =
    typeof first?.message === "string" ? first.message : "the API answered with an error without a message";
  const extensions: Extensions = isObject(first?.extensions) ? first.extensions : {};
  if (extensions._type === EXEC_ERROR) {
    return new ExecError(message, {
      cmd: isArray(extensions.cmd) ? (extensions.cmd as string[]) : [],
      exitCode: typeof extensions.exitCode === "number" ? extensions.exitCode : -1,
      stdout: typeof extensions.stdout === "string" ? extensions.stdout : "",
      stderr: typeof extensions.stderr === "string" ? extensions.stderr : "",
      extensions,
    });
  }
  return new GraphQLRequestError(message, { error: { request, response } });
}
