import { DaggerSDKError, type DaggerSDKErrorOptions } from "./base.js";
import { ERROR_CODES } from "./codes.js";
import type { Extensions } from "./exec_error.js";

/** One error of a response. */
export interface GraphQLError {
  /** What failed. */
  message: string;
  /** Where in the document. */
  locations?: { line: number; column: number }[];
  /** Where in the answer. */
  path?: (string | number)[];
  /** Structured values. */
  extensions?: Extensions;
}

/** A request as it was sent. */
export interface GraphQLRequest {
  /** The document. */
  query: string;
  /** Its variables. */
  variables?: { [name: string]: unknown };
}

/** A response as it came. */
export interface GraphQLResponse {
  /** The answer. */
  data?: unknown;
  /** What failed. */
  errors?: GraphQLError[];
}

/** What is known of the request. */
export interface GraphQLRequestErrorOptions extends DaggerSDKErrorOptions {
  /** The request and its response. */
  error: { request: GraphQLRequest; response: GraphQLResponse };
}

/** The API answered a request with errors. */
export class GraphQLRequestError extends DaggerSDKError {
  override name = "GraphQLRequestError" as const;
  override code = ERROR_CODES.GraphQLRequestError;
  /** The request. */
  requestContext: GraphQLRequest;
  /** Its response. */
  response: GraphQLResponse;
  /** Structured values of the first error. */
  extensions?: Extensions;

  constructor(message: string, options: GraphQLRequestErrorOptions) {
    super(message, options);
    this.requestContext = options.error.request;
    this.response = options.error.response;
    const extensions = options.error.response.errors?.[0]?.extensions;
    if (extensions !== undefined) this.extensions = extensions;
  }
}
