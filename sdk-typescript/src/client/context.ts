import { UnknownDaggerError } from "../errors/other_errors.js";
import { all, hasOwn, isArray, isObject, stringify } from "../primordials.js";
import { type Kinds, type Part, type Reference, step } from "./literal.js";
import { callSite, placeAt } from "./stack.js";
import { send } from "./transport.js";

/** Makes an object of the API from a chain. */
export type Constructor<T> = new (ctx: Context) => T;

/**
 * A chain of selections. Selecting gives a longer one; only the methods that return promises send anything, one request each,
 * preceded by one for the ID of each object in the arguments. An ID is asked for once.
 */
export class Context implements Reference {
  #before: Context | undefined;
  #field = "";
  #parts: readonly Part[] = [];
  #onType = "";
  #id: Promise<string> | undefined;

  /** One step further. `kinds` tells which arguments are written as enums. */
  select(field: string, args?: object, kinds?: Kinds): Context {
    const next = new Context();
    next.#before = this;
    next.#field = field;
    next.#parts = step(field, args, kinds, contextOf);
    return next;
  }

  /** A chain that begins at the object of that ID; its own ID needs no request. */
  selectNode(id: string, typeName: string): Context {
    const next = new Context().select("node", { id });
    next.#onType = typeName;
    next.#id = resolved(id);
    return next;
  }

  /** The same chain. */
  copy(): Context {
    return this;
  }

  /** The value of the chain's last step; null when a step before it is null. */
  execute<T>(): Promise<T> {
    return this.#at(callSite(), this.#value() as Promise<T>);
  }

  /** Runs the chain for what it does. */
  nothing(): Promise<void> {
    return this.#at(callSite(), ignored(this.#value()));
  }

  /** The ID of the object that the chain leads to. */
  id<T extends string>(): Promise<T> {
    return this.#at(callSite(), this.#asked() as Promise<T>);
  }

  /** The objects of the list that the chain leads to, each continued from its ID. */
  objects<T>(typeName: string, type: Constructor<T>): Promise<T[]> {
    return this.#at(callSite(), this.#items(typeName, type));
  }

  /** The object whose ID the chain's last step answers with. */
  synced<T>(typeName: string, type: Constructor<T>): Promise<T> {
    return this.#at(callSite(), this.#object(typeName, type));
  }

  /** Puts the place of the call into the error, if there is one. */
  async #at<T>(site: string, result: Promise<T>): Promise<T> {
    try {
      return await result;
    } catch (error) {
      placeAt(error, site);
      throw error;
    }
  }

  #asked(): Promise<string> {
    this.#id ??= this.#forgetting(this.select("id").#value() as Promise<string>);
    return this.#id;
  }

  /** What failed may be asked for again. */
  async #forgetting(id: Promise<string>): Promise<string> {
    try {
      return await id;
    } catch (error) {
      this.#id = undefined;
      throw error;
    }
  }

  async #items<T>(typeName: string, type: Constructor<T>): Promise<T[]> {
    const items = pick(await this.select("id").#data(), this.#fields());
    const objects: T[] = [];
    if (!isArray(items)) return objects;
    for (let i = 0; i < items.length; i++) {
      objects[i] = new type(this.selectNode((items[i] as { id: string }).id, typeName));
    }
    return objects;
  }

  async #object<T>(typeName: string, type: Constructor<T>): Promise<T> {
    return new type(this.selectNode((await this.#value()) as string, typeName));
  }

  async #value(): Promise<unknown> {
    return pick(await this.#data(), this.#fields());
  }

  async #data(): Promise<unknown> {
    return await send({ query: await this.#document() });
  }

  /** The chain as a document, once the IDs in it are known. */
  async #document(): Promise<string> {
    const steps = this.#steps();
    const asked: Promise<string>[] = [];
    for (let i = 0; i < steps.length; i++) {
      const parts = (steps[i] as Context).#parts;
      for (let j = 0; j < parts.length; j++) {
        const part = parts[j] as Part;
        if (typeof part !== "string") asked[asked.length] = part.id();
      }
    }
    const ids = await all(asked);
    let text = "";
    let end = "";
    let used = 0;
    for (let i = 0; i < steps.length; i++) {
      const current = steps[i] as Context;
      text += "{";
      for (let j = 0; j < current.#parts.length; j++) {
        const part = current.#parts[j] as Part;
        text += typeof part === "string" ? part : stringify(ids[used++] as string);
      }
      end += "}";
      if (current.#onType !== "") {
        text += `{... on ${current.#onType}`;
        end += "}";
      }
    }
    return text + end;
  }

  /** The steps from the first one on. */
  #steps(): Context[] {
    const reversed: Context[] = [];
    for (let at: Context = this; at.#before !== undefined; at = at.#before) reversed[reversed.length] = at;
    const steps: Context[] = [];
    for (let i = reversed.length - 1; i >= 0; i--) steps[steps.length] = reversed[i] as Context;
    return steps;
  }

  #fields(): string[] {
    const steps = this.#steps();
    const fields: string[] = [];
    for (let i = 0; i < steps.length; i++) fields[i] = (steps[i] as Context).#field;
    return fields;
  }
}

/** The chain of an object of the API; undefined for any other value. */
export function contextOf(value: object): Context | undefined {
  const context: unknown = (value as { _ctx?: unknown })._ctx;
  return context instanceof Context ? context : undefined;
}

/** The value that the fields lead to; null when one before the last is null. */
function pick(data: unknown, fields: readonly string[]): unknown {
  let value = data;
  for (let i = 0; i < fields.length; i++) {
    if (value === null) return null;
    const field = fields[i] as string;
    if (!isObject(value) || !hasOwn(value, field)) throw new UnknownDaggerError(`the API's answer lacks ${field}`);
    value = (value as { [name: string]: unknown })[field];
  }
  return value;
}

async function resolved(id: string): Promise<string> {
  return id;
}

async function ignored(result: Promise<unknown>): Promise<void> {
  await result;
}
