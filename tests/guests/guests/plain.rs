//! Exports functions of its own WIT types, in two interfaces, and knows nothing of dockwright.

wit_bindgen::generate!({
    inline: r#"
        package acme:tools@1.2.0;

        interface text {
            enum letter-case { upper, very-lower }
            flags marks { bold, under-lined }
            record line-count { lines: u32, longest-line: option<string> }
            record point { x: f64, y: f64 }
            variant shape { circle(f64), square(f64) }

            convert: func(text: string, to: letter-case) -> string;
            count: func(text: string) -> line-count;
            describe: func(count: line-count) -> string;
            mark: func(text: string, marks: marks) -> list<string>;
            draw: func(shape: shape) -> string;
        }

        interface numbers {
            sum: func(values: list<u8>) -> u32;
            divide: func(dividend: s64, by: s64) -> result<s64, string>;
            nothing: func();
        }

        world tools {
            export text;
            export numbers;
        }
    "#,
});

use exports::acme::tools::numbers;
use exports::acme::tools::text::{Guest, LetterCase, LineCount, Marks, Shape};

struct Tools;

impl Guest for Tools {
    fn convert(text: String, to: LetterCase) -> String {
        match to {
            LetterCase::Upper => text.to_uppercase(),
            LetterCase::VeryLower => text.to_lowercase(),
        }
    }

    fn count(text: String) -> LineCount {
        LineCount {
            lines: text.lines().count() as u32,
            longest_line: text.lines().max_by_key(|line| line.len()).map(str::to_owned),
        }
    }

    fn describe(count: LineCount) -> String {
        format!("{} lines, longest {:?}", count.lines, count.longest_line)
    }

    fn mark(text: String, marks: Marks) -> Vec<String> {
        vec![text, format!("{marks:?}")]
    }

    fn draw(_: Shape) -> String {
        "drawn".into()
    }
}

impl numbers::Guest for Tools {
    fn sum(values: Vec<u8>) -> u32 {
        values.into_iter().map(u32::from).sum()
    }

    fn divide(dividend: i64, by: i64) -> Result<i64, String> {
        dividend.checked_div(by).ok_or_else(|| format!("{dividend} cannot be divided by {by}"))
    }

    fn nothing() {}
}

export!(Tools);
