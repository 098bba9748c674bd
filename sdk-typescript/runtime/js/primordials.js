// The built-ins that the path of a call relies on, taken before any code of a module runs: a module may replace what all
// code shares. The console and the other globals use the built-ins as they are; who breaks those breaks them for themselves.

const { bind, call } = Function.prototype;
const uncurry = (method) => bind.call(call, method);

export const { parse, stringify } = JSON;
export const { hasOwn, keys } = Object;
export const { isArray } = Array;
export const { apply } = Reflect;
export const { Error: CapturedError, String: text, Promise: CapturedPromise } = globalThis;

export const mapGet = uncurry(Map.prototype.get);
export const mapSet = uncurry(Map.prototype.set);
export const mapDelete = uncurry(Map.prototype.delete);
export const exec = uncurry(RegExp.prototype.exec);

/** JSON text of plain data: no `toJSON` is asked, only own properties count. */
export function json(value) {
  if (value === undefined || typeof value === "function" || typeof value === "symbol") return "null";
  if (typeof value === "bigint") return stringify(`${value}`);
  if (value === null || typeof value !== "object") return stringify(value);
  let inner = "";
  if (isArray(value)) {
    for (let at = 0; at < value.length; at++) inner += `${at > 0 ? "," : ""}${json(value[at])}`;
    return `[${inner}]`;
  }
  const names = keys(value);
  for (let at = 0; at < names.length; at++) inner += `${at > 0 ? "," : ""}${stringify(names[at])}:${json(value[names[at]])}`;
  return `{${inner}}`;
}
