// Timers: Rust knows when, this file what. Ids are objects as in node, and numbers where one is wanted.

import { arm, disarm, log } from "dockwright:native";
import { inspect } from "./inspect.js";
import { apply, mapDelete, mapGet, mapSet } from "./primordials.js";

/** Timers that are armed. */
const timers = new Map();
let last = 0;

class Timeout {
  #id;

  constructor(id) {
    this.#id = id;
  }

  // Nothing but the call itself keeps a module running.
  ref() { return this; }
  unref() { return this; }
  hasRef() { return mapGet(timers, this.#id) !== undefined; }
  close() { clearTimeout(this); return this; }
  refresh() {
    const timer = mapGet(timers, this.#id);
    if (timer) {
      disarm(this.#id);
      arm(this.#id, timer.delay);
    }
    return this;
  }
  [Symbol.toPrimitive]() { return this.#id; }
  [Symbol.dispose]() { clearTimeout(this); }
}

function start(callback, delay, args, repeats) {
  if (typeof callback !== "function") throw new TypeError(`a timer wants a function, not ${typeof callback}`);
  const id = ++last;
  const milliseconds = Number(delay) || 0;
  mapSet(timers, id, { callback, args, delay: milliseconds, repeats });
  arm(id, milliseconds);
  return new Timeout(id);
}

export function setTimeout(callback, delay, ...args) {
  return start(callback, delay, args, false);
}

export function setInterval(callback, delay, ...args) {
  return start(callback, delay, args, true);
}

export function setImmediate(callback, ...args) {
  return start(callback, 0, args, false);
}

export function clearTimeout(timer) {
  if (timer === undefined || timer === null) return;
  const id = Number(timer);
  if (mapDelete(timers, id)) disarm(id);
}

export const clearInterval = clearTimeout;
export const clearImmediate = clearTimeout;

export function queueMicrotask(callback) {
  if (typeof callback !== "function") throw new TypeError(`queueMicrotask() wants a function, not ${typeof callback}`);
  soon(callback);
}

/** Runs it as a job of its own. */
async function soon(callback) {
  await undefined;
  run("Error in a microtask:", callback, []);
}

/** Calls the function of a timer that is due. */
export function fire(id) {
  const timer = mapGet(timers, id);
  if (!timer) return;
  if (timer.repeats) arm(id, timer.delay);
  else mapDelete(timers, id);
  run("Error in a timer:", timer.callback, timer.args);
}

/** Calls a function that nobody waits for. */
function run(what, callback, args) {
  try {
    apply(callback, undefined, args);
  } catch (error) {
    report(what, error);
  }
}

/** Tells an error that reaches nobody. */
export function report(what, error) {
  log(3, `${what} ${inspect(error)}`);
}
