//! The engine's cache as a run sees it: what lies in it, what may lie in it, and making room.
//!
//! What the user does to an engine between runs is in `manage`.

use crate::error::ManageError;
use crate::transport::control;
use crate::{Address, Engine};
use bollard_buildkit_proto::moby::buildkit::v1::{DiskUsageRequest, ListWorkersRequest, PruneRequest};

/// One record of the engine's cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheEntry {
    /// What made it, in the engine's words.
    pub description: String,
    /// `regular`, `source.local`, `source.git.checkout`, `exec.cachemount`, `frontend` or `internal`.
    pub kind: String,
    /// Bytes on the engine's disk.
    pub bytes: i64,
    /// Nanoseconds since 1970.
    pub created: i64,
    /// Nanoseconds since 1970; when it was made, if it was not used since.
    pub used: i64,
    /// Whether something is being done with it now.
    pub in_use: bool,
}

/// How much the cache may hold, in bytes; 0 is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheLimits {
    /// What may lie there in any case.
    pub reserved: i64,
    /// What may lie there at most.
    pub max_used: i64,
    /// What shall stay free on the disk.
    pub min_free: i64,
}

/// Nanoseconds since 1970 of a time in the engine's form.
macro_rules! nanoseconds {
    ($time:expr) => {
        $time
            .as_ref()
            .map(|time| time.seconds.saturating_mul(1_000_000_000) + i64::from(time.nanos))
    };
}

impl Engine {
    /// What the engine is called: its container, or where it listens.
    pub fn name(&self) -> String {
        match self.address() {
            Address::DockerContainer(name) => name.clone(),
            // Our own engine's socket lies in a directory that is named like it.
            Address::Unix(path) => {
                let directory = path.parent().and_then(|parent| parent.file_name());
                match directory.and_then(|name| name.to_str()) {
                    Some(name) if name.starts_with("engine-") => format!("dockwright-{name}"),
                    _ => self.address().to_string(),
                }
            }
            Address::Tcp(_) => self.address().to_string(),
        }
    }

    /// Everything that lies in the cache.
    ///
    /// # Errors
    /// The engine does not answer.
    pub async fn cache_entries(&self) -> Result<Vec<CacheEntry>, ManageError> {
        let mut control = control(&self.inner.channel);
        let usage = control.disk_usage(DiskUsageRequest::default());
        let usage = usage.await.map_err(|status| refused("list its cache", &status))?;
        let records = usage.into_inner().record.into_iter();
        Ok(records
            .map(|record| {
                let created = nanoseconds!(record.created_at).unwrap_or_default();
                CacheEntry {
                    used: nanoseconds!(record.last_used_at).unwrap_or(created),
                    description: record.description,
                    kind: record.record_type,
                    bytes: record.size,
                    created,
                    in_use: record.in_use,
                }
            })
            .collect())
    }

    /// How much the cache may hold by the engine's own rules: those of its last and widest rule.
    ///
    /// # Errors
    /// The engine does not answer.
    pub async fn cache_limits(&self) -> Result<CacheLimits, ManageError> {
        let policies = self.policies().await?;
        Ok(policies.last().map(|(_, limits)| *limits).unwrap_or_default())
    }

    /// Removes what nothing uses, as far as the limits ask for it; without limits all of it.
    ///
    /// # Errors
    /// The engine refuses.
    pub async fn prune_cache(&self, limits: CacheLimits) -> Result<(), ManageError> {
        self.sweep(with_limits(PruneRequest::default(), limits)).await
    }

    /// Does what the engine does by itself from time to time. Limits that are not 0 stand for those of each of its rules.
    ///
    /// # Errors
    /// The engine refuses.
    pub async fn prune_cache_by_its_rules(&self, limits: CacheLimits) -> Result<(), ManageError> {
        for (rule, own) in self.policies().await? {
            let either = |given: i64, own: i64| if given == 0 { own } else { given };
            let limits = CacheLimits {
                reserved: either(limits.reserved, own.reserved),
                max_used: either(limits.max_used, own.max_used),
                min_free: either(limits.min_free, own.min_free),
            };
            self.sweep(with_limits(rule, limits)).await?;
        }
        Ok(())
    }

    async fn sweep(&self, request: PruneRequest) -> Result<(), ManageError> {
        let failed = |status| refused("prune its cache", &status);
        let records = control(&self.inner.channel).prune(request).await;
        let mut records = records.map_err(failed)?.into_inner();
        while records.message().await.map_err(failed)?.is_some() {}
        Ok(())
    }

    /// The rules by which the engine prunes by itself, as requests, with their limits.
    async fn policies(&self) -> Result<Vec<(PruneRequest, CacheLimits)>, ManageError> {
        let mut control = control(&self.inner.channel);
        let workers = control.list_workers(ListWorkersRequest::default());
        let workers = workers.await.map_err(|status| refused("tell its rules", &status))?;
        let worker = workers.into_inner().record.into_iter().next().unwrap_or_default();
        let rules = worker.gc_policy.into_iter().map(|rule| {
            let request = PruneRequest {
                filter: rule.filters,
                all: rule.all,
                keep_duration: rule.keep_duration,
                ..PruneRequest::default()
            };
            let limits = CacheLimits {
                reserved: rule.reserved_space,
                max_used: rule.max_used_space,
                min_free: rule.min_free_space,
            };
            (request, limits)
        });
        Ok(rules.collect())
    }
}

fn with_limits(request: PruneRequest, limits: CacheLimits) -> PruneRequest {
    PruneRequest {
        reserved_space: limits.reserved,
        max_used_space: limits.max_used,
        min_free_space: limits.min_free,
        ..request
    }
}

fn refused(action: &'static str, status: &tonic::Status) -> ManageError {
    ManageError::Engine {
        action,
        message: status.message().to_owned(),
    }
}
