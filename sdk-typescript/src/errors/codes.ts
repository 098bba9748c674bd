/** The code of every error that the SDK throws. */
export const ERROR_CODES = {
  /** The API answered a request with errors. */
  GraphQLRequestError: "D100",
  /** A request got no answer. */
  UnknownDaggerError: "D101",
  /** An answer has more levels than were asked for. */
  TooManyNestedObjectsError: "D102",
  /** The engine's first line cannot be read. */
  EngineSessionConnectParamsParseError: "D103",
  /** The engine did not answer in time. */
  EngineSessionConnectionTimeoutError: "D104",
  /** There is no session. */
  EngineSessionError: "D105",
  /** The engine's program cannot be started. */
  InitEngineSessionBinaryError: "D106",
  /** An image reference is malformed. */
  DockerImageRefValidationError: "D107",
  /** A value is a promise that nobody awaited. */
  NotAwaitedRequestError: "D108",
  /** A command in a container failed. */
  ExecError: "D109",
  /** A module's source cannot be read. */
  IntrospectionError: "D110",
} as const;

/** Names of the errors. */
export type ErrorNames = keyof typeof ERROR_CODES;

/** Codes of the errors. */
export type ErrorCodes = (typeof ERROR_CODES)[ErrorNames];
