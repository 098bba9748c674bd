//! Registries as the session uses them: where artifacts are kept, who knows passwords, whether the network may be used.

use crate::directories::Directories;
use crate::environment;
use crate::session::Session;
use async_trait::async_trait;
use dockwright_module::{ModuleRef, VENDOR_FOLDER};
use dockwright_registry::{
    CredentialSource, Credentials, HostRule, Limits, Network, Registry, RegistryOptions, RetryPolicy, Store, Vendor,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Knows what `docker login` has kept.
struct DockerLogins {
    config: Option<PathBuf>,
}

#[async_trait]
impl CredentialSource for DockerLogins {
    async fn credentials(&self, host: &str) -> Result<Option<Credentials>, String> {
        let Some(config) = &self.config else { return Ok(None) };
        let found = dockwright_engine::registry_credentials(config, host).await?;
        Ok(found.map(|(user, secret)| Credentials {
            user,
            secret: Zeroizing::new(String::from_utf8_lossy(secret.expose()).into_owned()),
        }))
    }
}

/// Registries, with the store of the user's cache.
pub(crate) fn open(directories: &Directories, network: Network, vendors: Vec<Vendor>, redirects: HostRule) -> Registry {
    Registry::new(RegistryOptions {
        proxies: environment::proxies(),
        store: Store::new(directories.cache.join("artifacts")),
        vendors,
        network,
        credentials: Arc::new(DockerLogins {
            config: directories.docker_config.clone(),
        }),
        redirects,
        retry: RetryPolicy::default(),
        limits: Limits::default(),
    })
}

/// What was vendored for the module at or above a path.
pub(crate) fn vendored(path: &Path) -> Vec<Vendor> {
    let manifest = dockwright_module::find_manifest(path).ok();
    let folder = manifest.and_then(|manifest| Some(manifest.parent()?.join(VENDOR_FOLDER)));
    folder.and_then(Vendor::find).into_iter().collect()
}

impl Session {
    /// Registries. What was vendored is looked for where the first reference leads.
    pub(crate) fn registry(&self, reference: &str) -> &Registry {
        self.registry.get_or_init(|| {
            let network = self.network.get().copied().unwrap_or_default();
            // Whom to trust is known before modules are looked for; commands that only look at an artifact ask nobody.
            let session = self.itself.clone();
            let redirects: HostRule = Arc::new(move |host| {
                let trust = session.upgrade().and_then(|session| session.trust.get().cloned());
                trust.map_or(Ok(()), |trust| trust.require_redirect(host))
            });
            open(&self.directories, network, self.vendors(reference), redirects)
        })
    }

    /// Registries, for those who need no reference.
    pub(crate) fn registries(&self) -> &Registry {
        self.registry(".")
    }

    /// Where to look for what was vendored: the module that the reference names, when it is a folder, else the one here.
    fn vendors(&self, reference: &str) -> Vec<Vendor> {
        match ModuleRef::parse(reference, &self.workdir) {
            Ok(ModuleRef::Local(path)) => vendored(&self.workdir.join(path)),
            _ => vendored(&self.workdir),
        }
    }
}
