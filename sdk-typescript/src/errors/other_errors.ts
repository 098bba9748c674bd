import { DaggerSDKError, type DaggerSDKErrorOptions } from "./base.js";
import { ERROR_CODES } from "./codes.js";

/** A request got no answer. */
export class UnknownDaggerError extends DaggerSDKError {
  override name = "UnknownDaggerError" as const;
  override code = ERROR_CODES.UnknownDaggerError;

  constructor(message: string, options?: DaggerSDKErrorOptions) {
    super(message, options);
  }
}

/** A value is a promise that nobody awaited. */
export class NotAwaitedRequestError extends DaggerSDKError {
  override name = "NotAwaitedRequestError" as const;
  override code = ERROR_CODES.NotAwaitedRequestError;

  constructor(message: string, options?: DaggerSDKErrorOptions) {
    super(message, options);
  }
}

/** A module's source does not fit its definition. */
export class IntrospectionError extends DaggerSDKError {
  override name = "IntrospectionError" as const;
  override code = ERROR_CODES.IntrospectionError;

  constructor(message: string, options?: DaggerSDKErrorOptions) {
    super(message, options);
  }
}

/** The module has no such function. Users know it under the name and code of `ExecError`. */
export class FunctionNotFound extends DaggerSDKError {
  override name = "ExecError" as const;
  override code = ERROR_CODES.ExecError;

  constructor(message: string, options?: DaggerSDKErrorOptions) {
    super(message, options);
  }
}

/** An answer has more levels than were asked for. */
export class TooManyNestedObjectsError extends DaggerSDKError {
  override name = "TooManyNestedObjectsError" as const;
  override code = ERROR_CODES.TooManyNestedObjectsError;
  /** The answer. */
  response: unknown;

  constructor(message: string, options: DaggerSDKErrorOptions & { response: unknown }) {
    super(message, options);
    this.response = options.response;
  }
}

/** An image reference is malformed. */
export class DockerImageRefValidationError extends DaggerSDKError {
  override name = "DockerImageRefValidationError" as const;
  override code = ERROR_CODES.DockerImageRefValidationError;
  /** The reference. */
  ref: string;

  constructor(message: string, options: DaggerSDKErrorOptions & { ref: string }) {
    super(message, options);
    this.ref = options.ref;
  }
}
