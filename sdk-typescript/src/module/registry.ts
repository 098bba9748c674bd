/** The classes that `@object()` marked, by their names in the source. */

import { table } from "../primordials.js";

/** A class of a module. */
// biome-ignore lint/suspicious/noExplicitAny: any class can be decorated, whatever its constructor takes
export type Class = new (...args: any[]) => object;

const classes = table<Class>();

/** Keeps a class. */
export function keep(type: Class): void {
  classes[type.name] = type;
}

/** The class of that name. */
export function kept(name: string): Class | undefined {
  return classes[name];
}
