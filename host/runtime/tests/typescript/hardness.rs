//! What a module does to the built-ins does not change what it is given and what it returns.

use super::Module;
use dockwright_runtime::Limits;

const BREAKAGES: [&str; 13] = [
    "JSON.stringify = () => 'evil'; JSON.parse = () => ({});",
    "Array.prototype.map = Array.prototype.push = Array.prototype.join = () => { throw new Error('evil'); };",
    "Array.prototype[Symbol.iterator] = () => { throw new Error('evil'); };",
    "Promise.prototype.then = () => { throw new Error('evil'); }; Promise.all = Promise.resolve = () => 'evil';",
    "Object.prototype.toJSON = () => 'evil'; Object.prototype.ok = 'evil'; Object.prototype.signal = 'evil';",
    "String.prototype.toJSON = () => 'evil'; Array.prototype.toJSON = () => 'evil';",
    "Map.prototype.get = Map.prototype.set = Map.prototype.has = Map.prototype.delete = () => 'evil';",
    "Object.keys = Object.entries = Object.assign = Object.defineProperty = () => { throw new Error('evil'); };",
    "delete globalThis.console; delete globalThis.process; delete globalThis.babelHelpers;",
    "globalThis.Promise = globalThis.Map = globalThis.Error = globalThis.Object = undefined;",
    "Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => 'evil'; Reflect.apply = () => 'evil';",
    "RegExp.prototype.exec = RegExp.prototype.test = () => null; String.prototype.split = () => [];",
    "Error.prepareStackTrace = () => ({}); Error.stackTraceLimit = 0; Object.freeze(Object.prototype);",
];

#[tokio::test]
async fn results_stay_what_they_are() {
    for breakage in BREAKAGES {
        let body = "async f() { await null; return 'right'; }\nfails() { throw new TypeError('as it was'); }\n\
                    async asks() { return await dag.container().from('x').stdout(); }";
        let Some(module) = Module::probe(Limits::default(), breakage, body, &["f", "fails", "asks"]).await else {
            return;
        };
        assert_eq!(module.run("f").await.expect(breakage), "right", "{breakage}");
        let failure = module.fails("fails").await;
        assert_eq!(
            (failure.kind.as_str(), failure.message.as_str()),
            ("TypeError", "as it was"),
            "{breakage}"
        );
        module
            .run("asks")
            .await
            .expect_err("the test's API answers with nonsense");
        let document = module
            .lab
            .api
            .requests
            .lock()
            .unwrap()
            .last()
            .expect(breakage)
            .document
            .clone();
        assert!(
            document.contains("from") && document.contains("stdout"),
            "{breakage}: {document}"
        );
    }
}
