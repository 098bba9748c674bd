import type { ErrorCodes, ErrorNames } from "./codes.js";

/** What every error may carry. */
export interface DaggerSDKErrorOptions {
  /** What it comes from. */
  cause?: Error;
}

/** Whatever goes wrong with the API. */
export abstract class DaggerSDKError extends Error {
  /** Name of the class. */
  abstract override readonly name: ErrorNames;
  /** Its code. */
  abstract readonly code: ErrorCodes;
  /** What it comes from. */
  override cause?: Error;

  protected constructor(message: string, options?: DaggerSDKErrorOptions) {
    super(message);
    if (options?.cause !== undefined) this.cause = options.cause;
  }

  /** Name of the class. */
  get [Symbol.toStringTag](): ErrorNames {
    return this.name;
  }

  /** Writes the stack to the console. */
  printStackTrace(): void {
    console.error(this.stack);
  }
}
