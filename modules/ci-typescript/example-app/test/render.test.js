import assert from "node:assert/strict"
import { test } from "node:test"
import { render } from "../src/render.js"

test("columns are padded", () => {
  assert.equal(render([["name", "n"], ["a", "10"]]), "| name | n   |\n| ---- | --- |\n| a    | 10  |\n")
})

test("short rows are filled", () => {
  assert.match(render([["a", "b"], ["1"]]), /\| 1 {3}\| {5}\|/)
})

test("bars are escaped", () => {
  assert.match(render([["a|b"]]), /a\\\|b/)
})

test("nothing gives nothing", () => {
  assert.equal(render([]), "")
})
