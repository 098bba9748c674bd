/** Clients of a module's interfaces: what implements one is known by its ID alone. */

import type { BaseClient } from "../client/base.js";
import { addMethod } from "../client/classes.js";
import type { Constructor, Context } from "../client/context.js";
import { ENUM, type Kinds } from "../client/literal.js";
import { isArray, keys, type Table, table } from "../primordials.js";
import { wireName } from "./enums.js";
import type { Module } from "./module.js";
import { revive } from "./revive.js";
import type { FunctionType, TypeRef } from "./types.js";

/** Gives the class a method for each function. */
export function addFunctions(
  module: Module,
  type: Constructor<BaseClient>,
  functions: { readonly [name: string]: FunctionType },
): void {
  const names = keys(functions);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const declared = functions[name] as FunctionType;
    addMethod(type, declared.method ?? name, (ctx, ...values) => {
      const { args, kinds } = sent(module, declared, values);
      return answer(module, ctx.select(name, args, kinds), declared.returns, name);
    });
  }
}

/** The arguments by their names in the API. A variadic one takes the rest of the values. */
function sent(module: Module, declared: FunctionType, values: readonly unknown[]): { args: object; kinds: Kinds } {
  const args: Table<unknown> = table();
  const kinds: Table<typeof ENUM> = table();
  for (let i = 0; i < declared.arguments.length; i++) {
    const argument = declared.arguments[i];
    if (argument === undefined) break;
    let value = values[i];
    if (argument.variadic === true) {
      const rest: unknown[] = [];
      for (let j = i; j < values.length; j++) rest[j - i] = values[j];
      value = rest;
    }
    args[argument.name] = outgoing(module, value, argument.type);
    if (enumOf(argument.type) !== undefined) kinds[argument.name] = ENUM;
  }
  return { args, kinds };
}

function outgoing(module: Module, value: unknown, type: TypeRef): unknown {
  const name = enumOf(type);
  const members = name === undefined ? undefined : module.enum(name);
  if (members === undefined || value === undefined || value === null) return value;
  if (!isArray(value)) return wireName(members, value) ?? value;
  const names: unknown[] = [];
  for (let i = 0; i < value.length; i++) names[i] = outgoing(module, value[i], type);
  return names;
}

/** An object at once, since it asks nothing; a promise of anything else. */
function answer(module: Module, ctx: Context, returns: TypeRef | undefined, where: string): unknown {
  const type = returns === undefined ? undefined : required(returns);
  if (type === undefined || type.kind === "void") return ctx.nothing();
  if (type.kind === "object" || type.kind === "interface") {
    const { type: made } = module.client(type.of);
    return new made(ctx);
  }
  if (type.kind === "list") {
    const item = required(type.of);
    if (item.kind === "object" || item.kind === "interface") {
      const { type: made, apiName } = module.client(item.of);
      return ctx.objects(apiName, made);
    }
  }
  return revived(module, ctx.execute(), returns as TypeRef, where);
}

async function revived(module: Module, value: Promise<unknown>, type: TypeRef, where: string): Promise<unknown> {
  return revive(module, await value, type, `the result of ${where}`);
}

function required(type: TypeRef): TypeRef {
  return type.kind === "optional" ? required(type.of) : type;
}

function enumOf(type: TypeRef): string | undefined {
  if (type.kind === "optional" || type.kind === "list") return enumOf(type.of);
  return type.kind === "enum" ? type.of : undefined;
}
