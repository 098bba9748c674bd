//! Code that goes wrong is told in the user's terms, with the place in the source.

use super::Module;
use dockwright_runtime::Limits;
use std::time::Duration;

const SOURCE: &str = r#"import { object, func, dag } from "@dagger.io/dagger";

interface Unused {
  a: string;
}

class Shop {
  constructor(private readonly stock: Map<string, number>) {}

  take(name: string): number {
    const left = this.stock.get(name);
    if (left === undefined) throw new RangeError(`there is no ${name}`);
    return left;
  }
}

@object()
export class Probe {
  @func()
  boom(): string {
    return String(new Shop(new Map()).take("tea"));
  }

  @func()
  async later(): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return this.boom();
  }

  @func()
  async caused(): Promise<string> {
    try {
      return this.boom();
    } catch (error) {
      throw new Error("the shop is closed", { cause: error });
    }
  }

  @func()
  deep(): string {
    return this.deep() + "x";
  }

  @func()
  async query(): Promise<string> {
    return await dag.container().from("nowhere").stdout();
  }

  @func()
  text(): string {
    throw "just a text";
  }
}
"#;

/// Line of the source (from 1) that holds the text.
fn line_of(text: &str) -> u32 {
    u32::try_from(SOURCE.lines().position(|line| line.contains(text)).unwrap() + 1).unwrap()
}

#[tokio::test]
async fn places_are_those_of_the_source() {
    let Some(module) = Module::built(Limits::default(), SOURCE).await else {
        return;
    };
    for name in ["boom", "later"] {
        let failure = module.fails(name).await;
        assert_eq!(
            (failure.kind.as_str(), failure.message.as_str()),
            ("RangeError", "there is no tea")
        );
        let location = failure.location.unwrap();
        assert_eq!(
            (location.file.as_str(), location.line),
            ("src/index.ts", line_of("throw new RangeError"))
        );
        let trace = failure.trace.unwrap();
        let boom = format!("at boom (src/index.ts:{}:", line_of("take(\"tea\")"));
        assert!(trace.contains(&boom) && !trace.contains("sdk:"), "{trace}");
    }
    let failure = module.fails("caused").await;
    assert_eq!(failure.message, "the shop is closed");
    let trace = failure.trace.unwrap();
    assert!(trace.contains("Caused by: RangeError: there is no tea"), "{trace}");
    assert_eq!(failure.location.unwrap().line, line_of("the shop is closed"));
}

#[tokio::test]
async fn a_recursion_is_a_range_error_with_its_place() {
    let Some(module) = Module::built(Limits::default(), SOURCE).await else {
        return;
    };
    let failure = module.fails("deep").await;
    assert_eq!(failure.kind, "RangeError", "{failure:?}");
    assert_eq!(failure.location.unwrap().line, line_of("this.deep()"));
    let trace = failure.trace.unwrap();
    assert!(trace.contains("more times") && trace.lines().count() < 10, "{trace}");
}

