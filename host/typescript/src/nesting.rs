//! How deep a source may be nested, checked before a recursive parser sees it.
//!
//! Parser, transformer and printer recurse, so a file of ten thousand brackets is ten thousand frames of stack each. The
//! scan bounds the depth from above without parsing: the tokens since the last separator, summed over the open brackets.
//! It is no lexer: where it cannot tell a division from a regular expression it guesses, and errs by little.

use crate::problem::Problem;
use crate::text::Text;
use oxc::span::Span;

/// Tokens that may be pending at once. `stack::deep` has room for it.
pub(crate) const LIMIT: usize = 20_000;

/// Refuses a source that is nested too deep.
///
/// # Errors
/// One problem, at the place where the limit is passed.
pub(crate) fn check(text: Text<'_>) -> Result<(), Vec<Problem>> {
    if text.source.len() <= LIMIT {
        return Ok(());
    }
    match Scan::new(text.source.as_bytes()).run() {
        None => Ok(()),
        Some(offset) => {
            let offset = u32::try_from(offset).unwrap_or(u32::MAX);
            let help = "split the expression: keep parts of it in constants, or in a JSON file".to_owned();
            let span = Span::new(offset, offset.saturating_add(1));
            Err(vec![text.problem(span, "the source is nested too deep", Some(help))])
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Frame {
    Paren {
        of_condition: bool,
    },
    Bracket,
    Brace,
    /// `${…}` inside a template.
    Substitution,
}

/// What came before a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Previous {
    /// Something that ends an operand: a name, a literal, a closing bracket.
    Operand,
    /// `}`, which ends an operand or a statement.
    Block,
    /// `if`, `while`, `for` or `with`.
    Condition,
    /// An operator, or a word that wants something after it.
    Open,
}

struct Scan<'s> {
    bytes: &'s [u8],
    at: usize,
    frames: Vec<(Frame, usize)>,
    /// Tokens pending in the innermost frame.
    here: usize,
    /// Tokens pending in the frames around it.
    outer: usize,
    previous: Previous,
    new_line: bool,
}

impl<'s> Scan<'s> {
    fn new(bytes: &'s [u8]) -> Scan<'s> {
        Scan {
            bytes,
            at: 0,
            frames: Vec::new(),
            here: 0,
            outer: 0,
            previous: Previous::Open,
            new_line: false,
        }
    }

    /// The offset at which the limit is passed.
    fn run(mut self) -> Option<usize> {
        while let Some(byte) = self.peek(0) {
            let start = self.at;
            self.token(byte);
            if self.here + self.outer > LIMIT {
                return Some(start);
            }
        }
        None
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn token(&mut self, byte: u8) {
        match byte {
            b'\n' => {
                self.new_line = true;
                self.at += 1;
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'/' if self.peek(1) == Some(b'/') => self.skip_to(b"\n"),
            b'/' if self.peek(1) == Some(b'*') => {
                self.at += 2;
                self.skip_to(b"*/");
                self.at += 2;
            }
            b'"' | b'\'' => self.string(byte),
            b'`' => {
                self.at += 1;
                self.here += 1;
                self.template();
            }
            b'/' if !matches!(self.previous, Previous::Operand | Previous::Block) => self.regular_expression(),
            b'(' => {
                let of_condition = self.previous == Previous::Condition;
                self.open(Frame::Paren { of_condition });
            }
            b'[' => self.open(Frame::Bracket),
            b'{' => self.open(Frame::Brace),
            b')' | b']' | b'}' => self.close(byte),
            b';' | b',' => {
                self.here = 0;
                self.after(Previous::Open);
            }
            _ if is_word(byte) => self.word(),
            _ => {
                self.here += 1;
                self.after(Previous::Open);
            }
        }
    }

    fn after(&mut self, previous: Previous) {
        self.at += 1;
        self.previous = previous;
        self.new_line = false;
    }

    fn open(&mut self, frame: Frame) {
        self.frames.push((frame, self.here));
        self.outer += self.here + 1;
        self.here = 0;
        self.after(Previous::Open);
    }

    fn close(&mut self, byte: u8) {
        let matches = matches!(
            (self.frames.last(), byte),
            (Some((Frame::Paren { .. }, _)), b')')
                | (Some((Frame::Bracket, _)), b']')
                | (Some((Frame::Brace | Frame::Substitution, _)), b'}')
        );
        self.after(if byte == b'}' {
            Previous::Block
        } else {
            Previous::Operand
        });
        let Some((frame, pending)) = (if matches { self.frames.pop() } else { None }) else {
            return;
        };
        self.outer -= pending + 1;
        self.here = pending + 1;
        match frame {
            Frame::Paren { of_condition: true } => self.previous = Previous::Open,
            Frame::Substitution => self.template(),
            _ => {}
        }
    }

    fn word(&mut self) {
        let start = self.at;
        while self.peek(0).is_some_and(is_word) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        let ends = match self.previous {
            Previous::Block => true,
            Previous::Operand => self.new_line,
            Previous::Condition | Previous::Open => false,
        };
        if ends && !continues(word) {
            self.here = 0;
        }
        self.here += 1;
        self.new_line = false;
        self.previous = match word {
            b"if" | b"while" | b"for" | b"with" => Previous::Condition,
            _ if wants_more(word) => Previous::Open,
            _ => Previous::Operand,
        };
    }

    fn string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            if byte == b'\\' {
                self.at += 1;
            } else if byte == quote || byte == b'\n' {
                break;
            }
        }
        self.here += 1;
        self.previous = Previous::Operand;
        self.new_line = false;
    }

    /// Text of a template, up to its end or to a substitution.
    fn template(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.at += 2,
                b'`' => {
                    self.after(Previous::Operand);
                    return;
                }
                b'$' if self.peek(1) == Some(b'{') => {
                    self.at += 1;
                    self.open(Frame::Substitution);
                    return;
                }
                _ => self.at += 1,
            }
        }
    }

    fn regular_expression(&mut self) {
        let start = self.at;
        let mut in_class = false;
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => break,
                b'\n' => {
                    self.at = start + 1;
                    self.previous = Previous::Open;
                    self.here += 1;
                    return;
                }
                _ => {}
            }
        }
        self.here += 1;
        self.previous = Previous::Operand;
        self.new_line = false;
    }

    fn skip_to(&mut self, end: &[u8]) {
        while self.at < self.bytes.len() {
            if self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(end)) {
                return;
            }
            self.at += 1;
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#' | b'\\') || byte >= 0x80
}

