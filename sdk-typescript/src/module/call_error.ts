/** A call does not fit the module, or a value does not fit its type. The message says it all. */
export class CallError extends Error {
  override readonly name = "CallError";
}
