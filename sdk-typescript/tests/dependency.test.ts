/** Bindings of a dependency, as the generator writes them. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { type Directory, dag, extend, type ID } from "@dagger.io/dagger";
import { invoke } from "../src/module/entry.js";
import type { Types } from "../src/module/types.js";
import { type Ci, type CiDuck, type CiID, CiSeverity } from "./support/ci.gen.js";
import { documents, on, reset } from "./support/host.js";

beforeEach(reset);

test("the constructor is a method of dag", async () => {
  on("lint", { ci: { lint: "clean" } });
  const source: Directory = dag.loadDirectoryFromID("Directory@1" as ID);
  const ci: Ci = dag.ci({ source, python: "3.13" });
  assert.equal(await ci.lint("a", { level: CiSeverity.VeryHigh, names: ["x"] }), "clean");
  assert.deepEqual(documents, [
    '{ci(source: "Directory@1", python: "3.13"){lint(from: "a", level: VERY_HIGH, names: ["x"])}}',
  ]);
});

test("its objects continue from their IDs", async () => {
  on("list{id}", { ci: { list: [{ id: "CiReport@1" }] } });
  on("... on CiReport{ok", { node: { ok: true } });
  const [report] = await dag.ci().list();
  assert.equal(await report?.ok(), true);
  const id: Promise<CiID> = dag.loadContainerFromID("Container@1" as ID).id() as Promise<never>;
  assert.equal(await id, "Container@1");
});

test("an object of the API satisfies an interface by its ID", async () => {
  on("listen", { ci: { listen: null } });
  const duck = dag.loadDirectoryFromID("Directory@1" as ID) as unknown as CiDuck;
  assert.equal(await dag.ci().listen(duck), null);
  assert.deepEqual(documents, ['{ci{listen(duck: "Directory@1")}}']);
});

test("an object is seen as an interface of another dependency", async () => {
  on("asCiDuck{id}", { pond: { mallard: { asCiDuck: { id: "PondMallard@1" } } } });
  on("listen", { ci: { listen: 3 } });
  const duck: CiDuck = dag.pond().mallard().asCiDuck();
  assert.equal(await dag.ci().listen(duck), 3);
  assert.equal(documents[1], '{ci{listen(duck: "PondMallard@1")}}');
});

test("its objects are arguments of the module's functions", async () => {
  on("verify", { node: { verify: null } });
  const { object } = await import("@dagger.io/dagger");
  class User {
    async check(ci: Ci): Promise<Ci> {
      await ci.verify();
      return ci;
    }
  }
  object()(User);
  const ci = { kind: "object", of: "Ci" } as const;
  const types: Types = {
    objects: {
      User: {
        class: "User",
        properties: {},
        functions: { check: { method: "check", arguments: [{ name: "ci", type: ci }], returns: ci } },
      },
    },
    enums: {},
    interfaces: {},
  };
  const given = [{ name: "ci", value: '"Ci@1"' }];
  assert.equal(await invoke(types, { parentType: "User", parent: "{}", name: "check", arguments: given }), '"Ci@1"');
  assert.deepEqual(documents, ['{node(id: "Ci@1"){... on Ci{verify}}}']);
});

test("a name that the API has is refused", () => {
  assert.throws(() => extend("container", () => 1), /the API has container already/);
});
