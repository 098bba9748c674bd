/** The types of a module, as the host read them from its source. They are what values are converted by. */

/** A type. */
export type TypeRef =
  | { kind: "string" | "integer" | "float" | "boolean" | "void" }
  | { kind: "scalar" | "object" | "interface" | "enum" | "input"; of: string }
  | { kind: "list" | "optional"; of: TypeRef };

/** An argument. */
export interface ArgumentType {
  /** Name in the API. */
  name: string;
  /** Name in the source, where it differs. */
  original?: string;
  /** Its type. */
  type: TypeRef;
  /** Whether its items are the rest of the arguments. */
  variadic?: boolean;
}

/** A function. */
export interface FunctionType {
  /** Name of the method in the source. */
  method?: string;
  /** Arguments in the order of the source. */
  arguments: readonly ArgumentType[];
  /** Type of the result. */
  returns?: TypeRef;
}

/** An object: a class, or a plain object when it has none. */
export interface ObjectType {
  /** Name of the class in the source. */
  class?: string;
  /** The state's properties, by their names in the source. */
  properties: { readonly [name: string]: TypeRef };
  /** Functions by their names in the API. */
  functions: { readonly [name: string]: FunctionType };
  /** How it is made; only the main object has one. */
  constructor?: FunctionType;
}

/** An interface. */
export interface InterfaceType {
  /** Functions by their names in the API. */
  functions: { readonly [name: string]: FunctionType };
}

/** All of a module's own types, by their names in the module. */
export interface Types {
  objects: { readonly [name: string]: ObjectType };
  enums: { readonly [name: string]: { readonly [wireName: string]: unknown } };
  interfaces: { readonly [name: string]: InterfaceType };
}
