// Headers of the fetch standard. The package headers-polyfill wants two more packages for cookies, which no module has.

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function nameOf(name) {
  const text = String(name);
  if (!NAME.test(text)) throw new TypeError(`"${text}" is no name of a header`);
  return text.toLowerCase();
}

function valueOf(value) {
  const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  if (/[\0\r\n]/.test(text)) throw new TypeError("a header's value has a line break or NUL in it");
  return text;
}

export class Headers {
  /** Values by lower-case name. */
  #values = new Map();

  constructor(init) {
    if (init === undefined) return;
    if (init === null || typeof init !== "object") throw new TypeError("Headers wants an object, pairs, or Headers");
    const pairs = typeof init[Symbol.iterator] === "function" ? init : Object.entries(init);
    for (const pair of pairs) {
      const [name, value, ...rest] = pair;
      if (pair.length < 2 || rest.length > 0) throw new TypeError("a pair of Headers has a name and a value");
      this.append(name, value);
    }
  }

  append(name, value) {
    const key = nameOf(name);
    this.#values.set(key, [...(this.#values.get(key) ?? []), valueOf(value)]);
  }

  delete(name) {
    this.#values.delete(nameOf(name));
  }

  get(name) {
    return this.#values.get(nameOf(name))?.join(", ") ?? null;
  }

  getSetCookie() {
    return [...(this.#values.get("set-cookie") ?? [])];
  }

  has(name) {
    return this.#values.has(nameOf(name));
  }

  set(name, value) {
    this.#values.set(nameOf(name), [valueOf(value)]);
  }

  forEach(callback, self) {
    for (const [name, value] of this) Reflect.apply(callback, self, [value, name, this]);
  }

  *entries() {
    for (const name of [...this.#values.keys()].sort()) {
      if (name === "set-cookie") for (const cookie of this.getSetCookie()) yield [name, cookie];
      else yield [name, this.get(name)];
    }
  }

  *keys() {
    for (const [name] of this.entries()) yield name;
  }

  *values() {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  get [Symbol.toStringTag]() {
    return "Headers";
  }
}
