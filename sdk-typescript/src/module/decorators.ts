/**
 * What users mark their classes with.
 *
 * What a module offers is read from its source, before it runs. So the decorators do nothing but `@object()`, which keeps the
 * class for calls.
 */

import { type Class, keep } from "./registry.js";

/** Options of `@func`. */
export type FunctionOptions = {
  /** How long a result is kept: `never`, for the `session`, or a duration such as `10m`. */
  cache?: "never" | "session" | (string & {});
  /** The name that callers see. */
  alias?: string;
};

/** Options of `@argument`. */
export type ArgumentOptions = {
  /** Where a directory or file is taken from when it is not given. */
  defaultPath?: string;
  /** The image that a container is taken from when it is not given. */
  defaultAddress?: string;
  /** Patterns of what is left out of the directory. */
  ignore?: string[];
};

type MemberDecorator = (target: object, propertyKey: string | symbol, descriptor?: PropertyDescriptor) => void;
type ParameterDecorator = (target: object, propertyKey: string | undefined, parameterIndex: number) => void;
type ClassDecorator = <T extends Class>(type: T) => T;

const nothing = (): void => {};
const same = <T>(value: T): T => value;

/** Makes a class an object type of the module. */
export const object = (): ClassDecorator => (type) => {
  keep(type);
  return type;
};

/** Makes a method a function of the API, or a property a field. */
export const func = (_opts?: FunctionOptions | string): MemberDecorator => nothing;

/** Makes a property a field of the API. */
export const field = (_alias?: string): ((target: object, propertyKey: string) => void) => nothing;

/** Says more about an argument. */
export const argument = (_opts?: ArgumentOptions): ParameterDecorator => nothing;

/** Makes a class with static members an enum. */
export const enumType = (): ClassDecorator => same;

/** Makes a function a check. */
export const check = (): MemberDecorator => nothing;

/** Makes a function a generator of files. */
export const generate = (): MemberDecorator => nothing;

/** Makes a function a service that `up` starts. */
export const up = (): MemberDecorator => nothing;
