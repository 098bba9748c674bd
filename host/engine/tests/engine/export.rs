//! What exports share with the run they belong to.

use crate::lab::{engine, nonce, shell};
use dockwright_engine::SecretBytes;
use dockwright_engine::llb::{CopyOptions, Mount, Output, file};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_is_the_result_that_was_read() {
    let Some(engine) = engine().await else { return };
    engine.add_secret("export-secret", SecretBytes::from("s"));
    let mut spec = shell(
        &engine,
        &format!(
            "mkdir /o; cat /proc/sys/kernel/random/uuid /run/s > /o/id; : {}",
            nonce()
        ),
    );
    spec.mounts.push(Mount::secret("/run/s", "export-secret"));
    let tree = file::copy(
        &Output::scratch(),
        &spec.build().root,
        "/o",
        "/",
        &CopyOptions::default(),
    );
    let root = tempfile::tempdir().unwrap();
    let read = engine.read_file(&tree, "/id").await.unwrap();
    engine.export_directory(&tree, root.path(), false).await.unwrap();
    assert_eq!(std::fs::read(root.path().join("id")).unwrap(), read);
}
