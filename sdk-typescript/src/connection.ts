/** Connecting to an engine, which a module need not do: the names exist so that code of programs runs in it. */

import { type Client, dag } from "./client.gen.js";
import { EngineSessionError } from "./errors/session_errors.js";

/** What is done with a connection. */
export type CallbackFct = (client: Client) => Promise<void>;

/** Settings of a connection. */
export interface ConnectOpts {
  /** A folder of the machine; a module has none. */
  Workdir?: string;
  /** Whether the modules of the workspace are there; a module's dependencies always are. */
  LoadWorkspaceModules?: boolean;
  /** Where progress goes; the caller of a module sees it. */
  LogOutput?: unknown;
}

/** Calls the function with `dag`, as if it had connected. */
export async function connect(cb: CallbackFct, config: ConnectOpts = {}): Promise<void> {
  refuse(config);
  await cb(dag);
}

/** Calls the function, which uses `dag`. */
export async function connection(fct: () => Promise<void>, cfg: ConnectOpts = {}): Promise<void> {
  refuse(cfg);
  await fct();
}

function refuse(config: ConnectOpts): void {
  if (config.Workdir === undefined || config.Workdir === "" || config.Workdir === ".") return;
  throw new EngineSessionError(
    `a module has no folder ${config.Workdir} of the machine: take a Directory argument with a defaultPath instead`,
  );
}
