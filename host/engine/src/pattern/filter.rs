//! Include and exclude patterns together, applied while a tree is walked.

use super::PatternError;
use super::list::{Inherited, PatternList};

/// Which paths of a tree are meant: those that match an include pattern (without any: all), minus those that match an exclude pattern.
#[derive(Clone, Debug, Default)]
pub struct PathFilter {
    include: PatternList,
    exclude: PatternList,
}

/// What a directory of the walk passes on to its content.
#[derive(Clone, Debug, Default)]
pub(crate) struct Level {
    include: Inherited,
    exclude: Inherited,
}

/// What a walk does with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// The path itself is meant.
    pub(crate) take: bool,
    /// It may hold paths that are meant; only asked for directories.
    pub(crate) descend: bool,
}

impl PathFilter {
    /// Compiles the patterns.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self, PatternError> {
        Ok(Self {
            include: PatternList::parse(include)?,
            exclude: PatternList::parse(exclude)?,
        })
    }

    /// Whether a file at the path (relative, with `/`) is meant.
    pub fn matches(&self, path: &str) -> bool {
        let mut level = Level::default();
        let mut take = false;
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            let Some(prefix) = path.get(..end) else { return false };
            let (verdict, next) = self.judge(prefix, &level);
            (take, level) = (verdict.take, next);
        }
        take
    }

    /// Judges a path of a walk; `above` is what its directory passed on, the result's level is what it passes on itself.
    pub(crate) fn judge(&self, path: &str, above: &Level) -> (Verdict, Level) {
        let (included, include) = if self.include.is_empty() {
            (true, Inherited::default())
        } else {
            self.include.matches(path, &above.include)
        };
        let (excluded, exclude) = self.exclude.matches(path, &above.exclude);
        let take = included && !excluded;
        let may_include = included || self.include.could_match_below(path, false);
        let may_survive = !excluded || self.exclude.could_match_below(path, true);
        (
            Verdict {
                take,
                descend: may_include && may_survive,
            },
            Level { include, exclude },
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{Level, PathFilter};

    fn filter(include: &[&str], exclude: &[&str]) -> PathFilter {
        let owned = |list: &[&str]| list.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
        PathFilter::new(&owned(include), &owned(exclude)).unwrap()
    }

    #[test]
    fn includes_take_and_excludes_leave_out() {
        let f = filter(&["src", "**/*.md"], &["**/*.log", "!src/keep.log"]);
        for (path, expected) in [
            ("src/a.rs", true),
            ("docs/a.md", true),
            ("docs/a.rs", false),
            ("src/a.log", false),
            ("src/keep.log", true),
            ("x.log", false),
        ] {
            assert_eq!(f.matches(path), expected, "{path}");
        }
        assert!(filter(&[], &[]).matches("anything/at/all"));
    }

    #[test]
    fn walks_end_where_nothing_can_follow() {
        let descend = |f: &PathFilter, path: &str| f.judge(path, &Level::default()).0.descend;
        assert!(!descend(&filter(&[], &["node_modules"]), "node_modules"));
        assert!(descend(
            &filter(&[], &["node_modules", "!node_modules/a/b"]),
            "node_modules"
        ));
        assert!(!descend(&filter(&[], &["node_modules", "!other"]), "node_modules"));
        assert!(descend(&filter(&["a/b/c"], &[]), "a"));
        assert!(!descend(&filter(&["a/b/c"], &[]), "b"));
    }
}
