/** Write pipelines as modules: decorators for what a module offers, and `dag` for the API that it calls. */

export { BaseClient } from "./client/base.js";
export { register } from "./client/classes.js";
export { Context } from "./client/context.js";
export { extend } from "./client/extend.js";
export { GraphQLClient } from "./client/graphql_client.js";
export { ENUM } from "./client/literal.js";
export * from "./client.gen.js";
export { type CallbackFct, type ConnectOpts, connect, connection } from "./connection.js";
export * from "./errors/index.js";
export * from "./module/decorators.js";
export type { float } from "./module/float.js";
