//! What is left to read when a run is over: the tree, the tally, and what failed with its output, last.

use crate::{
    format,
    model::{Model, Node, State},
    paint,
    row::{self, Row},
    scope::Scope,
};
use dockwright_telemetry::SpanKind;
use ratatui::text::Line;

/// More children than this are counted instead of listed.
const MAX_CHILDREN: usize = 24;
/// So many lines that a function printed stay.
const FUNCTION_LINES: usize = 10;
/// From so many on, neighbours that were cached are one line.
const MIN_GROUP: usize = 3;

/// Whether anything happened that a terse user wants to read about.
pub(crate) fn is_notable(model: &Model, scope: &Scope) -> bool {
    !scope.is_terse()
        || model.tally().steps > 0
        || model.nodes().any(|node| node.is_failed())
        || model.elapsed() >= 5 * format::BRIEF
}

/// All of it.
pub(crate) fn lines(model: &Model, scope: &Scope, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for root in scope.roots(model) {
        branch(model, scope, root, 0, columns, &mut lines);
    }
    lines.push(tally(model));
    lines.extend(failures(model, scope, columns));
    lines
}

/// One line about the run as a whole.
pub(crate) fn tally(model: &Model) -> Line<'static> {
    let tally = model.tally();
    let time = format::duration(model.elapsed());
    let failed = !model.failures().is_empty();
    let stopped = model
        .roots()
        .iter()
        .filter_map(|root| model.node(*root))
        .any(|node| matches!(node.state, State::Cancelled | State::Running));
    let (state, verb) = match (failed, stopped) {
        (true, _) => (State::Failed(String::new()), "failed after"),
        (false, true) => (State::Cancelled, "cancelled after"),
        (false, false) => (State::Done, "done in"),
    };
    let mut facts = Vec::new();
    if tally.steps > 0 {
        facts.push(format::count(tally.steps, "step"));
    }
    let states = [
        (tally.cached, "cached"),
        (tally.failed, "failed"),
        (tally.cancelled, "cancelled"),
        (tally.running, "unfinished"),
    ];
    facts.extend(
        states
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, state)| format!("{number} {state}")),
    );
    let facts = match facts.is_empty() {
        true => String::new(),
        false => format!("  {}", facts.join(", ")),
    };
    Line::from(vec![
        row::mark(&state, None),
        paint::strong(format!(" {verb} {time}")),
        paint::dim(facts),
    ])
}

/// What failed, each with the end of its output and its message, the latest last. Begins with an empty line unless empty.
pub(crate) fn failures(model: &Model, scope: &Scope, columns: usize) -> Vec<Line<'static>> {
    let limit = if scope.is_terse() { 30 } else { usize::MAX };
    let mut lines = Vec::new();
    for node in model.failures() {
        lines.push(Line::default());
        let mut row = Row::of(node, 0, None);
        row.name = scope.path(model, node);
        lines.push(row.line(columns));
        let printed = node.last_lines(limit);
        let missing = node.line_count().saturating_sub(printed.len());
        if missing > 0 {
            let earlier = format!("… {} before", format::count(missing, "line"));
            lines.push(Line::from(paint::dim(format!("  │ {earlier}"))));
        }
        for line in printed {
            lines.push(printed_line("  ", line));
        }
        if let State::Failed(message) = &node.state {
            lines.extend(message.lines().map(|line| Line::from(paint::bad(format!("  {line}")))));
        }
    }
    lines
}

/// A line that a step printed, to be read in full.
pub(crate) fn printed_line(before: &str, line: String) -> Line<'static> {
    match line.is_empty() {
        true => Line::from(paint::dim(format!("{before}│"))),
        false => Line::from(vec![paint::dim(format!("{before}│ ")), paint::plain(line)]),
    }
}

fn branch(model: &Model, scope: &Scope, node: &Node, level: usize, columns: usize, lines: &mut Vec<Line<'static>>) {
    let brief = node.duration() < format::BRIEF && node.state == State::Done;
    let children = scope.children(model, node);
    if scope.is_terse() && brief && node.kind == SpanKind::Phase && children.is_empty() {
        return;
    }
    lines.push(Row::of(node, level, None).line(columns));
    if node.kind == SpanKind::Function && !node.is_failed() {
        let printed = node.last_lines(FUNCTION_LINES);
        lines.extend(printed.iter().map(|line| row::printed(level + 1, line, columns)));
    }
    if level + 1 >= scope.depth() {
        return;
    }
    let mut listed = 0;
    let mut left_out = 0;
    for group in groups(scope, &children) {
        match group {
            [child] | [child, ..] if group.len() < MIN_GROUP => {
                if listed < MAX_CHILDREN || child.is_failed() || !scope.is_terse() {
                    for child in group {
                        branch(model, scope, child, level + 1, columns, lines);
                    }
                    listed += group.len();
                } else {
                    left_out += group.len();
                }
            }
            _ => {
                lines.push(cached_group(group.len(), level + 1, columns));
                listed += 1;
            }
        }
    }
    if left_out > 0 {
        let more = format!("{}… {left_out} more", "  ".repeat(level + 1));
        lines.push(Line::from(paint::dim(more)));
    }
}

/// A line in place of `number` neighbours that were cached.
pub(crate) fn cached_group(number: usize, level: usize, columns: usize) -> Line<'static> {
    let row = Row {
        level,
        mark: row::mark(&State::Cached, None),
        name: format::count(number, "step"),
        facts: vec![paint::cached("CACHED")],
        inside: None,
    };
    row.line(columns)
}

/// Neighbours that may become one line are a slice, everything else is alone.
pub(crate) fn groups<'a, 'm>(scope: &Scope, nodes: &'a [&'m Node]) -> impl Iterator<Item = &'a [&'m Node]> {
    let folds = scope.is_terse();
    let quiet =
        move |node: &Node| folds && node.state == State::Cached && node.duration() < format::BRIEF && node.is_step();
    nodes
        .chunk_by(move |a, b| quiet(a) && quiet(b))
        .flat_map(|group| match group.len() < MIN_GROUP {
            true => group.chunks(1),
            false => group.chunks(group.len()),
        })
}
