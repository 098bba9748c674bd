/** Documents that the client sends, and what it makes of the answers. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  CacheSharingMode,
  Client,
  type Container,
  Context,
  dag,
  ExecError,
  GraphQLRequestError,
  type ID,
  NetworkProtocol,
  ReturnType,
  UnknownDaggerError,
} from "@dagger.io/dagger";
import { documents, fail, load, on, reset, variables } from "./support/host.js";

beforeEach(reset);

test("a chain is one document", async () => {
  on("stdout", { container: { from: { withExec: { stdout: "hello" } } } });
  const text = await dag.container().from("alpine").withExec(["echo", 'a "b"\n']).stdout();
  assert.equal(text, "hello");
  assert.deepEqual(documents, [
    '{container{from(address: "alpine"){withExec(args: ["echo", "a \\"b\\"\\n"]){stdout}}}}',
  ]);
});

test("what is undefined is not sent, what is false is", async () => {
  on("sync", { container: { withExec: { sync: "Container@1" } } });
  await dag
    .container({})
    .withExec(["a"], { expand: false, expect: ReturnType.Any, stdin: undefined } as object)
    .sync();
  assert.deepEqual(documents, ['{container{withExec(args: ["a"], expand: false, expect: ANY){sync}}}']);
});

test("enums inside inputs are written without quotes, numbers as they are", async () => {
  on("up", { container: { asService: { up: null } } });
  const ports = [{ backend: 80, frontend: 8080, protocol: NetworkProtocol.Tcp }, { backend: 81 }];
  assert.equal(await dag.container().asService().up({ ports }), undefined);
  assert.deepEqual(documents, [
    "{container{asService{up(ports: [{backend: 80, frontend: 8080, protocol: TCP}, {backend: 81}])}}}",
  ]);
});

test("objects travel as IDs that are asked for together", async () => {
  on("directory{id}", { directory: { id: "Directory@1" } });
  on("cacheVolume", { cacheVolume: { id: "CacheVolume@1" } });
  on("sync", { container: { withDirectory: { withMountedCache: { sync: "Container@1" } } } });
  const container = await dag
    .container()
    .withDirectory("/src", dag.directory())
    .withMountedCache("/c", dag.cacheVolume("k"), { sharing: CacheSharingMode.Locked })
    .sync();
  assert.deepEqual(documents.slice(0, 2).sort(), ['{cacheVolume(key: "k"){id}}', "{directory{id}}"]);
  assert.equal(load.most, 2);
  assert.equal(
    documents[2],
    '{container{withDirectory(path: "/src", source: "Directory@1"){withMountedCache(path: "/c", cache: "CacheVolume@1", sharing: LOCKED){sync}}}}',
  );
  assert.equal(await container.id(), "Container@1");
  assert.equal(documents.length, 3, "the ID of a loaded object is known");
});

test("lists of objects as arguments", async () => {
  on("directory{file", { directory: { file: { id: "File@1" } } });
  on("withFiles", { directory: { withFiles: { entries: ["a"] } } });
  const file = dag.directory().file("a");
  await dag.directory().withFiles("/", [file, file]).entries();
  assert.deepEqual(documents, [
    '{directory{file(path: "a"){id}}}',
    '{directory{withFiles(path: "/", sources: ["File@1", "File@1"]){entries}}}',
  ]);
});

test("an ID is asked for once, but again when that failed", async () => {
  fail("directory{id}", "not now");
  const directory = dag.directory();
  await assert.rejects(directory.id(), /not now/);
  on("directory{id}", { directory: { id: "Directory@1" } });
  assert.equal(await directory.id(), "Directory@1");
  assert.equal(await directory.id(), "Directory@1");
  assert.equal(documents.length, 2);
});

test("a loaded object continues at its node", async () => {
  on("node", { node: { entries: ["a", "b"] } });
  assert.deepEqual(await dag.loadDirectoryFromID("Directory@1" as ID).entries(), ["a", "b"]);
  assert.deepEqual(documents, ['{node(id: "Directory@1"){... on Directory{entries}}}']);
});

test("lists of objects as answers", async () => {
  on("envVariables{id}", { container: { envVariables: [{ id: "E@1" }, { id: "E@2" }] } });
  on('E@1"){... on EnvVariable{name', { node: { name: "A" } });
  on('E@2"){... on EnvVariable{name', { node: { name: "B" } });
  const variables = await dag.container().envVariables();
  assert.deepEqual(await Promise.all(variables.map((each) => each.name())), ["A", "B"]);
});

test("a null in the way gives null", async () => {
  on("envVariable", { container: { envVariable: null } });
  assert.equal(await dag.container().envVariable("X"), null);
  on("exitCode", { container: null });
  assert.equal(await dag.container().exitCode(), null);
});

test("with fits own steps into a chain", async () => {
  on("stdout", { container: { withWorkdir: { stdout: "" } } });
  const prepared = (container: Container) => container.withWorkdir("/x");
  await dag.container().with(prepared).stdout();
  assert.deepEqual(documents, ['{container{withWorkdir(path: "/x"){stdout}}}']);
});

test("what happens to an argument later does not change the request", async () => {
  on("stdout", { container: { withExec: { stdout: "" } } });
  const args = ["a"];
  const container = dag.container().withExec(args);
  args.push("b");
  await container.stdout();
  assert.deepEqual(documents, ['{container{withExec(args: ["a"]){stdout}}}']);
});

test("what the API has no form for is refused where it is given", () => {
  const args =
    (...values: unknown[]) =>
    () =>
      dag.container().withExec(values as string[]);
  assert.throws(args(undefined), /item 0 of the argument args of withExec is undefined, which cannot be sent/);
  assert.throws(args(Number.NaN), /is NaN, which the API has no form for/);
  assert.throws(args(new Map()), /is a Map, which cannot be sent/);
  assert.throws(args(Promise.resolve("x")), { name: "NotAwaitedRequestError", message: /put `await` before it/ });
  assert.throws(() => dag.container({ "a: 1) {id} #": 1 } as object), /cannot be the name of an argument/);
  const expect = "ANY) {id}" as ReturnType;
  assert.throws(() => dag.container().withExec([], { expect }), /which is no member of its enum/);
});

test("a failed command is an ExecError", async () => {
  const extensions = { _type: "EXEC_ERROR", cmd: ["sh"], exitCode: 3, stdout: "out", stderr: "err" };
  fail("stdout", "exit code: 3", extensions);
  await assert.rejects(dag.container().stdout(), {
    name: "ExecError",
    code: "D109",
    message: "exit code: 3",
    cmd: ["sh"],
    exitCode: 3,
    stdout: "out",
    stderr: "err",
    extensions,
  });
  await assert.rejects(dag.container().stdout(), (error: unknown) => error instanceof ExecError);
});

test("any other error of the API is a GraphQLRequestError", async () => {
  fail("stdout", "no such image", { a: 1 });
  await assert.rejects(dag.container().stdout(), (error: unknown) => {
    assert(error instanceof GraphQLRequestError);
    assert.equal(error.message, "no such image");
    assert.equal(error.code, "D100");
    assert.deepEqual(error.extensions, { a: 1 });
    assert.equal(error.requestContext.query, "{container{stdout}}");
    assert.equal(error.response.errors?.length, 1);
    return true;
  });
});

test("no answer is an UnknownDaggerError with its cause", async () => {
  await assert.rejects(dag.container().stdout(), (error: unknown) => {
    assert(error instanceof UnknownDaggerError);
    assert.match(error.cause?.message ?? "", /no answer for/);
    return true;
  });
  on("stdout", () => "<html>");
  await assert.rejects(dag.container().stdout(), /the API's answer is no JSON/);
  on("stdout", {});
  await assert.rejects(dag.container().stdout(), /the API's answer lacks container/);
});

test("a failed request names the line that made it", async () => {
  fail("id", "broken");
  async function usersOwn(): Promise<string> {
    return dag.container().withDirectory("/", dag.directory()).stdout();
  }
  await assert.rejects(usersOwn(), (error: unknown) => {
    const lines = ((error as Error).stack ?? "").split("\n");
    assert.equal(lines[0], "GraphQLRequestError: broken");
    assert.match(lines[1] ?? "", /usersOwn .*client\.test\.js:\d+:\d+/);
    assert.doesNotMatch(lines.join("\n"), /\/src\/client/);
    return true;
  });
});

test("documents of one's own", async () => {
  on("version", { version: "1" });
  const answer = await dag
    .getGQLClient()
    .request<{ version: string }>("{version}", { a: [1, { b: null }], c: undefined });
  assert.deepEqual(answer, { version: "1" });
  assert.deepEqual(variables, ['{"a":[1,{"b":null}]}']);
  await dag.getGQLClient().request({ document: "query { version }" });
  assert.equal(documents[1], "query { version }");
  fail("version", "no");
  await assert.rejects(dag.getGQLClient().request("{version}"), { name: "GraphQLRequestError", message: "no" });
});

test("a chain of one's own", async () => {
  on("foo", { foo: { bar: 3 } });
  assert.equal(await new Context().select("foo", { x: 1 }).select("bar").execute<number>(), 3);
  assert.deepEqual(documents, ["{foo(x: 1){bar}}"]);
  assert.equal(new Client(new Context()).container() === undefined, false);
});
