//! Directories of this machine as file systems of the graph.
//!
//! Most are uploaded: the engine then compares all files with those it has, which costs it time for every file. So where a run like this one
//! only read from a directory, and little changed in it, it is told as an earlier upload with changes. The digest of all its content is not
//! that of an upload, and the engine would have to read everything to find it out: what goes by that digest gets an upload.

use crate::Engine;
use crate::llb::upload::{self, Change};
use crate::llb::{self, Output};
use crate::session::{Earlier, Listing, LocalDirectory, Record, Session, changes, identity};
use bollard_buildkit_proto::moby::buildkit::v1::frontend::EvaluateRequest;
use std::sync::PoisonError;
use std::time::Duration;

/// How long an engine may take to find an upload that it has. One that has it no more would look for the session that it came through.
const FIND: Duration = Duration::from_millis(500);

/// What a look at a directory gave.
struct Seen {
    /// The name of what it holds, if it has one yet.
    identity: Option<String>,
    listing: Listing,
    /// The session of the upload that the record is of.
    recorded: Option<String>,
    /// That upload, and what changed since.
    since: Option<(Earlier, Vec<Change>)>,
}

impl Engine {
    /// Makes a directory of this machine known and returns it as a file system. Names and times of its files are looked at now, their content
    /// when something needs it. Give a directory the same name in every run: the engine then asks only for what changed, and for nothing when
    /// nothing was touched.
    pub async fn add_local(&self, name: &str, directory: LocalDirectory) -> Output {
        let hint = directory.hint();
        let key = llb::source::local_key(name, &hint);
        let by_changes = self.foresees_changes(&key);
        let record = self.record(&key);
        let (named, seen, noted) = (key.clone(), directory.clone(), record.clone());
        let seen = tokio::task::spawn_blocking(move || {
            let earlier = noted.as_ref().filter(|_| by_changes);
            let seen = look(&named, &seen, earlier);
            // The engine writes what is uploaded now over the last upload, unless that is kept.
            if earlier.is_none() || seen.is_none() {
                noted.iter().for_each(Record::forget_unless_kept);
            }
            seen
        });
        let mut seen = seen.await.ok().flatten();
        if let Some((earlier, changes)) = seen.as_mut().and_then(|seen| seen.since.take()) {
            let base = upload::earlier(name, &earlier.session, &hint);
            if self.has(&base).await {
                keep(record, earlier).await;
                return upload::changed(base, changes, name);
            }
        }
        self.inner.state.add_local(&key, directory);
        if let Some((record, seen)) = record.filter(|_| by_changes).zip(seen.as_ref()) {
            remember(record, seen).await;
        }
        let session = seen.and_then(|seen| {
            let identity = seen.identity?;
            self.inner.state.keep_listing(&key, seen.listing);
            self.upload_session(identity)
        });
        // Without a name the directory belongs to this run alone.
        llb::source::local(name, session.as_deref().unwrap_or(self.inner.session.id()), &hint)
    }

    fn record(&self, key: &str) -> Option<Record> {
        let folder = self.inner.uploads_dir.as_ref()?;
        Some(Record::new(folder, &self.address().to_string(), key))
    }

    /// Whether the engine has the upload; if so, it has it as long as the run lasts.
    async fn has(&self, earlier: &Output) -> bool {
        let find = async {
            let reference = self.inner.build.solve(earlier, false).await?;
            let request = EvaluateRequest { r#ref: reference };
            self.inner.build.bridge().evaluate(request).await
        };
        matches!(tokio::time::timeout(FIND, find).await, Ok(Ok(_)))
    }

    /// Opens the session that is named after what a directory holds, where an engine that does not have it yet looks for it. Another run may open
    /// one of that name at the same time: it serves the same.
    fn upload_session(&self, identity: String) -> Option<String> {
        let mut uploads = self.inner.uploads.lock().unwrap_or_else(PoisonError::into_inner);
        if !uploads.contains_key(&identity) {
            let session = Session::open_as(identity.clone(), &self.inner.channel, &self.inner.state, None).ok()?;
            uploads.insert(identity.clone(), session);
        }
        Some(identity)
    }
}

/// Looks at the directory and, if there is a record, at what changed since. None when the directory cannot be read. Blocking.
fn look(key: &str, directory: &LocalDirectory, record: Option<&Record>) -> Option<Seen> {
    let (identity, listing) = identity(key, directory)?;
    let earlier = record.and_then(Record::read);
    let recorded = earlier.as_ref().map(|earlier| earlier.session.clone());
    // What is as it was is found by its name.
    let since = earlier
        .filter(|earlier| identity.as_ref() != Some(&earlier.session))
        .and_then(|earlier| Some((changes(&earlier, &listing)?, earlier)))
        .map(|(changes, earlier)| (earlier, changes));
    Some(Seen {
        identity,
        listing,
        recorded,
        since,
    })
}

/// Notes that something lies on the upload.
async fn keep(record: Option<Record>, earlier: Earlier) {
    if let Some(record) = record.filter(|_| !earlier.kept) {
        tokio::task::spawn_blocking(move || record.write(&earlier.keep()))
            .await
            .ok();
    }
}

/// Remembers what is uploaded now: the next run shall tell changes of it.
async fn remember(record: Record, seen: &Seen) {
    if seen.recorded.is_some() && seen.recorded == seen.identity {
        return;
    }
    let now = seen
        .identity
        .as_deref()
        .and_then(|session| Earlier::of(session, &seen.listing));
    let write = move || match now {
        Some(now) => record.write(&now),
        None => record.forget(),
    };
    tokio::task::spawn_blocking(write).await.ok();
}
