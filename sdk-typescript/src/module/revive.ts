/** JSON data as the values that module code expects: arguments of calls, and the state of objects. */

import { Context } from "../client/context.js";
import { create, defineProperty, isArray, isObject, keys } from "../primordials.js";
import { CallError } from "./call_error.js";
import { listed, type Module, own } from "./module.js";
import type { ObjectType, TypeRef } from "./types.js";

/**
 * The value as its type says. `where` is told when it does not fit.
 *
 * Objects of the API become chains that begin at their IDs, objects of the module instances of their classes.
 */
export function revive(module: Module, value: unknown, type: TypeRef, where: string): unknown {
  if (type.kind === "optional")
    return value === null || value === undefined ? null : revive(module, value, type.of, where);
  if (value === null || value === undefined) {
    if (type.kind === "void") return undefined;
    throw new CallError(`${where} is null, which ${shown(type)} cannot be`);
  }
  switch (type.kind) {
    case "string":
      return fitting(value, "string", type, where);
    case "boolean":
      return fitting(value, "boolean", type, where);
    case "integer":
    case "float":
      return fitting(value, "number", type, where);
    case "list":
      return list(module, value, type.of, where);
    case "object":
    case "interface":
      return object(module, value, type.of, where);
    case "enum":
      return member(module, value, type.of, where);
    default:
      return value;
  }
}

/** An instance of the object's class with the state as its properties. The class's constructor does not run. */
export function reviveObject(module: Module, name: string, type: ObjectType, state: unknown): object {
  if (!isObject(state) || isArray(state)) throw new CallError(`the state of ${name} is no JSON object`);
  const made: object = create(module.class(name, type)?.prototype ?? Object.prototype);
  const names = keys(state);
  for (let i = 0; i < names.length; i++) {
    const key = names[i] as string;
    const found = (state as { [name: string]: unknown })[key];
    const known = own(type.properties, key);
    // A property may hold null whatever its type says: nothing has set it yet.
    const value = known === undefined || found === null ? found : revive(module, found, known, `${name}.${key}`);
    defineProperty(made, key, { value, configurable: true, enumerable: true, writable: true });
  }
  return made;
}

function list(module: Module, value: unknown, item: TypeRef, where: string): unknown[] {
  if (!isArray(value)) throw misfit(value, "a list", where);
  const items: unknown[] = [];
  for (let i = 0; i < value.length; i++) items[i] = revive(module, value[i], item, `item ${i} of ${where}`);
  return items;
}

function object(module: Module, value: unknown, name: string, where: string): object {
  const type = module.object(name);
  if (type !== undefined && typeof value !== "string") return reviveObject(module, name, type, value);
  if (typeof value !== "string") throw misfit(value, `the ID of a ${name}`, where);
  const { type: client, apiName } = module.client(name);
  return new client(new Context().selectNode(value, apiName));
}

function member(module: Module, value: unknown, name: string, where: string): unknown {
  const members = module.enum(name);
  if (members === undefined) return fitting(value, "string", { kind: "enum", of: name }, where);
  const found = typeof value === "string" ? own(members, value) : undefined;
  if (found === undefined) {
    throw new CallError(`${where} is ${value}, which is no member of ${name}; it has: ${listed(members)}`);
  }
  return found;
}

function fitting(value: unknown, expected: string, type: TypeRef, where: string): unknown {
  if (typeof value !== expected) throw misfit(value, shown(type), where);
  return value;
}

function misfit(value: unknown, expected: string, where: string): CallError {
  const found = isArray(value) ? "a list" : `a value of the type ${typeof value}`;
  return new CallError(`${where} is ${found}, where ${expected} is expected`);
}

function shown(type: TypeRef): string {
  switch (type.kind) {
    case "list":
      return "a list";
    case "optional":
      return shown(type.of);
    case "integer":
    case "float":
      return "a number";
    case "string":
    case "boolean":
    case "void":
      return type.kind;
    default:
      return type.of;
  }
}
