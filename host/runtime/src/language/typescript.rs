//! TypeScript: QuickJS with the SDK as one component that comes with the installation; the module's code is a bundle that the
//! front end has made. The guest knows places in the code that runs; here they become places in the source.

use super::Grants;
use crate::error::RuntimeError;
use camino::Utf8Path;
use dockwright_schema::{Failure, module_def::SourceLocation};
use oxc_sourcemap::SourceMap;
use std::collections::HashMap;
use std::sync::Arc;

/// The part of `source.read` that holds the bundle.
const BUNDLE: &str = "bundle";

/// The bundle is all that the guest gets.
pub(super) fn grants(bundle: &Utf8Path) -> Result<Grants, RuntimeError> {
    let text = fs_err::read_to_string(bundle).map_err(|source| RuntimeError::Bundle {
        path: bundle.to_owned(),
        source: Arc::new(source),
    })?;
    let mut grants = Grants::default();
    grants.parts.insert(BUNDLE.to_owned(), text);
    Ok(grants)
}

/// Leads every place of the failure back to the source. Without maps the failure stays as it is, which is better than none.
pub(super) fn localize(failure: &mut Failure, maps: &Utf8Path) {
    if failure.location.is_none() && failure.trace.is_none() {
        return;
    }
    match Maps::read(maps) {
        Ok(maps) => {
            failure.location = failure.location.take().map(|location| maps.location(location));
            failure.trace = failure.trace.as_deref().map(|trace| maps.trace(trace));
        }
        Err(error) => tracing::warn!(%maps, %error, "places in the module's errors are those of the code that ran"),
    }
}

/// Source maps by file, as text: only those that a failure names are parsed.
struct Maps {
    texts: HashMap<String, serde_json::Value>,
}

impl Maps {
    fn read(path: &Utf8Path) -> std::io::Result<Maps> {
        let texts = serde_json::from_slice(&fs_err::read(path)?)?;
        Ok(Maps { texts })
    }

    /// Where the code at a place (line and column from 1) was written.
    fn original(&self, file: &str, line: u32, column: u32) -> Option<(u32, u32)> {
        let text = match self.texts.get(file)? {
            serde_json::Value::String(text) => text.clone(),
            map => map.to_string(),
        };
        let map = SourceMap::from_json_string(&text).ok()?;
        let token = map.lookup_token(
            &map.generate_lookup_table(),
            line.checked_sub(1)?,
            column.checked_sub(1)?,
        )?;
        Some((token.get_src_line() + 1, token.get_src_col() + 1))
    }

    fn location(&self, location: SourceLocation) -> SourceLocation {
        match self.original(&location.file, location.line, location.column) {
            Some((line, column)) => SourceLocation {
                file: location.file,
                line,
                column,
            },
            None => location,
        }
    }

    fn trace(&self, trace: &str) -> String {
        let lines: Vec<String> = trace
            .lines()
            .map(|line| self.frame(line).unwrap_or_else(|| line.to_owned()))
            .collect();
        lines.join("\n")
    }

    /// `    at name (file:12:3)` or `    at file:12:3`, led back; none when the line is no frame or its file has no map.
    fn frame(&self, line: &str) -> Option<String> {
        let rest = line.strip_prefix("    at ")?;
        let (before, place, after) = match rest.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
            Some((name, place)) => (format!("    at {name}("), place, ")"),
            None => ("    at ".to_owned(), rest, ""),
        };
        let (place, column) = place.rsplit_once(':')?;
        let (file, line) = place.rsplit_once(':')?;
        let (line, column) = self.original(file, line.parse().ok()?, column.parse().ok()?)?;
        Some(format!("{before}{file}:{line}:{column}{after}"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    /// The second line of the code is the fifth of the source, from its column 3.
    const MAP: &str = r#"{"version":3,"sources":["src/index.ts"],"names":[],"mappings":"AAAA;AAIE"}"#;

    fn failure() -> Failure {
        let location = SourceLocation {
            file: "src/index.ts".into(),
            line: 2,
            column: 1,
        };
        let trace = "Error: a (src/index.ts:2:1)\n    at f (src/index.ts:2:9)\n    at src/index.ts:1:1\n    at g (lib/x.js:2:1)";
        Failure {
            kind: "Error".into(),
            message: "a".into(),
            location: Some(location),
            trace: Some(trace.into()),
            extensions: serde_json::Map::new(),
        }
    }

    #[test]
    fn places_are_led_back_to_the_source() {
        let dir = tempfile::tempdir().unwrap();
        let maps = Utf8Path::from_path(dir.path()).unwrap().join("maps.json");
        for map in [
            serde_json::json!({"src/index.ts": MAP}),
            serde_json::json!({"src/index.ts": serde_json::from_str::<serde_json::Value>(MAP).unwrap()}),
        ] {
            fs_err::write(&maps, map.to_string()).unwrap();
            let mut failure = failure();
            localize(&mut failure, &maps);
            let location = failure.location.unwrap();
            assert_eq!((location.line, location.column), (5, 3));
            let trace = failure.trace.unwrap();
            let frames: Vec<&str> = trace.lines().map(str::trim_start).collect();
            let expected = [
                "Error: a (src/index.ts:2:1)",
                "at f (src/index.ts:5:3)",
                "at src/index.ts:1:1",
                "at g (lib/x.js:2:1)",
            ];
            assert_eq!(frames, expected);
        }
    }

    #[test]
    fn without_maps_a_failure_is_still_told() {
        let mut told = failure();
        localize(&mut told, Utf8Path::new("/nowhere/maps.json"));
        assert_eq!(told, failure());
    }

    #[test]
    fn a_bundle_that_is_gone_is_named() {
        let error = grants(Utf8Path::new("/nowhere/bundle.json")).unwrap_err().to_string();
        assert!(
            error.contains("/nowhere/bundle.json") && error.contains("build the module again"),
            "{error}"
        );
    }
}
