//! Requests run from the moment they are made, at the same time, and end when they are aborted.

use super::Module;
use async_trait::async_trait;
use dockwright_runtime::Limits;
use dockwright_schema::{Execute, Request};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Answers every request after a while with the same data.
struct Delayed {
    milliseconds: u64,
    running: AtomicUsize,
    peak: AtomicUsize,
    ended: AtomicUsize,
}

impl Delayed {
    fn new(milliseconds: u64) -> Arc<Delayed> {
        Arc::new(Delayed {
            milliseconds,
            running: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
            ended: AtomicUsize::new(0),
        })
    }
}

struct Running<'a>(&'a AtomicUsize);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[async_trait]
impl Execute for Delayed {
    async fn execute(&self, _: Request) -> String {
        let running = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        let _running = Running(&self.running);
        self.peak.fetch_max(running, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(self.milliseconds)).await;
        self.ended.fetch_add(1, Ordering::SeqCst);
        r#"{"data":{"container":{"stdout":"out"}}}"#.to_owned()
    }
}

const BODY: &str = "
async together() { return (await Promise.all([1, 2, 3].map(() => dag.container().stdout()))).join(); }
async aborted() {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  try { await request('{ container { stdout } }', undefined, controller.signal); } catch (error) { return error.name; }
  return 'not aborted';
}
async timedOut() {
  try { await request('{ container { stdout } }', undefined, AbortSignal.timeout(20)); } catch (error) { return error.name; }
  return 'not aborted';
}
async forgotten() { dag.container().stdout(); await null; return 'done'; }
async racing() {
  const timer = new Promise((resolve) => setTimeout(resolve, 20, 'timer'));
  return await Promise.race([dag.container().stdout(), timer]);
}
";

/// The module `dockwright:host` is the SDK's alone; a file that the guest takes for its own gives these tests the function.
const HELPER: &str = "import { request } from \"dockwright:host\";\nglobalThis.request = request;\n";

async fn module() -> Option<Module> {
    let index = super::probe("import \"./sdk:helper.js\";", BODY);
    let files = [
        ("src/index.ts", "esm", index.as_str()),
        ("sdk:helper.js", "esm", HELPER),
    ];
    Module::of(
        Limits::default(),
        &files,
        &["together", "aborted", "timedOut", "forgotten", "racing"],
    )
    .await
}

#[tokio::test]
async fn three_requests_take_the_time_of_one() {
    let Some(module) = module().await else { return };
    let api = Delayed::new(200);
    let begin = Instant::now();
    assert_eq!(module.run_with("together", api.clone()).await.unwrap(), "out,out,out");
    let took = begin.elapsed();
    println!("three requests of 200 ms: {} ms", took.as_millis());
    assert!(took < Duration::from_millis(260), "{took:?}");
    assert_eq!(api.peak.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn an_abort_reaches_the_host() {
    let Some(module) = module().await else { return };
    for (name, error) in [("aborted", "AbortError"), ("timedOut", "TimeoutError")] {
        let api = Delayed::new(5_000);
        let begin = Instant::now();
        assert_eq!(module.run_with(name, api.clone()).await.unwrap(), error);
        assert!(begin.elapsed() < Duration::from_secs(2));
        for _ in 0..100 {
            if api.running.load(Ordering::SeqCst) == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(
            (api.running.load(Ordering::SeqCst), api.ended.load(Ordering::SeqCst)),
            (0, 0),
            "{name}"
        );
    }
}

#[tokio::test]
async fn what_nobody_awaits_ends_with_the_call() {
    let Some(module) = module().await else { return };
    for (name, result) in [("forgotten", "done"), ("racing", "timer")] {
        let api = Delayed::new(5_000);
        assert_eq!(module.run_with(name, api.clone()).await.unwrap(), result);
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(
            (api.running.load(Ordering::SeqCst), api.ended.load(Ordering::SeqCst)),
            (0, 0),
            "{name}"
        );
    }
}
