// Event and EventTarget of the DOM, without a tree of nodes. The packages that exist (event-target-shim) are no longer
// looked after.

import { report } from "./timers.js";

export class Event {
  #type;
  #init;
  #stopped = false;
  #prevented = false;
  #passive = false;
  #target = null;
  #current = null;
  #phase = 0;
  #time = Date.now();
  static NONE = 0;
  static CAPTURING_PHASE = 1;
  static AT_TARGET = 2;
  static BUBBLING_PHASE = 3;

  constructor(type, init) {
    if (arguments.length === 0) throw new TypeError("Event wants a type");
    this.#type = String(type);
    this.#init = { bubbles: Boolean(init?.bubbles), cancelable: Boolean(init?.cancelable), composed: Boolean(init?.composed) };
  }

  get type() { return this.#type; }
  get target() { return this.#target; }
  get srcElement() { return this.#target; }
  get currentTarget() { return this.#current; }
  get eventPhase() { return this.#phase; }
  get bubbles() { return this.#init.bubbles; }
  get cancelable() { return this.#init.cancelable; }
  get composed() { return this.#init.composed; }
  get defaultPrevented() { return this.#prevented; }
  get timeStamp() { return this.#time; }
  get isTrusted() { return false; }
  composedPath() { return this.#phase === 0 ? [] : [this.#target]; }
  preventDefault() { if (this.#init.cancelable && !this.#passive) this.#prevented = true; }
  stopPropagation() {}
  stopImmediatePropagation() { this.#stopped = true; }

  /** Passes the event to the listeners, in the order they were added. */
  static dispatch(event, target, listeners) {
    if (event.#phase !== 0) throw new DOMException("the event is being dispatched already", "InvalidStateError");
    event.#target = event.#current = target;
    event.#phase = Event.AT_TARGET;
    event.#stopped = false;
    for (const listener of listeners) {
      if (event.#stopped) break;
      if (listener.removed) continue;
      if (listener.once) listener.remove();
      event.#passive = listener.passive;
      try {
        const { callback } = listener;
        if (typeof callback === "function") Reflect.apply(callback, target, [event]);
        else callback.handleEvent(event);
      } catch (error) {
        // As in browsers, a listener's error does not stop the others, and does not reach whoever dispatches.
        report("Error in an event listener:", error);
      }
    }
    event.#phase = 0;
    event.#current = null;
    return !event.#prevented;
  }
}

/** `Event.dispatch` is for this file alone. */
const dispatch = Event.dispatch;
delete Event.dispatch;

export class CustomEvent extends Event {
  #detail;

  constructor(type, init) {
    super(type, init);
    this.#detail = init?.detail ?? null;
  }

  get detail() { return this.#detail; }
}

export class EventTarget {
  /** Listeners by type. */
  #listeners = new Map();

  addEventListener(type, callback, options) {
    if (callback === null || callback === undefined) return;
    const given = typeof options === "object" && options !== null ? options : { capture: Boolean(options) };
    const capture = Boolean(given.capture);
    if (given.signal?.aborted) return;
    const all = this.#of(type);
    if (all.some((known) => known.callback === callback && known.capture === capture)) return;
    const listener = {
      callback,
      capture,
      once: Boolean(given.once),
      passive: Boolean(given.passive),
      removed: false,
      remove: () => this.#remove(String(type), listener),
    };
    all.push(listener);
    given.signal?.addEventListener("abort", listener.remove, { once: true });
  }

  removeEventListener(type, callback, options) {
    const capture = Boolean(typeof options === "object" && options !== null ? options.capture : options);
    const found = this.#of(type).find((known) => known.callback === callback && known.capture === capture);
    if (found) this.#remove(String(type), found);
  }

  dispatchEvent(event) {
    if (!(event instanceof Event)) throw new TypeError("dispatchEvent() wants an Event");
    return dispatch(event, this, [...this.#of(event.type)]);
  }

  #of(type) {
    const name = String(type);
    if (!this.#listeners.has(name)) this.#listeners.set(name, []);
    return this.#listeners.get(name);
  }

  #remove(type, listener) {
    listener.removed = true;
    this.#listeners.set(type, this.#of(type).filter((known) => known !== listener));
  }
}

/** Gives a class the property `on<type>`, whose function is a listener. */
export function handler(prototype, type) {
  const handlers = new WeakMap();
  Object.defineProperty(prototype, `on${type}`, {
    configurable: true,
    enumerable: true,
    get() {
      return handlers.get(this)?.callback ?? null;
    },
    set(callback) {
      const known = handlers.get(this);
      if (known) {
        known.callback = callback;
        return;
      }
      const entry = { callback };
      handlers.set(this, entry);
      this.addEventListener(type, (event) => {
        if (typeof entry.callback === "function") Reflect.apply(entry.callback, this, [event]);
      });
    },
  });
}
