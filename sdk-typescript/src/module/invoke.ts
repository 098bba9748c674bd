/** Runs one function of the module. */

import { json } from "../client/json.js";
import { FunctionNotFound } from "../errors/other_errors.js";
import { apply, construct, hasOwn, isArray, isObject, parse, type Table, table } from "../primordials.js";
import { CallError } from "./call_error.js";
import { dump, dumpObject } from "./dump.js";
import { listed, Module, own } from "./module.js";
import { revive, reviveObject } from "./revive.js";
import type { ArgumentType, FunctionType, ObjectType, Types } from "./types.js";

/** What is called, and with what. */
export interface Call {
  /** Name of the object. */
  parentType: string;
  /** Its state: a JSON object by the properties' names in the source. */
  parent: string;
  /** Name of the function in the API; empty for the constructor. */
  name: string;
  /** Arguments by their names in the API, as JSON. */
  arguments: readonly { name: string; value: string }[];
}

/** The function's result as JSON text. */
export async function invoke(types: Types, call: Call): Promise<string> {
  const module = new Module(types);
  const name = call.parentType;
  const type = module.object(name);
  if (type === undefined) throw new CallError(`the module has no object ${name}; it has: ${module.objects()}`);
  const given = read(call);
  if (call.name === "") return json(await dumpObject(module, made(module, name, type, given), name, type));
  const declared = own(type.functions, call.name);
  if (declared === undefined) {
    throw new FunctionNotFound(`${name} has no function ${call.name}; it has: ${listed(type.functions)}`);
  }
  const method = declared.method ?? call.name;
  const where = `${name}.${method}`;
  const parent = reviveObject(module, name, type, parse(call.parent));
  const body = (parent as { [name: string]: unknown })[method];
  if (typeof body !== "function") throw new CallError(`${where} is no method`);
  const result: unknown = await apply(body, parent, values(module, declared, given, where));
  return json(await dump(module, result, declared.returns ?? { kind: "void" }, `what ${where} returned`));
}

/** A new object by its class's constructor. */
function made(module: Module, name: string, type: ObjectType, given: Table<unknown>): object {
  const found = module.class(name, type);
  if (found === undefined) throw new CallError(`${name} is no class, so nothing can construct it`);
  // Every object has a `constructor`, inherited if it is not its own.
  const declared = hasOwn(type, "constructor") ? type.constructor : undefined;
  const args = declared === undefined ? [] : values(module, declared, given, `the constructor of ${name}`);
  const result: unknown = construct(found, args);
  if (!isObject(result)) throw new CallError(`the constructor of ${name} made no object`);
  return result;
}

function read(call: Call): Table<unknown> {
  const given = table<unknown>();
  for (let i = 0; i < call.arguments.length; i++) {
    const argument = call.arguments[i];
    if (argument !== undefined) given[argument.name] = parse(argument.value);
  }
  return given;
}

/** The arguments in the source's order; undefined for those that were not given, so that the source's defaults hold. */
function values(module: Module, declared: FunctionType, given: Table<unknown>, where: string): unknown[] {
  const args: unknown[] = [];
  for (let i = 0; i < declared.arguments.length; i++) {
    const argument = declared.arguments[i] as ArgumentType;
    const value = given[argument.name];
    const missing = value === undefined || (value === null && argument.type.kind !== "optional");
    const revived = missing
      ? undefined
      : revive(module, value, argument.type, `the argument ${argument.name} of ${where}`);
    if (argument.variadic !== true) {
      args[args.length] = revived;
    } else if (isArray(revived)) {
      for (let j = 0; j < revived.length; j++) args[args.length] = revived[j];
    }
  }
  return args;
}
