//! Sources that want to break the compiler: deep ones, and random ones.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use camino::Utf8Path;
use dockwright_typescript::{BuildError, BuildOptions, build, transpile};
use proptest::prelude::*;

fn build_text(source: &[u8]) -> Result<(), BuildError> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("src")).unwrap();
    std::fs::write(folder.path().join("src/index.ts"), source).unwrap();
    let root = Utf8Path::from_path(folder.path()).unwrap();
    build(&BuildOptions {
        source: root,
        module: "ci",
        packages: None,
        dependencies: None,
    })
    .map(|_| ())
}

fn must_not_break(result: Result<(), BuildError>) {
    if let Err(error @ BuildError::Broken { .. }) = result {
        panic!("{error}");
    }
}

/// Opening, middle and closing of things that nest.
const NESTS: &[(&str, &str, &str)] = &[
    ("[", "", "]"),
    ("(", "1", ")"),
    ("{", "", "}"),
    ("!", "1", ""),
    ("- ", "1", ""),
    ("a=>", "1", ""),
    ("async a=>", "1", ""),
    ("if(a)", ";", ""),
    ("if(a);else ", ";", ""),
    ("a?b:", "c", ""),
    ("`${", "1", "}`"),
    ("x=", "1", ""),
    ("f(", "", ")"),
    ("new ", "A", ""),
    ("typeof ", "1", ""),
    ("l:", ";", ""),
    ("while(a)", ";", ""),
    ("a.b.", "c", ""),
    ("a+", "1", ""),
    ("a**", "1", ""),
    ("a??", "1", ""),
    ("{a:", "1", "}"),
    ("({a:", "1", "})"),
    ("function f(){", "", "}"),
    ("(function(){", "", "})"),
    ("(class{x=", "1", "})"),
    ("try{", "", "}catch{}"),
    ("switch(a){case 1:", "", "}"),
    ("a[", "1", "]"),
    ("f?.(", "1", ")"),
    ("namespace N{", "", "}"),
    ("let a:", "string", ";"),
    ("await ", "1", ""),
];

#[test]
fn deep_sources_are_refused_or_compiled_but_break_nothing() {
    for (open, middle, close) in NESTS {
        for depth in [10_000, 19_000 / open.len(), 200_000] {
            let source = format!("let x;x={}{middle}{}", open.repeat(depth), close.repeat(depth));
            must_not_break(transpile("deep.ts", &source).map(|_| ()));
            let source = format!("{}{middle}{}", open.repeat(depth), close.repeat(depth));
            must_not_break(build_text(source.as_bytes()));
        }
    }
    for (open, middle, close) in [
        ("Array<", "string", ">"),
        ("", "string", "[]"),
        ("(", "string", ")"),
        ("readonly ", "string[]", ""),
        ("{a:", "string", "}"),
        ("()=>", "string", ""),
        ("keyof ", "string", ""),
    ] {
        for depth in [5_000, 100_000] {
            let of = format!("{}{middle}{}", open.repeat(depth), close.repeat(depth));
            let source = format!(
                "import {{ object, func }} from \"@dagger.io/dagger\"\ntype T = {of}\n@object()\nexport class Ci {{\n  @func()\n  a(x: T, y: {of}): void {{}}\n}}\n"
            );
            must_not_break(build_text(source.as_bytes()));
        }
    }
}

#[test]
fn the_limit_has_a_place() {
    let error = transpile("deep.ts", &"[".repeat(100_000)).unwrap_err();
    assert_eq!(error.problems()[0].message, "the source is nested too deep");
}

#[test]
fn constants_cannot_make_the_host_work_forever() {
    let mut source = "import { object, func } from \"@dagger.io/dagger\"\nconst c0 = \"xxxxxxxxxx\"\n".to_owned();
    for at in 1..60 {
        source += &format!("const c{at} = c{0} + c{0}\n", at - 1);
    }
    source += "enum A { X = A.Y + A.Y, Y = A.X + A.X }\n@object()\nexport class Ci {\n  @func()\n  a(x: string = c59, y: A = A.X): void {}\n}\n";
    must_not_break(build_text(source.as_bytes()));
}

/// A valid module, to be mutated.
const SEED: &str = include_str!("golden/defaults/src/index.ts");
const OTHER: &str = include_str!("golden/type-aliases/src/index.ts");

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_break_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        must_not_break(build_text(&bytes));
    }

    #[test]
    fn random_syntax_breaks_nothing(text in "([@(){}\\[\\]<>;:,.=?!&|`'\"/*+\\-a-zé0-9 \\n$#]|class |@object\\(\\)|@func\\(\\)|enum |interface |type |export |import |=> |\\$\\{){0,80}") {
        must_not_break(build_text(text.as_bytes()));
        must_not_break(transpile("a.ts", &text).map(|_| ()));
    }

    #[test]
    fn mutated_modules_break_nothing(
        seed in prop_oneof![Just(SEED), Just(OTHER)],
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..12, "[@(){}<>\\[\\]:;,.=?|&a-z\"'`\\n]{0,4}"), 1..4),
    ) {
        let mut text: Vec<char> = seed.chars().collect();
        for (at, length, with) in cuts {
            let start = at.index(text.len().max(1)).min(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, with.chars());
        }
        let text: String = text.into_iter().collect();
        must_not_break(build_text(text.as_bytes()));
    }
}
