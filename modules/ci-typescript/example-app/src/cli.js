#!/usr/bin/env node
import { readFileSync } from "node:fs"
import mri from "mri"
import { parse } from "./parse.js"
import { render } from "./render.js"

const USAGE = `Usage: mdtable [--columns=N] [FILE]

Reads CSV from FILE, else from standard input, and prints a Markdown table.
`

const { columns, help, _: files } = mri(process.argv.slice(2), { boolean: ["help"] })
if (help) {
  process.stdout.write(USAGE)
} else {
  const rows = parse(readFileSync(files[0] ?? 0, "utf8"))
  process.stdout.write(render(columns ? rows.map((row) => row.slice(0, Number(columns))) : rows))
}
