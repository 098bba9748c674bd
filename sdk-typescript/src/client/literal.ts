/**
 * Values as GraphQL literals.
 *
 * They are written into the document when a step is chained, so that what happens to an array later does not change the request.
 * An object of the API is a hole in the text, since its ID may have to be asked for first.
 */

import { NotAwaitedRequestError } from "../errors/other_errors.js";
import { getPrototypeOf, hasOwn, isArray, isFiniteNumber, isObject, keys, matches, stringify } from "../primordials.js";

/** Something that travels as an ID. */
export interface Reference {
  /** The ID. */
  id(): Promise<string>;
}

/** Text, or the place of an ID. */
export type Part = string | Reference;

/** Marks the text of an enum's member, which is written without quotes. */
export const ENUM = "enum";

/** How the text in the fields of an argument list or input is written, where it is not a string. */
export type Kinds = { readonly [name: string]: typeof ENUM | Kinds };

type Kind = typeof ENUM | Kinds | undefined;

const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** Writes a step: the field's name and its arguments without those that are undefined. */
export function step(
  field: string,
  args: object | undefined,
  kinds: Kinds | undefined,
  reference: (value: object) => Reference | undefined,
): Part[] {
  const writer = new Writer(reference);
  writer.name(field, "a field");
  if (args !== undefined) writer.fields(args, kinds, "(", ")", field);
  return writer.parts;
}

class Writer {
  readonly parts: Part[] = [];
  readonly #reference: (value: object) => Reference | undefined;

  constructor(reference: (value: object) => Reference | undefined) {
    this.#reference = reference;
  }

  name(name: string, what: string): void {
    if (!matches(NAME, name)) throw new TypeError(`${stringify(name)} cannot be the name of ${what}`);
    this.#text(name);
  }

  /** `open name: value, … close`; nothing for no fields when it is an argument list. */
  fields(fields: object, kinds: Kinds | undefined, open: string, close: string, where: string): void {
    const names = keys(fields);
    let count = 0;
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const value = (fields as { [name: string]: unknown })[name];
      if (value === undefined) continue;
      this.#text(count === 0 ? open : ", ");
      count++;
      this.name(name, `an argument of ${where}`);
      this.#text(": ");
      const kind = kinds !== undefined && hasOwn(kinds, name) ? kinds[name] : undefined;
      this.#value(value, kind, `the argument ${name} of ${where}`);
    }
    if (count > 0) this.#text(close);
    else if (open === "{") this.#text("{}");
  }

  #value(value: unknown, kind: Kind, where: string): void {
    if (typeof value === "object" && value !== null) this.#object(value, kind, where);
    else this.#text(primitive(value, kind, where));
  }

  #object(value: object, kind: Kind, where: string): void {
    const reference = this.#reference(value);
    if (reference !== undefined) {
      this.parts[this.parts.length] = reference;
      return;
    }
    if (isArray(value)) {
      this.#text("[");
      for (let i = 0; i < value.length; i++) {
        if (i > 0) this.#text(", ");
        this.#value(value[i], kind, `item ${i} of ${where}`);
      }
      this.#text("]");
      return;
    }
    if (typeof (value as { then?: unknown }).then === "function") {
      throw new NotAwaitedRequestError(`${where} is a promise; put \`await\` before it`);
    }
    if (!isPlain(value)) throw new TypeError(`${where} is ${describe(value)}, which cannot be sent to the API`);
    this.fields(value, typeof kind === "object" ? kind : undefined, "{", "}", where);
  }

  #text(text: string): void {
    const last = this.parts.length - 1;
    const before = this.parts[last];
    if (typeof before === "string") this.parts[last] = before + text;
    else this.parts[last + 1] = text;
  }
}

function primitive(value: unknown, kind: Kind, where: string): string {
  switch (typeof value) {
    case "string":
      if (kind !== ENUM) return stringify(value);
      if (!matches(NAME, value)) throw new TypeError(`${where} is ${stringify(value)}, which is no member of its enum`);
      return value;
    case "number":
      if (!isFiniteNumber(value)) throw new TypeError(`${where} is ${value}, which the API has no form for`);
      return stringify(value);
    case "boolean":
    case "bigint":
      return `${value}`;
    default:
      if (value === null) return "null";
      throw new TypeError(`${where} is ${describe(value)}, which cannot be sent to the API`);
  }
}

/** Whether it is an object literal, from whatever realm: its prototype is the last one. */
export function isPlain(value: object): boolean {
  const prototype: unknown = getPrototypeOf(value);
  return prototype === null || (isObject(prototype) && getPrototypeOf(prototype) === null);
}

/** The kind of a value, for a message. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return `${value}`;
  if (typeof value === "function") return "a function";
  if (isArray(value)) return "a list";
  if (typeof value !== "object") return `a ${typeof value}`;
  const type: unknown = value.constructor;
  const name = typeof type === "function" && !isPlain(value) ? type.name : "";
  return name === "" ? "an object" : `a ${name}`;
}
