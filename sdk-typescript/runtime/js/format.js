// `console.log("%s is %d", …)`.

import { inspect } from "./inspect.js";

/** The arguments of a console method as one text. */
export function format(args) {
  const [first, ...rest] = args;
  if (typeof first !== "string") return args.map(shown).join(" ");
  let next = 0;
  const text = first.replace(/%[sdifjoOc%]/g, (directive) => {
    if (directive === "%%") return rest.length > 0 ? "%" : directive;
    if (next >= rest.length) return directive;
    return replaced(directive, rest[next++]);
  });
  return [text, ...rest.slice(next).map(shown)].join(" ");
}

const shown = (value) => (typeof value === "string" ? value : inspect(value));

function replaced(directive, value) {
  switch (directive) {
    case "%s":
      return typeof value === "bigint" ? `${value}n` : typeof value === "object" && value !== null ? inspect(value, { depth: 0 }) : String(value);
    case "%d":
      return typeof value === "bigint" ? `${value}n` : typeof value === "symbol" ? "NaN" : String(Number(value));
    case "%i":
      return typeof value === "bigint" ? `${value}n` : typeof value === "symbol" ? "NaN" : String(Number.parseInt(value, 10));
    case "%f":
      return typeof value === "symbol" ? "NaN" : String(Number.parseFloat(value));
    case "%j":
      try {
        return String(JSON.stringify(value));
      } catch {
        return "[Circular]";
      }
    case "%c":
      return "";
    default:
      return inspect(value);
  }
}
