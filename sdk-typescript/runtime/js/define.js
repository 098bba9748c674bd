// Globals as the platform defines its own: they can be replaced, and do not show up when properties are listed.

/** Defines each as a global. */
export function define(values) {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}
