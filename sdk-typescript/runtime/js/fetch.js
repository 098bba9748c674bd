// There is no network. What says so also says how to get there.

/** Fails. */
export function fetch(input) {
  const url = typeof input === "string" ? input : String(input?.url ?? input);
  return Promise.reject(
    new Error(
      `fetch() is not available in a module, which has no network: use dag.http(${JSON.stringify(url)}).contents(), or run a command in a container`,
    ),
  );
}
