/** Values of module code as JSON data: results of calls, and the state of objects. Objects of the API become IDs. */

import { contextOf } from "../client/context.js";
import type { Data } from "../client/json.js";
import { describe, isPlain } from "../client/literal.js";
import { NotAwaitedRequestError } from "../errors/other_errors.js";
import { all, isArray, isFiniteNumber, isObject, keys, stringify, type Table, table } from "../primordials.js";
import { CallError } from "./call_error.js";
import { wireName } from "./enums.js";
import { listed, type Module, own } from "./module.js";
import type { ObjectType, TypeRef } from "./types.js";

/** How deep data may be that no type describes. */
const MAX_DEPTH = 64;

/** The objects around a value, from the inside out. */
interface Path {
  value: object;
  outer: Path | undefined;
}

/** The value as JSON can hold it. `where` is told when it cannot. */
export function dump(module: Module, value: unknown, type: TypeRef, where: string): Promise<Data> {
  return new Dumper(module).dump(value, type, where, undefined);
}

/** The state of an object of the module: its own properties, by their names in the source. */
export function dumpObject(module: Module, value: object, name: string, type: ObjectType): Promise<Data> {
  return new Dumper(module).object(value, name, type, undefined);
}

class Dumper {
  readonly #module: Module;

  constructor(module: Module) {
    this.#module = module;
  }

  async dump(value: unknown, type: TypeRef, where: string, path: Path | undefined): Promise<Data> {
    if (type.kind === "void") return null;
    if (value === undefined || value === null) {
      if (type.kind === "optional") return null;
      throw new CallError(
        `${where} is ${value}, but its type promises a value; return one, or add \`| null\` to the type`,
      );
    }
    if (type.kind === "optional") return this.dump(value, type.of, where, path);
    if (!isObject(value)) return this.#primitive(value, type, where);
    const context = contextOf(value);
    if (context !== undefined) return context.id<string>();
    if (typeof (value as { then?: unknown }).then === "function") {
      throw new NotAwaitedRequestError(`${where} is a promise that was not awaited; put \`await\` before the call`);
    }
    switch (type.kind) {
      case "list":
        return this.#list(value, type.of, where, path);
      case "object":
      case "interface":
        return this.#named(value, type.of, where, path);
      case "enum":
        return this.#member(value, type.of, where);
      default:
        return data(value, where);
    }
  }

  async object(value: object, name: string, type: ObjectType, outer: Path | undefined): Promise<Data> {
    for (let at = outer; at !== undefined; at = at.outer) {
      if (at.value === value)
        throw new CallError(`an object of the type ${name} contains itself, which JSON cannot hold`);
    }
    const path: Path = { value, outer };
    const names = keys(value);
    const kept: string[] = [];
    const states: Promise<Data>[] = [];
    for (let i = 0; i < names.length; i++) {
      const key = names[i] as string;
      const found = (value as { [name: string]: unknown })[key];
      const known = own(type.properties, key);
      if (found === undefined || typeof found === "function") continue;
      // What has no type in the API is kept if it is data. The rest lives as long as the call.
      if (known === undefined && !isData(found, 0)) continue;
      states[kept.length] =
        known === undefined
          ? this.#data(found, `${name}.${key}`)
          : this.dump(found, { kind: "optional", of: known }, `the property ${key} of ${name}`, path);
      kept[kept.length] = key;
    }
    const dumped = await all(states);
    const state: Table<Data> = table();
    for (let i = 0; i < kept.length; i++) state[kept[i] as string] = dumped[i] as Data;
    return state;
  }

  #primitive(value: unknown, type: TypeRef, where: string): Data {
    if (type.kind === "enum") return this.#member(value, type.of, where);
    if (type.kind === "list") throw misfit(value, "a list", where);
    // An ID stands for its object.
    if (type.kind === "object" && typeof value !== "string") throw misfit(value, `a ${type.of}`, where);
    return data(value, where);
  }

  async #list(value: object, item: TypeRef, where: string, path: Path | undefined): Promise<Data> {
    if (!isArray(value)) throw misfit(value, "a list", where);
    const items: Promise<Data>[] = [];
    for (let i = 0; i < value.length; i++) items[i] = this.dump(value[i], item, `item ${i} of ${where}`, path);
    return all(items);
  }

  #named(value: object, name: string, where: string, path: Path | undefined): Promise<Data> {
    const type = this.#module.object(name) ?? this.#classOfModule(value);
    if (type === undefined || isArray(value)) throw misfit(value, `a ${name}`, where);
    return this.object(value, name, type, path);
  }

  /** The object type of an instance that is returned as an interface. */
  #classOfModule(value: object): ObjectType | undefined {
    const type: unknown = value.constructor;
    return typeof type === "function" ? this.#module.object(type.name) : undefined;
  }

  #member(value: unknown, name: string, where: string): Data {
    const members = this.#module.enum(name);
    if (members === undefined) return data(value, where);
    const found = wireName(members, value);
    if (found === undefined) {
      throw new CallError(`${where} is ${text(value)}, which is no member of ${name}; it has: ${listed(members)}`);
    }
    return found;
  }

  async #data(value: unknown, where: string): Promise<Data> {
    return data(value, where);
  }
}

/** Plain data as it is. */
function data(value: unknown, where: string): Data {
  if (typeof value === "number" && !isFiniteNumber(value))
    throw new CallError(`${where} is ${value}, which JSON has no form for`);
  if (!isData(value, 0)) {
    throw new CallError(
      `${where} is ${describe(value)}, which cannot leave the function. It may hold objects of the API and of the module, ` +
        "text, numbers, booleans, and lists of them",
    );
  }
  return value as Data;
}

function isData(value: unknown, depth: number): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return isFiniteNumber(value);
  if (typeof value !== "object" || depth > MAX_DEPTH) return false;
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isData(value[i], depth + 1)) return false;
    return true;
  }
  if (!isPlain(value)) return false;
  const names = keys(value);
  for (let i = 0; i < names.length; i++) {
    const field = (value as { [name: string]: unknown })[names[i] as string];
    if (field !== undefined && !isData(field, depth + 1)) return false;
  }
  return true;
}

function misfit(value: unknown, expected: string, where: string): CallError {
  return new CallError(`${where} is ${text(value)}, where ${expected} is expected`);
}

function text(value: unknown): string {
  return typeof value === "string" ? stringify(value) : isObject(value) ? describe(value) : `${String(value)}`;
}
