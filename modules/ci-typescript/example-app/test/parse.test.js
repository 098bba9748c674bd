import assert from "node:assert/strict"
import { test } from "node:test"
import { parse } from "../src/parse.js"

test("lines become rows", () => {
  assert.deepEqual(parse("a,b\n1,2\n"), [["a", "b"], ["1", "2"]])
})

test("the last line needs no line feed", () => {
  assert.deepEqual(parse("a,b\r\n1,"), [["a", "b"], ["1", ""]])
})

test("quoted fields keep commas, quotes and line feeds", () => {
  assert.deepEqual(parse('"a,b","say ""hi""","two\nlines"'), [["a,b", 'say "hi"', "two\nlines"]])
})

test("a quoted field must end", () => {
  assert.throws(() => parse('"a'), SyntaxError)
})
