//! What the live tree shows: as much as fits the terminal, running work first.
//!
//! Pure: a model, a time and a size in, lines out. When there is too little room the output of steps goes first, then finished
//! steps become a count, then finished roots.

use crate::{
    format,
    model::{Model, Node, State},
    paint,
    row::{self, Row},
    scope::Scope,
    summary,
};
use ratatui::text::Line;
use std::time::SystemTime;

/// How much detail to show.
#[derive(Clone, Copy)]
struct Detail {
    output_lines: usize,
    fold_steps: bool,
    fold_roots: bool,
    levels: usize,
}

const DETAILS: [Detail; 7] = {
    let all = Detail {
        output_lines: 6,
        fold_steps: false,
        fold_roots: false,
        levels: usize::MAX,
    };
    let less_output = Detail { output_lines: 3, ..all };
    let no_done = Detail {
        fold_steps: true,
        ..less_output
    };
    let last_line = Detail {
        output_lines: 1,
        fold_roots: true,
        ..no_done
    };
    let no_output = Detail {
        output_lines: 0,
        ..last_line
    };
    let two_levels = Detail { levels: 2, ..no_output };
    let one_level = Detail { levels: 1, ..no_output };
    [all, less_output, no_done, last_line, no_output, two_levels, one_level]
};

struct View<'a> {
    model: &'a Model,
    scope: &'a Scope,
    now: SystemTime,
    columns: usize,
    detail: Detail,
}

/// At most `rows` lines of at most `columns` columns.
pub(super) fn lines(model: &Model, scope: &Scope, now: SystemTime, columns: usize, rows: usize) -> Vec<Line<'static>> {
    let room = rows.saturating_sub(1);
    let mut lines = Vec::new();
    for detail in DETAILS {
        let view = View {
            model,
            scope,
            now,
            columns,
            detail,
        };
        lines = view.roots();
        if lines.len() <= room {
            break;
        }
    }
    if lines.len() > room {
        let kept = room.saturating_sub(1);
        let more = format!("… {} more", lines.len() - kept);
        lines.truncate(kept);
        lines.push(Line::from(paint::dim(more)));
    }
    lines.push(status(model, now));
    lines
}

/// The last line: time and counts.
fn status(model: &Model, now: SystemTime) -> Line<'static> {
    let tally = model.tally();
    let ended = tally.running + tally.cached + tally.failed + tally.cancelled;
    let counts: Vec<String> = [
        (tally.running, "running"),
        (tally.steps.saturating_sub(ended), "done"),
        (tally.cached, "cached"),
        (tally.failed, "failed"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, state)| format!("{number} {state}"))
    .collect();
    Line::from(vec![
        row::spinner(now),
        paint::strong(format!(" {}", format::duration(model.elapsed_at(now)))),
        paint::dim(format!("  {}", counts.join(", "))),
    ])
}

impl View<'_> {
    fn roots(&self) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        let roots = self.scope.roots(self.model);
        let roots: Vec<&Node> = roots.into_iter().filter(|root| !self.is_trifle(root)).collect();
        self.siblings(&roots, 0, self.detail.fold_roots, &mut lines);
        lines
    }

    fn siblings(&self, nodes: &[&Node], level: usize, fold: bool, lines: &mut Vec<Line<'static>>) {
        let folds = |node: &Node| matches!(node.state, State::Done | State::Cached);
        let done = nodes.iter().filter(|node| folds(node)).count();
        if fold && done > 1 {
            let cached = nodes.iter().filter(|node| node.state == State::Cached).count();
            let facts = (cached > 0).then(|| paint::cached(format!("{cached} cached")));
            let row = Row {
                level,
                mark: row::mark(&State::Done, None),
                name: format!("{done} done"),
                facts: facts.into_iter().collect(),
                inside: None,
            };
            lines.push(row.line(self.columns));
            for node in nodes.iter().filter(|node| !folds(node)) {
                self.branch(node, level, lines);
            }
            return;
        }
        for group in summary::groups(self.scope, nodes) {
            match group {
                [node] => self.branch(node, level, lines),
                _ => lines.push(summary::cached_group(group.len(), level, self.columns)),
            }
        }
    }

    fn branch(&self, node: &Node, level: usize, lines: &mut Vec<Line<'static>>) {
        let mut row = Row::of(node, level, Some(self.now));
        if !node.is_running() {
            let inside = self.steps_inside(node);
            if inside > 0 {
                row.facts.push(paint::dim(format::count(inside, "step")));
            }
            lines.push(row.line(self.columns));
            return;
        }
        let deeper = level + 1 < self.scope.depth().min(self.detail.levels);
        let children = self.scope.children(self.model, node);
        let busy = children.iter().any(|child| child.is_running());
        let source = match (deeper, busy) {
            (true, true) => None,
            (true, false) => Some(node),
            (false, _) => {
                row.inside = self
                    .latest(node, |node| node.is_running() && node.is_step())
                    .filter(|inner| inner.id != node.id)
                    .map(|inner| inner.name.clone());
                self.latest(node, |node| node.is_running() && node.printed.is_some())
            }
        };
        lines.push(row.line(self.columns));
        if deeper {
            self.siblings(&children, level + 1, self.detail.fold_steps, lines);
        }
        if let Some(source) = source {
            let printed = source.last_lines(self.detail.output_lines);
            lines.extend(printed.iter().map(|line| row::printed(level + 1, line, self.columns)));
        }
    }

    /// A root that ended so soon that a terse user need not read it.
    fn is_trifle(&self, node: &Node) -> bool {
        self.scope.is_terse() && node.state == State::Done && !node.is_step() && node.duration() < format::BRIEF
    }

    fn steps_inside(&self, node: &Node) -> usize {
        let children = node.children.iter().filter_map(|child| self.model.node(*child));
        children
            .map(|child| usize::from(child.is_step()) + self.steps_inside(child))
            .sum()
    }

    /// Of `node` and everything below it, what matches and printed or began last.
    fn latest<'m>(&'m self, node: &'m Node, matches: fn(&Node) -> bool) -> Option<&'m Node> {
        let below = node
            .children
            .iter()
            .filter_map(|child| self.model.node(*child))
            .filter_map(|child| self.latest(child, matches));
        below
            .chain(matches(node).then_some(node))
            .max_by_key(|node| node.printed.unwrap_or(node.started))
    }
}
