/** What the runtime in the sandbox calls; module code never does. */

export { type Failure, failure } from "./failure.js";
export { type Call, invoke } from "./invoke.js";
export type { Types } from "./types.js";
