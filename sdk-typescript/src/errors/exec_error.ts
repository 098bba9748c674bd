import { DaggerSDKError, type DaggerSDKErrorOptions } from "./base.js";
import { ERROR_CODES } from "./codes.js";

/** Structured values of an error of the API. */
export type Extensions = { [name: string]: unknown };

/** What is known of the command. */
export interface ExecErrorOptions extends DaggerSDKErrorOptions {
  /** The command and its arguments. */
  cmd: string[];
  /** What it exited with. */
  exitCode: number;
  /** What it wrote to its standard output, shortened when it is long. */
  stdout: string;
  /** What it wrote to its standard error, shortened when it is long. */
  stderr: string;
  /** Structured values of the API's error. */
  extensions?: Extensions;
}

/** A command in a container failed. */
export class ExecError extends DaggerSDKError {
  override name = "ExecError" as const;
  override code = ERROR_CODES.ExecError;
  /** The command and its arguments. */
  cmd: string[];
  /** What it exited with. */
  exitCode: number;
  /** What it wrote to its standard output, shortened when it is long. */
  stdout: string;
  /** What it wrote to its standard error, shortened when it is long. */
  stderr: string;
  /** Structured values of the API's error. */
  extensions?: Extensions;

  constructor(message: string, options: ExecErrorOptions) {
    super(message, options);
    this.cmd = options.cmd;
    this.exitCode = options.exitCode;
    this.stdout = options.stdout;
    this.stderr = options.stderr;
    if (options.extensions !== undefined) this.extensions = options.extensions;
  }
}
