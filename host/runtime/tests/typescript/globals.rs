//! What code for browsers and node finds in a module. Each line is an expression and its value as text.

use super::Module;
use dockwright_runtime::Limits;

const VALUES: &[(&str, &str)] = &[
    (
        "new URL('../b?q=1#h', 'https://user:pw@Example.com:8080/a/c').href",
        "https://user:pw@example.com:8080/b?q=1#h",
    ),
    (
        "new URL('https://bücher.example/ä').href",
        "https://xn--bcher-kva.example/%C3%A4",
    ),
    ("new URL('http://127.1/').hostname", "127.0.0.1"),
    (
        "(() => { try { return new URL('no url'); } catch (e) { return e.name; } })()",
        "TypeError",
    ),
    ("URL.canParse('x:y')", "true"),
    ("String(new URLSearchParams({ a: '1 2', b: 'ü' }))", "a=1+2&b=%C3%BC"),
    ("[...new URLSearchParams('a=1&a=2').getAll('a')].join()", "1,2"),
    (
        "[...new TextEncoder().encode('é€😀')].join()",
        "195,169,226,130,172,240,159,152,128",
    ),
    ("[...new TextEncoder().encode('\\ud800')].join()", "239,191,189"),
    (
        "new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff]))",
        "a\u{fffd}",
    ),
    (
        "(() => { const d = new TextDecoder(); return d.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + d.decode(new Uint8Array([0xac])); })()",
        "€",
    ),
    (
        "(() => { try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])); } catch (e) { return e.name; } })()",
        "TypeError",
    ),
    (
        "new TextDecoder('utf-16le').decode(new Uint8Array([0x61, 0, 0xac, 0x20]))",
        "a€",
    ),
    ("new TextDecoder('latin1').decode(new Uint8Array([0x80, 0xe4]))", "€ä"),
    (
        "JSON.stringify(new TextEncoder().encodeInto('a€', new Uint8Array(3)))",
        r#"{"read":1,"written":1}"#,
    ),
    (
        "Buffer.from('aGk=', 'base64').toString() + Buffer.from('hé').toString('hex')",
        "hi68c3a9",
    ),
    ("Buffer.concat([Buffer.from('a'), Buffer.alloc(2)]).length", "3"),
    ("btoa('hi') + atob('aGk=')", "aGk=hi"),
    (
        "(() => { const a = new Map([[1, new Date(5)]]); const b = structuredClone({ a, s: new Set([1]), n: [1n] }); return b.a !== a && b.a.get(1).getTime() + b.s.size + Number(b.n[0]); })()",
        "7",
    ),
    (
        "(() => { const o = {}; o.o = o; const c = structuredClone(o); return c.o === c && c !== o; })()",
        "true",
    ),
    (
        "(() => { try { structuredClone(() => {}); } catch (e) { return e.name; } })()",
        "DataCloneError",
    ),
    (
        "(() => { const s = []; const t = new EventTarget(); const f = (e) => s.push(e.type); t.addEventListener('a', f); t.addEventListener('a', f); t.addEventListener('a', { handleEvent: (e) => s.push(e.detail) }, { once: true }); t.dispatchEvent(new CustomEvent('a', { detail: 7 })); t.dispatchEvent(new Event('a')); t.removeEventListener('a', f); t.dispatchEvent(new Event('a')); return s.join(); })()",
        "a,7,a",
    ),
    (
        "(() => { const c = new AbortController(); const s = []; c.signal.onabort = () => s.push('on'); const any = AbortSignal.any([c.signal]); c.abort('why'); c.abort('again'); return [s, any.aborted, any.reason, AbortSignal.abort().reason.name].join(); })()",
        "on,true,why,AbortError",
    ),
    (
        "(() => { const h = new Headers({ 'X-A': '1' }); h.append('x-a', ' 2 '); h.set('B', 'b'); return JSON.stringify([...h]); })()",
        r#"[["b","b"],["x-a","1, 2"]]"#,
    ),
    (
        "(() => { try { new Headers({ 'a b': '1' }); } catch (e) { return e.name; } })()",
        "TypeError",
    ),
    (
        "/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())",
        "true",
    ),
    ("crypto.getRandomValues(new Uint32Array(9)).some((x) => x > 0)", "true"),
    (
        "[Object.keys(process.env).length, process.argv.length, process.platform, process.cwd()].join()",
        "0,2,linux,/src",
    ),
    ("Object.keys(globalThis).length", "0"),
    (
        "typeof self === 'object' && self === globalThis && global === globalThis",
        "true",
    ),
    (
        "[Object.groupBy([1, 2, 3], (x) => x % 2 ? 'odd' : 'even').odd, [3, 1].toSorted(), new Set([1]).union(new Set([2])).size].join('|')",
        "1,3|1,3|2",
    ),
    ("[1, 2, 3].values().map((x) => x * 2).toArray().join()", "2,4,6"),
];

