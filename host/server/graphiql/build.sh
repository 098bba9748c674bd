#!/usr/bin/env bash
# Writes bin/ from the npm packages that package-lock.json names: GraphiQL, React, and the licences of all that is in them.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/package.json "$here"/package-lock.json "$work"
cd "$work"
npm ci --silent --omit=dev --ignore-scripts --no-audit --no-fund

# Without the fonts, which are most of the sheet: the page uses those of the system.
pages() {
  cat node_modules/react/umd/react.production.min.js node_modules/react-dom/umd/react-dom.production.min.js \
    node_modules/graphiql/graphiql.min.js | sed 's,^//# sourceMappingURL=.*,,' | gzip -9n >"$here/bin/graphiql.js.gz"
  tr '\n' ' ' <node_modules/graphiql/graphiql.min.css | sed 's/@font-face *{[^}]*}//g' | gzip -9n >"$here/bin/graphiql.css.gz"
}

licences() {
  find node_modules -name package.json -not -path '*/dist/*' | LC_ALL=C sort | while read -r package; do
    # shellcheck disable=SC2016
    node -e '
      const fs = require("fs"), path = require("path");
      const { name, version, license } = JSON.parse(fs.readFileSync(process.argv[1]));
      const folder = path.dirname(process.argv[1]);
      if (!name || !version || !folder.endsWith("node_modules/" + name)) process.exit();
      const file = fs.readdirSync(folder).sort().find((file) => /^(licen[cs]e|copying)/i.test(file));
      const text = file ? fs.readFileSync(path.join(folder, file), "utf8").trim() : "";
      console.log(`${name} ${version} (${license})\n\n${text}\n\n${"-".repeat(80)}\n`);
    ' "$package"
  done | gzip -9n >"$here/bin/licences.txt.gz"
}

mkdir -p "$here/bin"
pages
licences