#[tokio::test]
async fn every_kind_of_recursion_ends_as_an_error() {
    for body in [
        "const f = () => [1].map(f); f();",
        "let o = {}; for (let i = 0; i < 200000; i++) o = { o }; JSON.stringify(o);",
        "JSON.parse('['.repeat(300000) + ']'.repeat(300000));",
        "const p = {}; Object.setPrototypeOf(p, new Proxy({}, { get: (t, k) => p[k] })); p.x;",
        "const o = { toString() { return `${o}`; } }; String(o);",
        "/(a?)*b/.test('a'.repeat(10)); new Function('return ' + '('.repeat(100000) + '1' + ')'.repeat(100000))();",
        "const f = async () => { await f(); }; await f();",
        "new RegExp('('.repeat(100000) + ')'.repeat(100000));",
        "class A { get x() { return this.x; } } new A().x;",
        "const a = []; a[0] = a; a.flat(Infinity);",
    ] {
        let Some(result) = Module::run_body(&format!("{body} return 'done';")).await else {
            return;
        };
        let failure = result.expect_err(body);
        assert!(
            ["RangeError", "SyntaxError", "InternalError"].contains(&failure.kind.as_str()),
            "{body}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn a_failed_request_has_the_users_frame() {
    let Some(module) = Module::built(Limits::default(), SOURCE).await else {
        return;
    };
    let failure = module.fails("query").await;
    assert_eq!(failure.location.expect("a place").line, line_of("from(\"nowhere\")"));
}

#[tokio::test]
async fn what_is_no_error_can_be_thrown() {
    let Some(module) = Module::built(Limits::default(), SOURCE).await else {
        return;
    };
    assert_eq!(module.fails("text").await.message, "just a text");
    for thrown in [
        "undefined",
        "null",
        "new Proxy({}, { get() { throw 1; } })",
        "Object.create(null)",
        "Symbol('x')",
    ] {
        let Some(result) = Module::run_body(&format!("throw {thrown};")).await else {
            return;
        };
        assert!(!result.expect_err(thrown).message.is_empty());
    }
}

#[tokio::test]
async fn memory_is_bounded_and_told() {
    let limits = Limits {
        memory: 256 << 20,
        ..Limits::default()
    };
    let body = "big() { const a = []; while (true) a.push(new Array(1000).fill(a.length)); }\n\
                one() { return String(new Uint8Array(1 << 30).length); }\n\
                caught() { try { return this.big(); } catch (e) { return e.message; } }";
    let Some(module) = Module::probe(limits, "", body, &["big", "one", "caught"]).await else {
        return;
    };
    for name in ["big", "one"] {
        let failure = module.fails(name).await;
        assert!(failure.message.contains("memory"), "{name}: {failure:?}");
        assert!(
            failure.kind == "memory" || failure.message.contains("hint: "),
            "{name}: {failure:?}"
        );
        // When not even small values can be made, the engine has no memory for the stack either.
        assert!(failure.location.is_some() || name == "big", "{name}: {failure:?}");
    }
    let caught = module.run("caught").await;
    assert!(
        caught.is_ok() || caught.as_ref().unwrap_err().kind == "memory",
        "{caught:?}"
    );
}

#[tokio::test]
async fn time_is_bounded() {
    let limits = Limits {
        guest_time: Duration::from_secs(1),
        ..Limits::default()
    };
    let body = "endless() { for (;;); }\nregex() { return String(/^(a+)+$/.test('a'.repeat(40) + 'b')); }\n\
                async jobs() { for (;;) await null; }\nwell() { return 'well'; }";
    let Some(module) = Module::probe(limits, "", body, &["endless", "regex", "jobs", "well"]).await else {
        return;
    };
    for name in ["endless", "regex", "jobs"] {
        assert_eq!(module.fails(name).await.kind, "timeout", "{name}");
    }
    assert_eq!(module.run("well").await.unwrap(), "well");
}

#[tokio::test]
async fn waiting_for_nothing_is_told() {
    let Some(result) = Module::run_body("await new Promise(() => {}); return '';").await else {
        return;
    };
    let failure = result.unwrap_err();
    assert_eq!(failure.kind, "DeadlockError");
    assert!(failure.message.contains("nothing is left to resolve"), "{failure:?}");
    let top = "await new Promise(() => {});";
    let Some(module) = Module::probe(Limits::default(), top, "f() { return ''; }", &["f"]).await else {
        return;
    };
    let failure = module.fails("f").await;
    assert_eq!(failure.kind, "DeadlockError");
    assert_eq!(failure.location.unwrap().file, "src/index.ts");
}

#[tokio::test]
async fn what_a_module_has_not_is_explained() {
    let cases = [
        (
            "return await fetch('https://example.com/');",
            "dag.http(\"https://example.com/\")",
        ),
        ("return require('fs');", "use `import`"),
        ("return __dirname;", "no file system"),
        ("process.exit(1);", "throw an error"),
        ("return new Intl.NumberFormat();", "no Intl"),
        (
            "return await import('./' + 'nowhere.js');",
            "cannot find `./nowhere.js`",
        ),
    ];
    for (body, expected) in cases {
        let Some(result) = Module::run_body(body).await else {
            return;
        };
        let failure = result.expect_err(body);
        assert!(failure.message.contains(expected), "{body}: {failure:?}");
        // What is rejected later than it was called for has no frame of the module's.
        assert!(
            failure.location.is_some() || body.contains("await"),
            "{body}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn rejections_that_nobody_handles_are_logged() {
    let body = "async f() { Promise.reject(new Error('lost')); const late = Promise.reject(new Error('late')); late.catch(() => {}); await new Promise((r) => setTimeout(r, 1)); return ''; }";
    let Some(module) = Module::probe(Limits::default(), "", body, &["f"]).await else {
        return;
    };
    let (_, stderr) = module.prints("f").await;
    assert!(
        stderr.contains("Unhandled promise rejection: Error: lost") && !stderr.contains("late"),
        "{stderr}"
    );
}

#[tokio::test]
async fn honest_recursion_has_room() {
    let body = "const depth = (n) => n === 0 ? 0 : 1 + depth(n - 1);
        const tree = (n) => n === 0 ? [] : [tree(n - 1)];
        const map = (n) => n === 0 ? 0 : [n].map((x) => map(x - 1))[0] + 1;
        return [depth(1000), JSON.parse(JSON.stringify(tree(500))).length, map(300)].join();";
    let Some(result) = Module::run_body(body).await else {
        return;
    };
    assert_eq!(result.unwrap(), "1000,1,300");
}
