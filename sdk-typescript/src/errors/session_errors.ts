import { DaggerSDKError, type DaggerSDKErrorOptions } from "./base.js";
import { ERROR_CODES } from "./codes.js";

/** There is no session that could do it. */
export class EngineSessionError extends DaggerSDKError {
  override name = "EngineSessionError" as const;
  override code = ERROR_CODES.EngineSessionError;

  constructor(message: string, options?: DaggerSDKErrorOptions) {
    super(message, options);
  }
}

/** The engine's first line cannot be read; a module never meets it. */
export class EngineSessionConnectParamsParseError extends DaggerSDKError {
  override name = "EngineSessionConnectParamsParseError" as const;
  override code = ERROR_CODES.EngineSessionConnectParamsParseError;
  /** The line. */
  parsedLine: string;

  constructor(message: string, options: DaggerSDKErrorOptions & { parsedLine: string }) {
    super(message, options);
    this.parsedLine = options.parsedLine;
  }
}

/** The engine did not answer in time; a module never meets it. */
export class EngineSessionConnectionTimeoutError extends DaggerSDKError {
  override name = "EngineSessionConnectionTimeoutError" as const;
  override code = ERROR_CODES.EngineSessionConnectionTimeoutError;
  /** Milliseconds. */
  timeOutDuration: number;

  constructor(message: string, options: DaggerSDKErrorOptions & { timeOutDuration: number }) {
    super(message, options);
    this.timeOutDuration = options.timeOutDuration;
  }
}

/** The engine's program cannot be started; a module never meets it. */
export class InitEngineSessionBinaryError extends DaggerSDKError {
  override name = "InitEngineSessionBinaryError" as const;
  override code = ERROR_CODES.InitEngineSessionBinaryError;

  constructor(message: string, options?: DaggerSDKErrorOptions) {
    super(message, options);
  }
}
