//! Layout of TypeScript source: a bracketed list stays on one line when it fits, else each item has its own.

/// Columns of a line.
pub(super) const WIDTH: usize = 120;

/// `head(items)tail`, `indent` spaces deep.
pub(super) fn bracketed(indent: usize, head: &str, items: &[String], tail: &str) -> String {
    let pad = " ".repeat(indent);
    let flat = format!("{pad}{head}({}){tail}", items.join(", "));
    if flat.chars().count() <= WIDTH || items.is_empty() {
        return flat;
    }
    let lines: String = items.iter().map(|item| format!("{pad}  {item},\n")).collect();
    format!("{pad}{head}(\n{lines}{pad}){tail}")
}

/// A call whose last argument is an object literal: `head(first, { fields })tail`. The literal alone is broken when it does not fit.
pub(super) fn with_literal(indent: usize, head: &str, first: &str, fields: &[String], tail: &str) -> String {
    let pad = " ".repeat(indent);
    let flat = format!("{pad}{head}({first}, {}){tail}", literal(fields));
    if flat.chars().count() <= WIDTH {
        return flat;
    }
    let lines: String = fields.iter().map(|field| format!("{pad}  {field},\n")).collect();
    format!("{pad}{head}({first}, {{\n{lines}{pad}}}){tail}")
}

/// `{ a, b: c }`.
pub(super) fn literal(fields: &[String]) -> String {
    format!("{{ {} }}", fields.join(", "))
}

/// A field of an object literal: `name` alone when the value is a variable of that name.
pub(super) fn field(name: &str, value: &str) -> String {
    if name == value {
        name.to_owned()
    } else {
        format!("{name}: {value}")
    }
}

/// A string literal.
pub(super) fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(count: usize) -> Vec<String> {
        (0..count).map(|i| format!("argument{i:02}")).collect()
    }

    #[test]
    fn a_list_breaks_only_when_it_does_not_fit() {
        assert_eq!(bracketed(2, "f", &items(2), ";"), "  f(argument00, argument01);");
        let broken = bracketed(0, "f", &items(12), ";");
        assert!(broken.starts_with("f(\n  argument00,\n"), "{broken}");
        assert!(broken.ends_with("  argument11,\n);"), "{broken}");
    }

    #[test]
    fn a_literal_breaks_by_itself() {
        assert_eq!(
            with_literal(0, "f", "\"x\"", &items(1), ";"),
            "f(\"x\", { argument00 });"
        );
        let broken = with_literal(0, "f", "\"x\"", &items(12), ";");
        assert!(broken.starts_with("f(\"x\", {\n  argument00,\n"), "{broken}");
        assert!(broken.ends_with("  argument11,\n});"), "{broken}");
    }

    #[test]
    fn strings_are_escaped() {
        assert_eq!(string("a\"\\\n\u{1}é"), r#""a\"\\\n\u0001é""#);
    }
}
