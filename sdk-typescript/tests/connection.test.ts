/** What programs do to connect works in a module, as far as it can. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  argument,
  check,
  connect,
  connection,
  dag,
  enumType,
  field,
  func,
  generate,
  object,
  up,
} from "@dagger.io/dagger";

test("the callback gets dag", async () => {
  let seen: unknown;
  await connect(async (client) => {
    seen = client;
  });
  assert.equal(seen, dag);
  let ran = false;
  await connection(async () => {
    ran = true;
  });
  assert(ran);
});

test("a folder of the machine is refused with what to do instead", async () => {
  const options = { Workdir: "/home" };
  await assert.rejects(
    connect(async () => {}, options),
    { name: "EngineSessionError", message: /take a Directory/ },
  );
});

test("decorators leave what they mark as it is", () => {
  class Plain {
    method(_x?: string): number {
      return 1;
    }
  }
  assert.equal(object()(Plain), Plain);
  assert.equal(enumType()(Plain), Plain);
  const descriptor = Object.getOwnPropertyDescriptor(Plain.prototype, "method") as PropertyDescriptor;
  for (const decorator of [func(), func("a"), func({ alias: "a", cache: "never" }), check(), generate(), up()]) {
    assert.equal(decorator(Plain.prototype, "method", descriptor), undefined);
  }
  assert.equal(field("x")(Plain.prototype, "y"), undefined);
  assert.equal(argument({ defaultPath: "/" })(Plain.prototype, "method", 0), undefined);
  assert.equal(new Plain().method(), 1);
});
