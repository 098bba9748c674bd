/** Sends a document to the API. */

/// <reference path="../host.d.ts" />
import { request } from "dockwright:host";
import { fromResponse } from "../errors/from_response.js";
import type { GraphQLResponse } from "../errors/graphql_request_error.js";
import { UnknownDaggerError } from "../errors/other_errors.js";
import { CapturedError, isArray, isObject, parse } from "../primordials.js";

/** A request with its variables as JSON text. */
export interface Outgoing {
  /** The document. */
  query: string;
  /** A JSON object. */
  variables?: string | undefined;
  /** Cancels it. */
  signal?: AbortSignal | undefined;
}

/**
 * The `data` of the response.
 *
 * Rejects with an `ExecError` or a `GraphQLRequestError` when the API answers with errors, with an `UnknownDaggerError` when it
 * does not answer.
 */
export async function send({ query, variables, signal }: Outgoing): Promise<unknown> {
  const response = read(await answer(query, variables, signal));
  if (isArray(response.errors) && response.errors.length > 0) {
    const sent = variables === undefined ? { query } : { query, variables: parse(variables) };
    throw fromResponse(sent, response);
  }
  return response.data;
}

async function answer(query: string, variables: string | undefined, signal: AbortSignal | undefined): Promise<string> {
  try {
    return await request(query, variables, signal);
  } catch (error) {
    if (signal?.aborted) throw error;
    const cause = error instanceof CapturedError ? error : undefined;
    const message = cause?.message ?? `${error}`;
    throw new UnknownDaggerError(message, cause === undefined ? {} : { cause });
  }
}

function read(text: string): GraphQLResponse {
  let response: unknown;
  try {
    response = parse(text);
  } catch (error) {
    throw new UnknownDaggerError("the API's answer is no JSON", { cause: error as Error });
  }
  if (!isObject(response)) throw new UnknownDaggerError("the API's answer is no GraphQL response");
  return response;
}
