/** Calls: arguments and state come as JSON, results and state leave as JSON. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { type Container, Directory, dag, type File, field, func, NetworkProtocol, object } from "@dagger.io/dagger";
import { invoke } from "../src/module/entry.js";
import type { FunctionType, TypeRef, Types } from "../src/module/types.js";
import { documents, on, reset } from "./support/host.js";

beforeEach(reset);

const Level = { Low: "low", High: "high" } as const;

interface Duck {
  quack(times?: number, level?: string): Promise<string>;
  mood(): Promise<string>;
  pond(): Directory;
  friend(): Duck;
  eggs(): Promise<File[]>;
  rest(): Promise<void>;
}

@object()
class Part {
  @field()
  name = "";
  image?: Container | null;

  @func()
  shout(): string {
    return this.name.toUpperCase();
  }
}

@object()
class Main {
  source: Directory | null;
  version: string;
  parts: Part[] = [];
  table: Record<string, number> = { a: 1 };
  cache = new Map();
  late!: Directory;
  helper = () => 1;

  constructor(source: Directory | null = null, version = "3.12") {
    this.source = source;
    this.version = version;
  }

  @func()
  echo(text = "default", level: string = Level.Low, maybe?: number | null, flag = true): string {
    return JSON.stringify([text, level, maybe === undefined ? "undefined" : maybe, flag]);
  }

  @func({ alias: "renamed" })
  original(first: number, ...rest: string[]): string {
    return `${first}:${rest.join("+")}:${this.version}`;
  }

  @func()
  async build(): Promise<Part[]> {
    const part = new Part();
    part.name = "a";
    part.image = dag.container();
    return [part, new Part()];
  }

  anything(): unknown {
    return Main.result;
  }

  static result: unknown;

  isDirectory(source: Directory): boolean {
    return source instanceof Directory && this.source instanceof Directory;
  }

  usePart(part: Part): string {
    return part.shout();
  }

  async useDuck(duck: Duck): Promise<string> {
    const entries = await duck.friend().pond().entries();
    const eggs = await duck.eggs();
    await duck.rest();
    const quack = await duck.quack(2, Level.High);
    return [await duck.mood(), quack, entries.join(), await eggs[0]?.contents()].join();
  }
}

const string: TypeRef = { kind: "string" };
const integer: TypeRef = { kind: "integer" };
const of = (kind: "object" | "interface" | "enum", name: string): TypeRef => ({ kind, of: name });
const optional = (type: TypeRef): TypeRef => ({ kind: "optional", of: type });
const list = (type: TypeRef): TypeRef => ({ kind: "list", of: type });
const arg = (name: string, type: TypeRef, variadic = false) => ({ name, type, variadic });
const fn = (returns: TypeRef, ...args: ReturnType<typeof arg>[]): FunctionType => ({ arguments: args, returns });

function types(result: TypeRef = string): Types {
  const main = {
    class: "Main",
    properties: {
      source: optional(of("object", "Directory")),
      version: string,
      parts: list(of("object", "Part")),
      late: of("object", "Directory"),
    },
    functions: {
      echo: fn(
        string,
        arg("text", string),
        arg("level", of("enum", "Level")),
        arg("maybe", optional(integer)),
        arg("flag", { kind: "boolean" }),
      ),
      renamed: { method: "original", ...fn(string, arg("first", integer), arg("rest", list(string), true)) },
      build: fn(list(of("object", "Part"))),
      anything: fn(result),
      isDirectory: fn({ kind: "boolean" }, arg("source", of("object", "Directory"))),
      usePart: fn(string, arg("part", of("object", "Part"))),
      useDuck: fn(string, arg("duck", of("interface", "Duck"))),
    },
    constructor: { arguments: [arg("source", optional(of("object", "Directory"))), arg("version", string)] },
  };
  const part = {
    class: "Part",
    properties: { name: string, image: optional(of("object", "Container")) },
    functions: { shout: fn(string) },
  };
  const duck = {
    functions: {
      quack: fn(string, arg("times", optional(integer)), arg("level", optional(of("enum", "Level")))),
      mood: fn(of("enum", "Level")),
      pond: fn(of("object", "Directory")),
      friend: fn(of("interface", "Duck")),
      eggs: fn(list(of("object", "File"))),
      rest: fn({ kind: "void" }),
    },
  };
  // As the guest gets it.
  return JSON.parse(
    JSON.stringify({
      objects: { Part: part, Main: main, Plain: { properties: { ok: { kind: "boolean" } }, functions: {} } },
      enums: { Level: { LOW: "low", HIGH: "high" } },
      interfaces: { Duck: duck },
    }),
  );
}

function call(name: string, args: object = {}, parent: object = {}, parentType = "Main", result?: TypeRef) {
  const given = Object.entries(args).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
  return invoke(types(result), { parentType, parent: JSON.stringify(parent), name, arguments: given });
}

async function returning(value: unknown, result: TypeRef): Promise<unknown> {
  Main.result = value;
  return JSON.parse(await call("anything", {}, {}, "Main", result));
}

test("the constructor gives the state by the names in the source", async () => {
  const state = await call("", { source: "Directory@1" });
  assert.deepEqual(JSON.parse(state), { source: "Directory@1", version: "3.12", parts: [], table: { a: 1 } });
  assert.deepEqual(documents, [], "the ID of an argument is known");
  assert.equal(JSON.parse(await call("")).source, null);
});

test("what was not given keeps the source's defaults", async () => {
  assert.deepEqual(JSON.parse(JSON.parse(await call("echo"))), ["default", "low", "undefined", true]);
  const given = { text: "x", level: "HIGH", maybe: null, flag: false };
  assert.deepEqual(JSON.parse(JSON.parse(await call("echo", given))), ["x", "high", null, false]);
  assert.deepEqual(JSON.parse(JSON.parse(await call("echo", { text: null }))), ["default", "low", "undefined", true]);
});

test("a function is found by its name in the API; variadic arguments are spread", async () => {
  assert.equal(await call("renamed", { first: 1, rest: ["a", "b"] }, { version: "v" }), '"1:a+b:v"');
  assert.equal(await call("renamed", { first: 1 }), '"1::undefined"');
});

test("objects of the module come and go as their state", async () => {
  on("container{id}", { container: { id: "Container@1" } });
  assert.deepEqual(JSON.parse(await call("build")), [{ name: "a", image: "Container@1" }, { name: "" }]);
  assert.equal(await call("usePart", { part: { name: "abc", image: null } }), '"ABC"');
  assert.equal(await call("shout", {}, { name: "abc" }, "Part"), '"ABC"');
});

test("objects of the API come as IDs", async () => {
  assert.equal(await call("isDirectory", { source: "Directory@1" }, { source: "Directory@2" }), "true");
});

test("results are converted by their types", async () => {
  on("directory{id}", { directory: { id: "Directory@1" } });
  assert.equal(await returning(undefined, { kind: "void" }), null);
  assert.equal(await returning("dropped", { kind: "void" }), null);
  assert.equal(await returning(undefined, optional(string)), null);
  assert.equal(await returning("high", of("enum", "Level")), "HIGH");
  assert.equal(await returning(NetworkProtocol.Udp, of("enum", "NetworkProtocol")), "UDP");
  assert.equal(await returning(Promise.resolve(1.5), { kind: "float" }), 1.5);
  assert.equal(await returning(dag.directory(), of("object", "Directory")), "Directory@1");
  assert.deepEqual(await returning([null, dag.directory()], list(optional(of("object", "Directory")))), [
    null,
    "Directory@1",
  ]);
  assert.deepEqual(await returning({ ok: true }, of("object", "Plain")), { ok: true });
  const part = Object.assign(new Part(), { name: "p" });
  assert.deepEqual(await returning(part, of("interface", "Duck")), { name: "p" });
});

test("what does not fit says where", async () => {
  const loop: { self?: unknown; ok: boolean } = { ok: true };
  loop.self = loop;
  await assert.rejects(
    returning(undefined, string),
    /what Main\.anything returned is undefined, but its type promises/,
  );
  await assert.rejects(returning(new Date(), string), /is a Date, which cannot leave the function/);
  await assert.rejects(returning([Promise.resolve("x")], list(string)), /item 0 of .* not awaited; put `await` before/);
  await assert.rejects(
    returning("nope", of("enum", "Level")),
    /is "nope", which is no member of Level; it has: LOW, HIGH/,
  );
  await assert.rejects(returning("x", list(string)), /is "x", where a list is expected/);
  await assert.rejects(returning(Number.NaN, integer), /is NaN, which JSON has no form for/);
  await assert.rejects(
    call("echo", { text: 1 }),
    /the argument text of Main\.echo is .* number, where string is expected/,
  );
  await assert.rejects(call("echo", { level: "x" }), /is x, which is no member of Level; it has: LOW, HIGH/);
  await assert.rejects(call("nope"), /Main has no function nope; it has: echo, renamed/);
  await assert.rejects(call("x", {}, {}, "Nope"), /the module has no object Nope; it has: Part, Main, Plain/);
  await assert.rejects(call("", {}, {}, "Plain"), /Plain is no class/);
});

test("an object that contains itself is refused", async () => {
  const looped = types(of("object", "Plain"));
  (looped.objects.Plain?.properties as { [name: string]: TypeRef }).self = of("object", "Plain");
  const value: { self?: unknown } = {};
  value.self = value;
  Main.result = value;
  const given = { parentType: "Main", parent: "{}", name: "anything", arguments: [] };
  await assert.rejects(invoke(looped, given), /of the type Plain contains itself/);
});

test("an interface is a client of whatever implements it", async () => {
  const duck = 'node(id: "Dog@1"){... on MainDuck{';
  on(`${duck}mood`, { node: { mood: "HIGH" } });
  on(`${duck}quack`, { node: { quack: "quack quack" } });
  on(`${duck}friend`, { node: { friend: { pond: { entries: ["a", "b"] } } } });
  on(`${duck}eggs`, { node: { eggs: [{ id: "File@1" }] } });
  on(`${duck}rest`, { node: { rest: null } });
  on('File@1"){... on File{contents', { node: { contents: "egg" } });
  assert.equal(await call("useDuck", { duck: "Dog@1" }), '"high,quack quack,a,b,egg"');
  assert(documents.includes(`{${duck}quack(times: 2, level: HIGH)}}}`), documents.join("\n"));
});
