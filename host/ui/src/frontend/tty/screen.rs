//! A terminal for tests: just what [`super::region`] asks of one, and an error for anything else.

use unicode_width::UnicodeWidthChar;

pub(super) struct Screen {
    columns: usize,
    rows: usize,
    /// All lines since the beginning; the last `rows` are in sight.
    lines: Vec<Vec<char>>,
    row: usize,
    column: usize,
}

impl Screen {
    pub(super) fn new(columns: usize, rows: usize) -> Self {
        Self {
            columns,
            rows,
            lines: vec![Vec::new()],
            row: 0,
            column: 0,
        }
    }

    /// Everything, what scrolled away first.
    pub(super) fn text(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(|line| line.iter().collect()).collect();
        lines.join("\n").trim_end().to_owned()
    }

    pub(super) fn feed(&mut self, bytes: &str) {
        let mut rest = bytes.chars();
        while let Some(character) = rest.next() {
            match character {
                '\r' => self.column = 0,
                '\n' => self.down(),
                '\u{1b}' => self.control(&mut rest),
                _ => self.put(character),
            }
        }
    }

    fn put(&mut self, character: char) {
        let width = character.width().unwrap_or(0);
        assert!(self.column + width <= self.columns, "a line wraps: {}", self.text());
        let line = &mut self.lines[self.row];
        line.resize(line.len().max(self.column + width), ' ');
        line[self.column] = character;
        self.column += width;
    }

    fn down(&mut self) {
        self.row += 1;
        if self.row == self.lines.len() {
            self.lines.push(Vec::new());
        }
    }

    fn control(&mut self, rest: &mut std::str::Chars<'_>) {
        assert_eq!(rest.next(), Some('['));
        let mut parameters = String::new();
        let command = loop {
            match rest.next().unwrap() {
                character if character.is_ascii_alphabetic() => break character,
                character => parameters.push(character),
            }
        };
        match (parameters.as_str(), command) {
            ("?2026", 'h' | 'l') | (_, 'm') => {}
            ("2", 'K') => self.lines[self.row].clear(),
            (count, 'A') => {
                let top = self.lines.len().saturating_sub(self.rows);
                let target = self.row.checked_sub(count.parse().unwrap());
                assert!(target >= Some(top), "the cursor can't leave the screen");
                self.row = target.unwrap();
            }
            _ => panic!("unexpected control sequence {parameters}{command}"),
        }
    }
}
