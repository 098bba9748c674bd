import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { test } from "node:test"

test("the command reads standard input", () => {
  const cli = new URL("../src/cli.js", import.meta.url).pathname
  const output = execFileSync(process.execPath, [cli, "--columns=1"], { input: "a,b\n1,2\n", encoding: "utf8" })
  assert.equal(output, "| a   |\n| --- |\n| 1   |\n")
})
