import { Client } from "../client.gen.js";
import { addMethod } from "./classes.js";
import type { Context } from "./context.js";

/** Adds a dependency's constructor to `dag`; its declaration comes with the generated bindings. */
export function extend<A extends unknown[]>(name: string, make: (ctx: Context, ...args: A) => unknown): void {
  addMethod(Client, name, make);
}
