// Installs what the language itself lacks and code for browsers and node expects. Everything here is evaluated while the
// snapshot is made, so it may neither call the host nor keep a clock's or a random value.

import { AbortController, AbortSignal } from "./abort.js";
import { console } from "./console.js";
import { crypto } from "./crypto.js";
import { TextDecoder, TextEncoder } from "./encoding.js";
import { CustomEvent, Event, EventTarget } from "./events.js";
import { fetch } from "./fetch.js";
import { Headers } from "./headers.js";
import { babelHelpers } from "./helpers.js";
import { performance } from "./performance.js";
import { process } from "./process.js";
import { random } from "./random.js";
import { structuredClone } from "./structured_clone.js";
import {
  clearImmediate,
  clearInterval,
  clearTimeout,
  queueMicrotask,
  setImmediate,
  setInterval,
  setTimeout,
} from "./timers.js";
import { define } from "./define.js";

define({
  AbortController,
  AbortSignal,
  CustomEvent,
  Event,
  EventTarget,
  Headers,
  TextDecoder,
  TextEncoder,
  babelHelpers,
  clearImmediate,
  clearInterval,
  clearTimeout,
  console,
  crypto,
  fetch,
  global: globalThis,
  performance,
  process,
  queueMicrotask,
  self: globalThis,
  setImmediate,
  setInterval,
  setTimeout,
  structuredClone,
});
Object.defineProperty(Math, "random", { value: random, writable: true, configurable: true });
// QuickJS keeps ten frames by default; the SDK's own are among them.
Error.stackTraceLimit = 50;

// These are packages that want some of the above when they are evaluated.
const { Buffer } = (await import("buffer")).default;
const { URL, URLSearchParams } = (await import("whatwg-url")).default;
define({ Buffer, URL, URLSearchParams });
