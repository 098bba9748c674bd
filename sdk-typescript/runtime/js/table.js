// `console.table`: rows and columns with lines around them.

import { inspect } from "./inspect.js";

/** The data as a table; as text when it is no table. */
export function table(data, columns) {
  if (typeof data !== "object" || data === null) return inspect(data);
  const rows = data instanceof Map ? [...data] : Object.entries(data);
  const names = [];
  let values = false;
  for (const [, row] of rows) {
    if (typeof row !== "object" || row === null) values = true;
    else for (const name of Object.keys(row)) if (!names.includes(name)) names.push(name);
  }
  const wanted = Array.isArray(columns) ? columns.map(String) : names;
  const head = ["(index)", ...wanted, ...(values ? ["Values"] : [])];
  const lines = rows.map(([index, row]) => {
    const nested = typeof row === "object" && row !== null;
    const cells = wanted.map((name) => (nested && Object.hasOwn(row, name) ? inspect(row[name], { depth: 1, compact: true }) : ""));
    return [String(index), ...cells, ...(values ? [nested ? "" : inspect(row)] : [])];
  });
  const widths = head.map((name, at) => Math.max(name.length, ...lines.map((cells) => cells[at].length)) + 2);
  const rule = (left, middle, right) => left + widths.map((width) => "─".repeat(width)).join(middle) + right;
  const line = (cells) => `│${cells.map((cell, at) => ` ${cell}`.padEnd(widths[at])).join("│")}│`;
  return [rule("┌", "┬", "┐"), line(head), rule("├", "┼", "┤"), ...lines.map(line), rule("└", "┴", "┘")].join("\n");
}
