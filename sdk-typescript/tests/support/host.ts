/** A host whose answers a test scripts. */

/** Documents that were sent since the last `reset`. */
export const documents: string[] = [];

/** Their variables. */
export const variables: (string | undefined)[] = [];

type Answer = unknown | ((document: string) => unknown);
let answers: { pattern: string; answer: Answer }[] = [];

/** Requests that are under way, and the most that were at once. */
export const load = { now: 0, most: 0 };

/** Forgets everything. */
export function reset(): void {
  documents.length = 0;
  variables.length = 0;
  answers = [];
  load.most = 0;
}

/** The `data` for documents that contain the text. */
export function on(pattern: string, data: Answer): void {
  answers.unshift({ pattern, answer: data });
}

/** The `errors` for documents that contain the text. */
export function fail(pattern: string, message: string, extensions?: object): void {
  on(pattern, () => ({ errors: [{ message, ...(extensions && { extensions }) }] }));
}

/** Lets what is asked for at the same time arrive. */
const pause = () => new Promise<void>((done) => setTimeout(done, 1));

/** What the SDK calls. It must bear what a test does to the built-ins. */
export async function request(document: string, sent: string | undefined, _signal?: AbortSignal): Promise<string> {
  documents[documents.length] = document;
  variables[variables.length] = sent;
  load.now++;
  load.most = Math.max(load.most, load.now);
  await pause();
  load.now--;
  const found = answers.find(({ pattern }) => document.includes(pattern));
  if (found === undefined) throw new Error(`no answer for ${document}`);
  const { answer } = found;
  if (typeof answer === "function") {
    const made = answer(document);
    return typeof made === "string" ? made : JSON.stringify(made);
  }
  return JSON.stringify({ data: answer });
}
