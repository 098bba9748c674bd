/** What the host is told of an error. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ExecError } from "@dagger.io/dagger";
import { failure } from "../src/module/entry.js";

const exec = () =>
  new ExecError("exit code: 3", { cmd: ["sh"], exitCode: 3, stdout: "o", stderr: "e", extensions: { a: 1 } });

test("an error of the user's has its class, message and frames", () => {
  class Broken extends Error {}
  const { kind, message, stack, extensions } = failure(new Broken("no luck"));
  assert.deepEqual([kind, message], ["Broken", "no luck"]);
  assert.match(stack, /^\s+at .*failure\.test\.js:\d+:\d+/);
  assert.deepEqual({ ...extensions }, {});
});

test("a failed command keeps its values", () => {
  const values = { a: 1, _type: "EXEC_ERROR", cmd: ["sh"], exitCode: 3, stdout: "o", stderr: "e" };
  assert.deepEqual({ ...failure(exec()).extensions }, values);
  const sole = failure(new AggregateError([exec()]));
  assert.deepEqual([sole.kind, { ...sole.extensions }], ["ExecError", values]);
  const group = failure(new AggregateError([new Error("a"), exec()], "two"));
  assert.deepEqual([group.kind, group.message], ["AggregateError", "two\na\nexit code: 3"]);
  assert.deepEqual({ ...group.extensions }, values);
});

test("a cause is told with its frames", () => {
  const { stack } = failure(new Error("outer", { cause: new TypeError("inner") }));
  assert.match(stack, /failure\.test\.js[\s\S]*\nCaused by: TypeError: inner\n\s+at .*failure\.test\.js/);
});

test("anything can be thrown", () => {
  assert.equal(failure("text").message, "text");
  assert.equal(failure(undefined).message, "undefined was thrown, which is no Error");
  assert.equal(failure(Symbol("s")).message, "Symbol(s) was thrown, which is no Error");
  assert.equal(failure({ message: "m" }).message, "m");
  const hostile = new Error("x");
  Object.defineProperty(hostile, "stack", {
    get() {
      throw new Error("no");
    },
  });
  assert.equal(failure(hostile).stack, "");
});
