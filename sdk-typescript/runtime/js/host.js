// The module `dockwright:host`: requests to the API, for the SDK.

import { cancel, submit } from "dockwright:native";
import { AbortSignal } from "./abort.js";
import { CapturedError, CapturedPromise, mapDelete, mapGet, mapSet } from "./primordials.js";

/** Requests that are open, by id. */
const open = new Map();

/**
 * Runs a GraphQL document; `variables` is JSON text, `given` an AbortSignal. Resolves to the response's text; rejects when the host could not run
 * it, and with the signal's reason when that is aborted, which also ends the request in the host. The request starts at
 * once.
 */
export function request(document, variables, given) {
  // What has come from a polluted prototype is no signal.
  const signal = given instanceof AbortSignal ? given : undefined;
  return new CapturedPromise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const id = submit(document, variables);
    const stop = () => {
      mapDelete(open, id);
      cancel(id);
      reject(signal.reason);
    };
    signal?.addEventListener("abort", stop, { once: true });
    mapSet(open, id, (ok, text) => {
      signal?.removeEventListener("abort", stop);
      if (ok) resolve(text);
      else reject(new HostError(text));
    });
  });
}

/** The host could not run a request. */
class HostError extends CapturedError {
  name = "TransportError";
}

/** Settles a request; called when the host has finished it. */
export function complete(id, ok, text) {
  const settle = mapGet(open, id);
  mapDelete(open, id);
  settle?.(ok, text);
}
