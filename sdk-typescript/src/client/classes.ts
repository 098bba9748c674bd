/** The classes of the API's objects by their GraphQL names: those of the core, and those of dependencies. */

import { defineProperty, hasOwn, keys, table } from "../primordials.js";
import type { BaseClient } from "./base.js";
import type { Constructor, Context } from "./context.js";

const classes = table<Constructor<BaseClient>>();

/** Adds classes. */
export function register(added: { readonly [typeName: string]: Constructor<BaseClient> }): void {
  const names = keys(added);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    classes[name] = added[name] as Constructor<BaseClient>;
  }
}

/** The class of that GraphQL name. */
export function classOf(typeName: string): Constructor<BaseClient> | undefined {
  return classes[typeName];
}

/** The object of that type and ID; undefined for a type that is not known. */
export function load(context: Context, typeName: string, id: string): BaseClient | undefined {
  const type = classes[typeName];
  return type === undefined ? undefined : new type(context.selectNode(id, typeName));
}

/** Adds a method to a class: a chain becomes what the method gives. */
export function addMethod<A extends unknown[]>(
  type: Constructor<BaseClient>,
  name: string,
  make: (ctx: Context, ...args: A) => unknown,
): void {
  if (hasOwn(type.prototype, name)) throw new TypeError(`the API has ${name} already; call the dependency otherwise`);
  const method = function (this: { _ctx: Context }, ...args: A): unknown {
    return make(this._ctx, ...args);
  };
  defineProperty(type.prototype, name, { value: method, configurable: true, writable: true });
}
