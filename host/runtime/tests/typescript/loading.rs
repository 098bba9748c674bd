//! ES modules, CommonJS and JSON load each other, also in circles.

use super::{Module, probe};
use dockwright_runtime::Limits;

async fn run(
    top: &str,
    body: &str,
    others: &[(&str, &str, &str)],
) -> Option<Result<serde_json::Value, dockwright_schema::Failure>> {
    let index = probe(top, &format!("async f() {{ {body} }}"));
    let mut files = vec![("src/index.ts", "esm", index.as_str())];
    files.extend_from_slice(others);
    let module = Module::of(Limits::default(), &files, &["f"]).await?;
    Some(module.run("f").await)
}

#[tokio::test]
async fn every_kind_of_file_can_be_imported() {
    let others = [
        (
            "src/a.ts",
            "esm",
            "export const a = 'esm'; export default import.meta.url;",
        ),
        (
            "lib/c.js",
            "cjs",
            "#!/usr/bin/env node\nexports.named = 'cjs'; exports.self = this === exports; exports.data = require('./data.json').x; exports.file = __filename;",
        ),
        ("src/data.json", "json", r#"{"x": "json", "__proto__": 1}"#),
    ];
    let top = "import { a } from './a.ts'; import url from './a.ts'; import c, { named } from './c.js'; import data from './data.json';";
    let body = "const late = await import('./a.ts'); return [a, url, named, c.named, c.self, c.data, data.x, late.a, c.file].join(' ');";
    let Some(result) = run(top, body, &others).await else {
        return;
    };
    assert_eq!(
        result.unwrap(),
        "esm file:///src/src/a.ts cjs cjs true json json esm /src/lib/c.js"
    );
}

#[tokio::test]
async fn circles_see_what_is_there() {
    let others = [
        (
            "src/a.ts",
            "esm",
            "import { b } from './b.ts'; export function a() { return 'a' + b(); } export const late = () => 'late';",
        ),
        (
            "src/b.ts",
            "esm",
            "import { late } from './a.ts'; export function b() { return 'b' + late(); }",
        ),
        (
            "lib/x.js",
            "cjs",
            "exports.early = 1; const y = require('./y.js'); exports.y = y.seen; exports.named = 'x';",
        ),
        (
            "lib/y.js",
            "cjs",
            "exports.seen = Object.keys(require('./x.js')).join();",
        ),
    ];
    let top = "import { a } from './a.ts'; import x from './x.js';";
    let Some(result) = run(top, "return a() + ' ' + x.y;", &others).await else {
        return;
    };
    assert_eq!(result.unwrap(), "ablate early");
}

#[tokio::test]
async fn a_file_that_fails_to_load_is_named() {
    let cases = [
        ("esm", "x.ts", "\nnowhere();", "ReferenceError", 2),
        ("cjs", "x.ts", "\nnowhere();", "ReferenceError", 2),
        ("esm", "x.ts", "\n\nlet 1;", "SyntaxError", 3),
    ];
    for (kind, name, code, error, line) in cases {
        let id = format!("src/{name}");
        let Some(result) = run(
            &format!("import './{name}';"),
            "return '';",
            &[(id.as_str(), kind, code)],
        )
        .await
        else {
            return;
        };
        let failure = result.expect_err(code);
        assert_eq!(failure.kind, error, "{failure:?}");
        let location = failure.location.expect("a place");
        assert_eq!((location.file.as_str(), location.line), ("src/x.ts", line));
    }
}

#[tokio::test]
async fn a_bundle_of_another_format_is_refused() {
    let bundle = r#"{"format":99,"entries":[],"files":{}}"#;
    let Some(module) = Module::load(Limits::default(), bundle, "{}").await else {
        return;
    };
    let failure = module.fails("f").await;
    assert!(failure.message.contains("format 99"), "{failure:?}");
}

#[tokio::test]
async fn the_sdk_and_commonjs_see_the_same() {
    let others = [("lib/c.js", "cjs", "exports.named = require('@dagger.io/dagger').dag;")];
    let Some(result) = run(
        "import { named } from './c.js';",
        "return String(named === dag);",
        &others,
    )
    .await
    else {
        return;
    };
    assert_eq!(result.unwrap(), "true");
}

#[tokio::test]
async fn the_runtimes_own_modules_are_out_of_reach() {
    for specifier in ["dockwright:native", "dockwright:host", "sdk:runtime/host.js"] {
        let Some(result) = Module::run_body(&format!("return Object.keys(await import('{specifier}')).join();")).await
        else {
            return;
        };
        assert!(result.is_err(), "{specifier}: {result:?}");
    }
}
