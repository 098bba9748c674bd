import { isArray, isFiniteNumber, keys, stringify } from "../primordials.js";
import { describe, isPlain } from "./literal.js";

/** JSON data. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [name: string]: Data };

/** The value as JSON text. Undefined fields are left out; what is no data is refused rather than guessed. */
export function json(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return stringify(value);
  if (typeof value === "number") {
    if (!isFiniteNumber(value)) throw new TypeError(`${value} has no form in JSON`);
    return stringify(value);
  }
  if (isArray(value)) {
    let text = "";
    for (let i = 0; i < value.length; i++) text += (i > 0 ? "," : "") + json(value[i] ?? null);
    return `[${text}]`;
  }
  if (typeof value === "object" && isPlain(value)) {
    let text = "";
    const names = keys(value);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const field = (value as { [name: string]: unknown })[name];
      if (field !== undefined) text += `${text === "" ? "" : ","}${stringify(name)}:${json(field)}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(`${describe(value)} has no form in JSON`);
}
