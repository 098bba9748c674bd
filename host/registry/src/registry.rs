//! The way in: modules from registries and into them, over the store.

use crate::artifact::Artifact;
use crate::client::{Client, CredentialSource, RetryPolicy};
use crate::error::PullError;
use crate::format::{
    CodeRole, Definition, Description, FormatError, Manifest, ModuleEntry, embedded_definition, media_type,
};
use crate::limits::Limits;
use crate::reference::Reference;
use crate::store::{Store, Vendor};
use dockwright_http::Proxies;
use dockwright_schema::ModuleDef;
use std::sync::Arc;

mod attachments;
mod fetch;
mod lookup;
mod publish;

/// How many layers are fetched or sent at once.
const AT_ONCE: usize = 4;

/// How the network may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// Tags are looked up each time, and what is missing is fetched.
    #[default]
    On,
    /// Nothing is asked of anyone; tags stand for what they led to when they were last looked up.
    Off,
}

/// Registries, vendored folders and the store. Clones share everything.
#[derive(Clone)]
pub struct Registry {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    store: Store,
    vendors: Vec<Vendor>,
    network: Network,
    limits: Limits,
}

/// Whether a registry may lead to a host; the error says why not.
pub type HostRule = Arc<dyn Fn(&str) -> Result<(), String> + Send + Sync>;

/// What a registry is made of.
pub struct RegistryOptions {
    /// Where artifacts are kept.
    pub store: Store,
    /// Vendored artifacts, which are taken before registries are asked.
    pub vendors: Vec<Vendor>,
    /// Whether registries may be asked.
    pub network: Network,
    /// Who knows user names and passwords.
    pub credentials: Arc<dyn CredentialSource>,
    /// The way to registries elsewhere.
    pub proxies: Proxies,
    /// Where registries may lead to, when that is not everywhere.
    pub redirects: HostRule,
    /// How often is tried.
    pub retry: RetryPolicy,
    /// How large things may be.
    pub limits: Limits,
}

impl Registry {
    /// Connects nothing yet.
    pub fn new(options: RegistryOptions) -> Registry {
        Registry {
            inner: Arc::new(Inner {
                client: Client::new(options.credentials, options.proxies, options.redirects, options.retry),
                store: options.store,
                vendors: options.vendors,
                network: options.network,
                limits: options.limits,
            }),
        }
    }

    /// Where artifacts are kept.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// How large things may be.
    pub fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    /// Finds an artifact and reads its documents, of which those that are missing are fetched. No code is.
    ///
    /// A reference with a digest needs no network when the artifact is in the store. A tag is looked up each time, unless the network is off.
    ///
    /// # Errors
    /// There is no such artifact, it is no module, it cannot be had.
    pub async fn find(&self, reference: &Reference) -> Result<Artifact, PullError> {
        let fetched = self.manifest(reference).await?;
        let format = |problem| format_error(reference, problem);
        let manifest = Manifest::parse(&fetched.bytes, &self.inner.limits).map_err(format)?;
        let description = match manifest.layer_of_type(media_type::DESCRIPTION) {
            Some(layer) => {
                let bytes = self.small_blob(reference, &layer.clone()).await?;
                Description::parse(&bytes, &self.inner.limits).map_err(format)?
            }
            None => Description::of_component(&manifest, reference).map_err(format)?,
        };
        for module in &description.modules {
            let code = module.code.iter().map(|code| code.layer);
            for digest in code.chain([module.definition]) {
                manifest.layer(digest).map_err(format)?;
            }
        }
        Ok(Artifact {
            reference: reference.clone(),
            digest: fetched.digest,
            identities: description.identities(),
            manifest,
            description,
        })
    }

    /// What a module of the artifact offers.
    ///
    /// # Errors
    /// The definition cannot be had or read.
    pub async fn definition(&self, artifact: &Artifact, module: &ModuleEntry) -> Result<ModuleDef, PullError> {
        let format = |problem| format_error(&artifact.reference, problem);
        let layer = artifact.manifest.layer(module.definition).map_err(format)?;
        if module.part(CodeRole::Component) == Some(module.definition) {
            self.fetch(&artifact.reference, vec![layer.clone()]).await?;
            let embedded = embedded_definition(&self.inner.store.blob(layer.digest))?;
            return embedded.unwrap_or(Err(FormatError::NoDefinition)).map_err(format);
        }
        let bytes = self.small_blob(&artifact.reference, layer).await?;
        Definition::parse(&bytes).map_err(format)
    }

    /// Whether nobody may be asked for anything.
    pub fn is_offline(&self) -> bool {
        self.inner.network == Network::Off
    }

    fn must_be_on(&self, what: impl FnOnce() -> String) -> Result<(), PullError> {
        match self.inner.network {
            Network::On => Ok(()),
            Network::Off => Err(PullError::Offline { what: what() }),
        }
    }
}

fn format_error(reference: &Reference, problem: FormatError) -> PullError {
    PullError::Format {
        reference: reference.to_string(),
        problem: Box::new(problem),
    }
}
