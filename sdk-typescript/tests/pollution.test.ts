/** A module that changes what all code shares changes neither what is sent nor what is returned. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { dag, object, ReturnType } from "@dagger.io/dagger";
import { invoke } from "../src/module/entry.js";
import type { Types } from "../src/module/types.js";
import { documents, on } from "./support/host.js";

@object()
export class Polluted {
  list = ["a"];
  nested = { b: 1 };

  async run(): Promise<string> {
    return dag.container().withExec(["x"], { expect: ReturnType.Any }).stdout();
  }
}

const types: Types = {
  objects: {
    Polluted: {
      class: "Polluted",
      properties: { list: { kind: "list", of: { kind: "string" } } },
      functions: { run: { method: "run", arguments: [], returns: { kind: "string" } } },
    },
  },
  enums: {},
  interfaces: {},
};

const call = (name: string) => invoke(types, { parentType: "Polluted", parent: '{"list":["a"]}', name, arguments: [] });

function polluted(target: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
  return () => {
    if (before === undefined) delete (target as { [name: string]: unknown })[name];
    else Object.defineProperty(target, name, before);
  };
}

/** A built-in that fails when the SDK calls it; node and its test runner may. */
function guarded(target: object, name: string): () => void {
  const original = (target as { [name: string]: (...args: unknown[]) => unknown })[name] as () => unknown;
  const { apply } = Reflect;
  const { split, includes } = String.prototype;
  return polluted(target, name, function (this: unknown, ...args: []) {
    const caller = split.call(new Error().stack ?? "", "\n" as never)[2] ?? "";
    if (includes.call(caller, "/src/")) throw new Error(`the SDK called ${name} ${caller}`);
    return apply(original, this, args);
  });
}

test("documents and results stay the same", async () => {
  on("stdout", () => '{"data":{"container":{"withExec":{"stdout":"ok"}}}}');
  const undo = [
    polluted(Object.prototype, "toJSON", () => "polluted"),
    polluted(Object.prototype, "expect", "ANY"),
    polluted(Object.prototype, "polluted", () => 1),
    polluted(Object.prototype, "Nope", { functions: {} }),
    polluted(Array.prototype, "toJSON", () => "polluted"),
    guarded(Array.prototype, "map"),
    guarded(Array.prototype, "push"),
    guarded(Array.prototype, "join"),
    guarded(JSON, "stringify"),
    guarded(Object, "keys"),
    guarded(Reflect, "apply"),
    guarded(RegExp.prototype, "exec"),
    guarded(String.prototype, "split"),
    guarded(Promise, "all"),
  ];
  let results: string[];
  let missing = "";
  try {
    results = [await call("run"), await call("")];
    await invoke(types, { parentType: "Nope", parent: "{}", name: "x", arguments: [] }).catch((error) => {
      missing = error.message;
    });
  } finally {
    for (const restore of undo.reverse()) restore();
  }
  assert.deepEqual(results, ['"ok"', '{"list":["a"],"nested":{"b":1}}']);
  assert.deepEqual(documents, ['{container{withExec(args: ["x"], expect: ANY){stdout}}}']);
  assert.equal(missing, "the module has no object Nope; it has: Polluted");
});
