// Checks types, format and style, then runs the tests on what `tsc` makes of the sources. With --check it runs none.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, "node_modules", ".bin", name);

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit" });
  if (error) throw error;
  return status ?? 1;
}

function must(program, args) {
  const status = run(program, args);
  if (status !== 0) process.exit(status);
}

// `npm ci` wants the packages of all platforms, which not every registry has.
const install = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
if (!existsSync(bin("tsc")) || !existsSync(bin("biome"))) must("npm", install);
must(bin("tsc"), ["-p", "tsconfig.json"]);
must(bin("tsc"), ["-p", "tests/types"]);
must(bin("biome"), ["check"]);
if (process.argv.includes("--check")) process.exit(0);

const built = mkdtempSync(join(tmpdir(), "dockwright-sdk-"));
try {
  must(bin("tsc"), ["-p", "tsconfig.json", "--noEmit", "false", "--module", "esnext", "--outDir", built]);
  writeFileSync(join(built, "package.json"), JSON.stringify({ type: "module" }));
  const tests = readdirSync(join(built, "tests")).filter((name) => name.endsWith(".test.js"));
  const hooks = new URL("support/hooks.mjs", import.meta.url).href;
  process.exitCode = run(process.execPath, [
    "--import",
    hooks,
    "--test",
    ...tests.map((name) => join(built, "tests", name)),
  ]);
} finally {
  rmSync(built, { recursive: true, force: true });
}
