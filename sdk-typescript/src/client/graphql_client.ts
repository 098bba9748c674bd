import { hasOwn, isObject } from "../primordials.js";
import { json } from "./json.js";
import { callSite, placeAt } from "./stack.js";
import { send } from "./transport.js";

/** Variables of a document. */
export type Variables = { [name: string]: unknown };

/** A request in one object. */
export interface RequestOptions {
  /** The document. */
  document: string;
  /** Its variables. */
  variables?: Variables;
  /** Cancels it. */
  signal?: AbortSignal;
}

/** Sends documents of one's own to the API. */
export class GraphQLClient {
  /** The `data` of the answer. */
  async request<T = unknown>(document: string, variables?: Variables): Promise<T>;
  async request<T = unknown>(options: RequestOptions): Promise<T>;
  async request<T>(first: unknown, variables?: Variables): Promise<T> {
    const site = callSite();
    const options =
      isObject(first) && hasOwn(first, "document") ? (first as RequestOptions) : { document: first, variables };
    try {
      return (await send({
        query: `${options.document}`,
        variables: options.variables === undefined ? undefined : json(options.variables),
        signal: hasOwn(options, "signal") ? (options as RequestOptions).signal : undefined,
      })) as T;
    } catch (error) {
      placeAt(error, site);
      throw error;
    }
  }
}