/// Words that go on with what stands before them.
fn continues(word: &[u8]) -> bool {
    matches!(
        word,
        b"else"
            | b"in"
            | b"instanceof"
            | b"as"
            | b"satisfies"
            | b"extends"
            | b"is"
            | b"of"
            | b"catch"
            | b"finally"
            | b"while"
    )
}

/// Words after which an operand or a statement must come.
fn wants_more(word: &[u8]) -> bool {
    matches!(
        word,
        b"else"
            | b"do"
            | b"typeof"
            | b"void"
            | b"delete"
            | b"await"
            | b"new"
            | b"throw"
            | b"in"
            | b"instanceof"
            | b"as"
            | b"satisfies"
            | b"extends"
            | b"keyof"
            | b"readonly"
            | b"unique"
            | b"infer"
            | b"is"
            | b"of"
            | b"yield"
            | b"case"
            | b"return"
            | b"async"
            | b"abstract"
            | b"asserts"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(source: &str) -> bool {
        check(Text::new("a.ts", source)).is_ok()
    }

    #[test]
    fn depth_counts_and_length_does_not() {
        let many = 3 * LIMIT;
        for long in [
            "a = b + c\n".repeat(many),
            "foo()\n".repeat(many),
            "x = [1, 2, `${y}`];".repeat(many),
            "function f(){return 1}".repeat(many),
            "if (a) { b() }\n".repeat(many),
            format!("x = [{}]", "{a: 'b', c: /[/]/g},".repeat(many)),
            format!("class A {{ {} }}", "m() { return `a` }\n".repeat(many)),
            format!("// {}", "[".repeat(many)),
            format!("x = '{}'", "[".repeat(many)),
        ] {
            assert!(passes(&long), "{}", &long[..40]);
        }
        for deep in [
            "[", "(", "{", "!", "- ", "a=>", "if(a)\n", "else ", "a?b:", "`${", "x=", "f(", "new ", "typeof\n", "l:\n",
            "A<", "while(a)",
        ] {
            assert!(!passes(&deep.repeat(many)), "{deep}");
        }
    }
}
