// CommonJS: every file is run once, when it is first required, also by an `import`.

import { compile, kind, resolve, take } from "dockwright:native";
import { apply, mapDelete, mapGet, mapSet, parse, text } from "./primordials.js";

/** Modules by file id, from the moment they begin to run: cycles see what is exported so far. */
const modules = new Map();

/** What cannot be required as a file but is there. */
const provided = new Map();

/** Makes exports available under a specifier. */
export function provide(specifier, exports) {
  mapSet(provided, specifier, exports);
}

/** The exports of a file. */
export function require(id) {
  const known = mapGet(modules, id);
  if (known) return known.exports;
  switch (kind(id)) {
    case "json":
      return json(id);
    case "cjs":
      return run(id);
    case "esm":
      throw new Error(`${id} is an ES module and cannot be required; import it: await import(…)`);
    default:
      throw new ReferenceError(`there is no file ${id}`);
  }
}

function json(id) {
  try {
    const exports = parse(take(id));
    mapSet(modules, id, { exports });
    return exports;
  } catch (error) {
    error.message = `${id}: ${error.message}`;
    throw error;
  }
}

function run(id) {
  const filename = `/src/${id}`;
  const module = { id, filename, exports: {}, loaded: false, children: [], paths: [] };
  const requireFrom = (specifier) => mapGet(provided, specifier) ?? require(resolve(id, text(specifier)));
  requireFrom.resolve = (specifier) => (mapGet(provided, specifier) ? specifier : resolve(id, text(specifier)));
  requireFrom.cache = {};
  module.require = requireFrom;
  mapSet(modules, id, module);
  try {
    const dirname = filename.slice(0, filename.lastIndexOf("/"));
    apply(compile(id), module.exports, [module.exports, requireFrom, module, filename, dirname]);
  } catch (error) {
    mapDelete(modules, id);
    throw error;
  }
  module.loaded = true;
  return module.exports;
}
