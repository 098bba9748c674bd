import { BaseClient } from "../client/base.js";
import { classOf } from "../client/classes.js";
import type { Constructor } from "../client/context.js";
import { hasOwn, join, keys, matches, slice, table } from "../primordials.js";
import { CallError } from "./call_error.js";
import { addFunctions } from "./interfaces.js";
import { type Class, kept } from "./registry.js";
import type { FunctionType, InterfaceType, ObjectType, Types } from "./types.js";

/** A module's types, with the classes that stand for them. */
export class Module {
  readonly #types: Types;
  readonly #clients = table<Constructor<BaseClient>>();

  constructor(types: Types) {
    this.#types = types;
  }

  /** Its object of that name. */
  object(name: string): ObjectType | undefined {
    return own(this.#types.objects, name);
  }

  /** Its interface of that name. */
  interface(name: string): InterfaceType | undefined {
    return own(this.#types.interfaces, name);
  }

  /** Its enum of that name: names on the wire to values in the source. */
  enum(name: string): { readonly [wireName: string]: unknown } | undefined {
    return own(this.#types.enums, name);
  }

  /** Names of its objects, for a message. */
  objects(): string {
    return listed(this.#types.objects);
  }

  /** The class in the source; undefined for an object that has none. */
  class(name: string, type: ObjectType): Class | undefined {
    if (type.class === undefined) return undefined;
    const found = kept(type.class);
    if (found === undefined) {
      throw new CallError(`no file of the module defines the class ${type.class} of ${name} with @object()`);
    }
    return found;
  }

  /** The class whose methods ask the API: of the core, of a dependency, or of an interface or object of the module itself. */
  client(name: string): { type: Constructor<BaseClient>; apiName: string } {
    const functions = (this.interface(name) ?? this.object(name))?.functions;
    if (functions === undefined) {
      const type = classOf(name);
      if (type === undefined) throw new CallError(`the API has no type ${name} that the module knows`);
      return { type, apiName: name };
    }
    const type = this.#clients[name] ?? this.#made(name, functions);
    return { type, apiName: this.#apiName(name) };
  }

  #made(name: string, functions: { readonly [name: string]: FunctionType }): Constructor<BaseClient> {
    const type = class extends BaseClient {};
    this.#clients[name] = type;
    addFunctions(this, type, functions);
    return type;
  }

  /** The API's name of a type of the module: prefixed with the main object's, once. */
  #apiName(name: string): string {
    const prefix = this.#mainObject();
    const rest = slice(name, prefix.length);
    const has = slice(name, 0, prefix.length) === prefix && (rest === "" || matches(/^[\p{Lu}\p{N}]/u, rest));
    return has ? name : prefix + name;
  }

  /** The object with a constructor. */
  #mainObject(): string {
    const names = keys(this.#types.objects);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      if (hasOwn(this.#types.objects[name] as object, "constructor")) return name;
    }
    return "";
  }
}

/** The entry of that name, never one of a prototype. */
export function own<T>(entries: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return entries !== undefined && hasOwn(entries, name) ? entries[name] : undefined;
}

/** The names of a table, for a message. */
export function listed(entries: object): string {
  return join(keys(entries), ", ") || "none";
}
