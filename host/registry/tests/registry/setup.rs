//! A published module and those who want it.

use crate::server::Server;
use async_trait::async_trait;
use dockwright_http::Proxies;
use dockwright_registry::{
    Anonymous, CodeRole, Content, CredentialSource, Credentials, Language, Limits, Network, PackCode, PackModule,
    PackOptions, Packed, PullError, Reference, Registry, RegistryOptions, Requirements, RetryPolicy, Store, Vendor,
    pack,
};
use dockwright_schema::ModuleDef;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub(crate) struct User {
    pub(crate) directory: tempfile::TempDir,
}

impl User {
    pub(crate) fn new() -> User {
        User {
            directory: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn store(&self) -> Store {
        Store::new(self.directory.path().join("artifacts"))
    }

    pub(crate) fn registry(&self) -> Registry {
        self.with(Network::On, Arc::new(Anonymous), Vec::new())
    }

    pub(crate) fn offline(&self) -> Registry {
        self.with(Network::Off, Arc::new(Anonymous), Vec::new())
    }

    pub(crate) fn with(
        &self,
        network: Network,
        credentials: Arc<dyn CredentialSource>,
        vendors: Vec<Vendor>,
    ) -> Registry {
        Registry::new(RegistryOptions {
            store: self.store(),
            vendors,
            network,
            credentials,
            proxies: Proxies::default(),
            redirects: Arc::new(|_| Ok(())),
            retry: RetryPolicy {
                tries: 4,
                pause: Duration::from_millis(1),
                longest: Duration::from_millis(50),
            },
            limits: Limits::default(),
        })
    }

    /// Files that are not finished.
    pub(crate) fn staged(&self) -> usize {
        std::fs::read_dir(self.directory.path().join("artifacts/staging")).map_or(0, |entries| entries.count())
    }

    pub(crate) fn blobs(&self) -> usize {
        std::fs::read_dir(self.directory.path().join("artifacts/blobs/sha256")).map_or(0, |entries| entries.count())
    }

    /// Everything of an artifact: documents and code.
    pub(crate) async fn pull(&self, reference: &Reference) -> Result<(), PullError> {
        let registry = self.registry();
        let artifact = registry.find(reference).await?;
        registry.definition(&artifact, &artifact.description.modules[0]).await?;
        registry.code(&artifact).await?;
        Ok(())
    }
}

/// Credentials of one user.
pub(crate) struct Known(pub(crate) &'static str, pub(crate) &'static str);

#[async_trait]
impl CredentialSource for Known {
    async fn credentials(&self, _host: &str) -> Result<Option<Credentials>, String> {
        Ok(Some(Credentials {
            user: self.0.to_owned(),
            secret: self.1.to_owned().into(),
        }))
    }
}

pub(crate) fn reference(server: &Server, tag: &str) -> Reference {
    format!("oci://{}/acme/lint:{tag}", server.address).parse().unwrap()
}

pub(crate) fn definition(name: &str) -> ModuleDef {
    ModuleDef {
        main_object: name.to_owned(),
        ..ModuleDef::default()
    }
}

/// A Python module that calls a component. The component is large enough to be cut.
pub(crate) fn modules(folder: &Path) -> Vec<PackModule> {
    let write = |name: &str, content: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    // A component of one custom section.
    let noise: Vec<u8> = (0..400_000_u32)
        .flat_map(|n| (n.wrapping_mul(2_654_435_761)).to_le_bytes())
        .collect();
    let component = [b"\0asm\x0d\0\x01\0\0\x84\xd4\x61\x03abc".as_slice(), &noise].concat();
    let main = write("main.py", b"print()\n");
    let helper = write("helper.py", b"");
    vec![
        PackModule {
            uses: None,
            name: "lint".into(),
            language: Language::Python,
            sdk: "python".into(),
            definition: definition("Lint"),
            code: vec![PackCode {
                role: CodeRole::Source,
                content: Content::Files(vec![
                    ("src/main.py".into(), main),
                    ("src/lint/helper.py".into(), helper),
                ]),
            }],
            dependencies: vec![("fmt".into(), 1)],
            requires: Requirements::default(),
        },
        PackModule {
            uses: None,
            name: "format".into(),
            language: Language::Component,
            sdk: "go".into(),
            definition: definition("Format"),
            code: vec![PackCode {
                role: CodeRole::Component,
                content: Content::Component(write("format.wasm", &component)),
            }],
            dependencies: vec![],
            requires: Requirements::default(),
        },
    ]
}

pub(crate) fn packed(author: &User) -> Packed {
    let mut options = PackOptions::default();
    options.annotate("version", "1");
    pack(
        &author.store(),
        &modules(author.directory.path()),
        &options,
        &Limits::default(),
    )
    .unwrap()
}

/// A registry with the module under the tag `1`.
pub(crate) async fn published() -> (Server, Reference, Packed) {
    let server = Server::start().await;
    let author = User::new();
    let packed = packed(&author);
    let reference = reference(&server, "1");
    author.registry().publish(&reference, &packed).await.unwrap();
    server.forget_requests();
    (server, reference, packed)
}

/// Digest of the component's layer.
pub(crate) fn component(packed: &Packed) -> String {
    let layer = packed
        .manifest
        .layers
        .iter()
        .find(|layer| layer.media_type == "application/wasm");
    layer.unwrap().digest.to_string()
}
