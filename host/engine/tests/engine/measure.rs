//! Times, for those who ask for them: `cargo test --release -p dockwright-engine --test engine -- --ignored --nocapture measure`.

use crate::lab::{address, engine, nonce, options, shell};
use dockwright_engine::{Engine, LocalDirectory};
use dockwright_telemetry::Telemetry;
use std::time::{Duration, Instant};

fn show(what: &str, mut times: Vec<Duration>) {
    times.sort();
    println!(
        "{what}: min {:.1?}, median {:.1?} (n = {})",
        times[0],
        times[times.len() / 2],
        times.len()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, not a test"]
async fn measure_connecting_and_cached_results() {
    let Some(address) = address() else { return };
    let (mut connect, mut first, mut again, mut close) = (vec![], vec![], vec![], vec![]);
    for _ in 0..21 {
        let begun = Instant::now();
        let engine = Engine::connect(options(address.clone()), Telemetry::new(), None)
            .await
            .unwrap();
        connect.push(begun.elapsed());
        let tree = shell(&engine, "echo measured > /out").build().root;
        let begun = Instant::now();
        engine.read_file(&tree, "/out").await.unwrap();
        first.push(begun.elapsed());
        let begun = Instant::now();
        engine.read_file(&tree, "/out").await.unwrap();
        again.push(begun.elapsed());
        let begun = Instant::now();
        engine.close().await;
        close.push(begun.elapsed());
    }
    show("connect, session and build", connect);
    show("a cached result in a new run", first);
    show("the same again", again);
    show("close", close);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, not a test"]
async fn measure_uploading_five_thousand_files() {
    if address().is_none() {
        return;
    }
    let root = tempfile::tempdir().unwrap();
    for number in 0..5000 {
        let directory = root.path().join(format!("d{}", number % 50));
        std::fs::create_dir_all(&directory).unwrap();
        let content: Vec<u8> = format!("{} {number} ", nonce())
            .into_bytes()
            .into_iter()
            .cycle()
            .take(40_000)
            .collect();
        std::fs::write(directory.join(format!("f{number}")), content).unwrap();
    }
    for round in ["first", "unchanged", "one file changed"] {
        if round == "one file changed" {
            std::fs::write(root.path().join("d0/f0"), nonce()).unwrap();
        }
        let engine = engine().await.unwrap();
        let tree = engine.add_local("measured", LocalDirectory::new(root.path())).await;
        let begun = Instant::now();
        engine.evaluate(&tree).await.unwrap();
        println!("upload of 5,000 files, 200 MB, {round}: {:.2?}", begun.elapsed());
        engine.close().await;
    }
    println!(
        "for comparison by hand: buildctl build --local of {}",
        root.path().display()
    );
}