#[tokio::test]
async fn the_globals_do_what_their_standards_say() {
    let body: String = VALUES
        .iter()
        .map(|(expression, _)| {
            format!("try {{ out.push(String({expression})); }} catch (e) {{ out.push('threw ' + e); }}\n")
        })
        .collect();
    let Some(result) = Module::run_body(&format!("const out = []; {body} return JSON.stringify(out);")).await else {
        return;
    };
    let values: Vec<String> = serde_json::from_str(result.unwrap().as_str().unwrap()).unwrap();
    for ((expression, expected), value) in VALUES.iter().zip(&values) {
        assert_eq!(value, expected, "{expression}");
    }
    assert_eq!(values.len(), VALUES.len());
}

#[tokio::test]
async fn the_console_shows_values_readably() {
    let body = r#"
class Point { constructor() { this.x = 1; this.deep = { a: { b: { c: { d: { e: 1 } } } } }; } get y() { return 2; } }
class Named extends Map {}
f() {
  const cycle = { name: "c" }; cycle.self = cycle;
  console.log("%s is %d years, %i, %f, %j, %o%% and %c|", "Ann", "42.5", "42.9", "1.5", { a: 1 }, [1], "color", "rest", 1n);
  console.log("a", 1, -0, true, null, undefined, Symbol("s"), { a: 'it"s', "b-c": [1, , 3], f() {}, g: class A {} });
  console.log(new Map([["k", { v: new Set([1, "two"]) }]]), new Named(), [], {}, Object.create(null));
  console.log(new Probe.Point(), cycle, new Date(0), /x/g, new Uint8Array(3), [new Error("inner").message]);
  console.log(Array.from({ length: 120 }, (_, i) => i));
  console.log({ long: "x".repeat(50), other: "y".repeat(50), lines: "a\nb" });
  console.table([{ a: 1, b: "x" }, { a: 2 }]);
  console.group("group"); console.info("inside\ntwo"); console.groupEnd();
  console.count(); console.count(); console.assert(1 === 2, "no %s", "way"); console.dir({ a: { b: 1 } }, { depth: 0 });
  console.warn("warned"); console.debug("debugged"); process.stdout.write("written\n");
  console.log(new Proxy({}, { ownKeys() { throw new Error("no"); } }), { get x() { return 1; }, set x(v) {} });
  return "";
}"#;
    let body = body
        .replace("class Point", "static Point = class Point")
        .replace(
            "class Named extends Map {}",
            "static Named = class Named extends Map {};",
        )
        .replace("new Named()", "new Probe.Named()")
        .replacen(" }\nstatic Named", " };\nstatic Named", 1);
    let Some(module) = Module::probe(Limits::default(), "", &body, &["f"]).await else {
        return;
    };
    let (stdout, stderr) = module.prints("f").await;
    insta::assert_snapshot!("console_stdout", stdout);
    insta::assert_snapshot!("console_stderr", stderr);
}
