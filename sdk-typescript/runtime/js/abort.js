// AbortController and AbortSignal, with `abort`, `timeout` and `any`, which the packages (abort-controller) lack.

import { Event, EventTarget, handler } from "./events.js";
import { setTimeout } from "./timers.js";

/** Only this file makes signals. */
const OURS = Symbol("AbortSignal");

const aborted = () => new DOMException("This operation was aborted", "AbortError");

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;

  constructor(key) {
    if (key !== OURS) throw new TypeError("a signal comes from an AbortController, or from AbortSignal.timeout() or .any()");
    super();
  }

  get aborted() {
    return this.#aborted;
  }

  get reason() {
    return this.#reason;
  }

  throwIfAborted() {
    if (this.#aborted) throw this.#reason;
  }

  /** A signal that is aborted already. */
  static abort(reason = aborted()) {
    const signal = new AbortSignal(OURS);
    abort(signal, reason);
    return signal;
  }

  /** A signal that is aborted after that many milliseconds. */
  static timeout(milliseconds) {
    const signal = new AbortSignal(OURS);
    setTimeout(() => abort(signal, new DOMException("The operation was aborted due to timeout", "TimeoutError")), milliseconds);
    return signal;
  }

  /** A signal that is aborted with the first of the signals. */
  static any(signals) {
    const all = [...signals];
    const signal = new AbortSignal(OURS);
    const first = all.find((other) => other.aborted);
    if (first) {
      abort(signal, first.reason);
      return signal;
    }
    for (const other of all) {
      other.addEventListener("abort", () => abort(signal, other.reason), { once: true });
    }
    return signal;
  }

  static abortWith(signal, reason) {
    if (signal.#aborted) return;
    signal.#aborted = true;
    signal.#reason = reason;
    signal.dispatchEvent(new Event("abort"));
  }
}

const abort = AbortSignal.abortWith;
delete AbortSignal.abortWith;
handler(AbortSignal.prototype, "abort");

export class AbortController {
  #signal = new AbortSignal(OURS);

  get signal() {
    return this.#signal;
  }

  abort(reason = aborted()) {
    abort(this.#signal, reason);
  }
}
