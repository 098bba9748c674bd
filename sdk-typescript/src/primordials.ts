/**
 * The built-ins that the SDK relies on, taken before any code of a module runs.
 *
 * A module may replace or extend what all code shares: `JSON.stringify`, `Array.prototype.map`, `Object.prototype.toJSON`. The
 * SDK must send and return the same text all the same. So it calls only what this file captured, walks arrays by index (`for…of`
 * and spreading go through `Array.prototype`), asks for own properties only, keeps its tables in objects without a prototype,
 * and gives `stringify` nothing but primitives, for which no `toJSON` is looked up. What it cannot survive is `then` on
 * `Object.prototype`, since `await` itself looks for that.
 */

type Method = (this: never, ...args: never[]) => unknown;
type Uncurried<F extends Method> = (self: ThisParameterType<F>, ...args: Parameters<F>) => ReturnType<F>;

const { bind, call } = Function.prototype;

/** The method as a function whose first argument is what it is called on. */
function uncurry<F extends Method>(method: F): Uncurried<F> {
  return bind.call(call, method) as Uncurried<F>;
}

export const { parse, stringify } = JSON;
export const { create, defineProperty, getPrototypeOf, hasOwn, keys } = Object;
export const { isArray } = Array;
export const { isFinite: isFiniteNumber } = Number;
export const { apply, construct } = Reflect;
export const CapturedError: ErrorConstructor = Error;

export const exec: (pattern: RegExp, text: string) => RegExpExecArray | null = uncurry(RegExp.prototype.exec);
export const split: (text: string, separator: string) => string[] = uncurry(String.prototype.split) as never;
export const slice: (text: string, start: number, end?: number) => string = uncurry(String.prototype.slice);
export const indexOf: (text: string, part: string) => number = uncurry(String.prototype.indexOf) as never;
export const join: (texts: readonly string[], separator: string) => string = uncurry(Array.prototype.join) as never;

const promiseAll = uncurry(Promise.all as Method);

/** The results of all of them, in order. One is awaited without ado. */
export async function all<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  if (promises.length === 0) return [];
  if (promises.length === 1) return [await (promises[0] as Promise<T>)];
  return (await promiseAll(Promise as never, promises as never)) as T[];
}

/** A table by name. It has no prototype, so that only its own names are found. */
export type Table<T> = { [name: string]: T };

/** An empty table, or one with the entries of an object. */
export function table<T>(entries?: { readonly [name: string]: T }): Table<T> {
  const made = create(null) as Table<T>;
  if (entries !== undefined) {
    const names = keys(entries);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      made[name] = entries[name] as T;
    }
  }
  return made;
}

/** Whether it is an object or a function. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Whether the regular expression matches. */
export function matches(pattern: RegExp, text: string): boolean {
  return exec(pattern, text) !== null;
}
