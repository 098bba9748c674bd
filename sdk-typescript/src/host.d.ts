/** What the sandbox gives the SDK, and only the SDK. */
declare module "dockwright:host" {
  /**
   * Runs a document against the API.
   *
   * Resolves to the response as JSON text, `{"data":…,"errors":…}`. Rejects when the host could not run it.
   *
   * @param document A GraphQL document.
   * @param variables Its variables as a JSON object.
   * @param signal Cancels the request.
   */
  export function request(document: string, variables: string | undefined, signal?: AbortSignal): Promise<string>;
}
