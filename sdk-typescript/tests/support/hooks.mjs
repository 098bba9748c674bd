// Leads the two specifiers that only the sandbox knows to files: the SDK itself, and a host that the tests script.

import { register } from "node:module";

register(
  `data:text/javascript,${encodeURIComponent(`
    const FILES = { "dockwright:host": "../tests/support/host.js", "@dagger.io/dagger": "../src/index.js" };
    export function resolve(specifier, context, next) {
      const file = FILES[specifier];
      if (file === undefined) return next(specifier, context);
      const built = context.parentURL.replace(/\\/(src|tests)\\/.*$/, "/src/");
      return { url: new URL(file, built).href, shortCircuit: true };
    }
  `)}`,
);
