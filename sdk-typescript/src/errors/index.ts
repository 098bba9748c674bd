/** The errors that users catch; their names and fields are those of Dagger's SDK. */

export { DaggerSDKError, type DaggerSDKErrorOptions } from "./base.js";
export { ERROR_CODES, type ErrorCodes, type ErrorNames } from "./codes.js";
export { ExecError, type ExecErrorOptions, type Extensions } from "./exec_error.js";
export {
  type GraphQLError,
  type GraphQLRequest,
  GraphQLRequestError,
  type GraphQLRequestErrorOptions,
  type GraphQLResponse,
} from "./graphql_request_error.js";
export {
  DockerImageRefValidationError,
  FunctionNotFound,
  IntrospectionError,
  NotAwaitedRequestError,
  TooManyNestedObjectsError,
  UnknownDaggerError,
} from "./other_errors.js";
export {
  EngineSessionConnectionTimeoutError,
  EngineSessionConnectParamsParseError,
  EngineSessionError,
  InitEngineSessionBinaryError,
} from "./session_errors.js";
