/**
 * Renders rows as a Markdown table; the first row is the heading. Columns are padded to equal width.
 *
 * @param {string[][]} rows
 * @returns {string}
 */
export function render(rows) {
  if (rows.length === 0) {
    return ""
  }
  const columns = Math.max(...rows.map((row) => row.length))
  const cells = rows.map((row) => Array.from({ length: columns }, (_, at) => escape(row[at] ?? "")))
  const widths = Array.from({ length: columns }, (_, at) => Math.max(3, ...cells.map((row) => row[at].length)))
  const line = (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(" | ")} |\n`
  const [heading, ...body] = cells
  return [line(heading), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("")
}

function escape(cell) {
  return cell.replaceAll("|", "\\|").replaceAll("\n", "<br>")
}
