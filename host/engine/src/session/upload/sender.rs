//! One upload under way: a walker that tells files, readers that send content, and the engine's requests between them.

use super::go_mode;
use super::listing::Listing;
use super::walk::{Found, walk};
use crate::session::LocalDirectory;
use bollard_buildkit_proto::fsutil::types::{Packet, packet::PacketType};
use futures::StreamExt;
use std::collections::HashMap;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;
use tonic::{Status, Streaming};

const CHUNK: usize = 256 << 10;
const READERS: usize = 4;
/// How many files are told at once. Each alone would wake the connection's task for a few bytes.
const FILES_AT_ONCE: usize = 128;

/// Packets that go out together; an error ends the upload.
pub(super) type Batch = Vec<Result<Packet, Status>>;
/// Packets on their way to the engine.
type Outgoing = mpsc::Sender<Batch>;
/// Content that may be asked for, by the number of the file.
type Contents = Arc<Mutex<HashMap<u32, PathBuf>>>;

/// Starts the upload; its packets come out of the receiver. A fresh listing of the directory spares looking at it again.
pub(super) fn send(
    directory: Arc<LocalDirectory>,
    listing: Option<Arc<Listing>>,
    requests: Streaming<Packet>,
) -> mpsc::Receiver<Batch> {
    let (outgoing, packets) = mpsc::channel(64);
    let contents = Contents::default();
    let (queue, queued) = channel();
    let queued = Arc::new(Mutex::new(queued));
    for _ in 0..READERS {
        let (queued, outgoing) = (Arc::clone(&queued), outgoing.clone());
        tokio::task::spawn_blocking(move || read_queued(&queued, &outgoing));
    }
    {
        let (contents, outgoing) = (Arc::clone(&contents), outgoing.clone());
        tokio::task::spawn_blocking(move || tell_files(&directory, listing.as_deref(), &contents, &outgoing));
    }
    tokio::spawn(answer(requests, contents, queue, outgoing));
    packets
}

fn packet(kind: PacketType) -> Packet {
    Packet {
        r#type: kind.into(),
        ..Packet::default()
    }
}

fn tell_files(directory: &LocalDirectory, listing: Option<&Listing>, contents: &Contents, outgoing: &Outgoing) {
    let mut number = 0u32;
    let mut batch = Batch::with_capacity(FILES_AT_ONCE);
    let mut tell = |found: Found| {
        if let Some(path) = found.content {
            contents
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(number, path);
        }
        number = number.wrapping_add(1);
        batch.push(Ok(Packet {
            stat: Some(found.stat),
            ..packet(PacketType::PacketStat)
        }));
        if batch.len() < FILES_AT_ONCE {
            return ControlFlow::Continue(());
        }
        let full = std::mem::replace(&mut batch, Batch::with_capacity(FILES_AT_ONCE));
        match outgoing.blocking_send(full) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    };
    let walked = match listing.and_then(Listing::fresh) {
        Some(found) => {
            // To be broken off means that nobody listens any more.
            let _ = found.iter().cloned().try_for_each(tell);
            Ok(())
        }
        None => tell_listed(directory, listing, &mut tell),
    };
    batch.push(match walked {
        Ok(()) => Ok(packet(PacketType::PacketStat)),
        Err(e) => Err(Status::failed_precondition(format!(
            "cannot upload {}: {e}",
            directory.root.display()
        ))),
    });
    // Nobody to send it to means that the engine gave the upload up.
    outgoing.blocking_send(batch).ok();
}

/// Looks again at what was listed. The upload has the name of the listing: what came since is not part of it.
fn tell_listed(
    directory: &LocalDirectory,
    listing: Option<&Listing>,
    tell: &mut dyn FnMut(Found) -> ControlFlow<()>,
) -> io::Result<()> {
    let Some(listed) = listing.and_then(Listing::paths) else {
        return walk(directory, tell);
    };
    let mut lost = None;
    walk(directory, &mut |found| {
        let is_link = found.content.is_none() && found.stat.mode & go_mode::TYPE == 0;
        if !listed.contains(found.stat.path.as_str()) {
            return ControlFlow::Continue(());
        }
        if is_link && !listed.contains(found.stat.linkname.as_str()) {
            lost = Some(found.stat.path);
            return ControlFlow::Break(());
        }
        tell(found)
    })?;
    match lost {
        None => Ok(()),
        Some(path) => Err(io::Error::other(format!(
            "{path} got another name while the directory was uploaded; try again"
        ))),
    }
}

fn read_queued(queued: &Mutex<Receiver<(u32, PathBuf)>>, outgoing: &Outgoing) {
    loop {
        let next = queued.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, path)) = next else { return };
        match send_content(number, &path, outgoing) {
            Ok(ControlFlow::Continue(())) => {}
            Ok(ControlFlow::Break(())) => return,
            Err(e) => {
                outgoing
                    .blocking_send(vec![Err(Status::failed_precondition(format!("cannot upload: {e}")))])
                    .ok();
                return;
            }
        }
    }
}

fn send_content(number: u32, path: &Path, outgoing: &Outgoing) -> io::Result<ControlFlow<()>> {
    let mut file = fs_err::File::open(path)?;
    let mut left = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    loop {
        // One byte more than is known to be left finds the end with the same read.
        let mut data = Vec::with_capacity(left.saturating_add(1).min(CHUNK));
        let count = (&mut file).take(CHUNK as u64).read_to_end(&mut data)?;
        left = left.saturating_sub(count);
        if count > 0
            && outgoing
                .blocking_send(vec![Ok(Packet {
                    id: number,
                    data,
                    ..packet(PacketType::PacketData)
                })])
                .is_err()
        {
            return Ok(ControlFlow::Break(()));
        }
        if count < CHUNK {
            let end = outgoing.blocking_send(vec![Ok(Packet {
                id: number,
                ..packet(PacketType::PacketData)
            })]);
            return Ok(if end.is_err() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            });
        }
    }
}

async fn answer(
    mut requests: Streaming<Packet>,
    contents: Contents,
    queue: Sender<(u32, PathBuf)>,
    outgoing: Outgoing,
) {
    while let Some(Ok(request)) = requests.next().await {
        let reply = match PacketType::try_from(request.r#type) {
            Ok(PacketType::PacketReq) => {
                let path = contents
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .remove(&request.id);
                match path.map(|path| queue.send((request.id, path))) {
                    Some(Ok(())) => continue,
                    _ => Err(Status::invalid_argument(format!(
                        "there is no file number {} to send",
                        request.id
                    ))),
                }
            }
            Ok(PacketType::PacketFin) => Ok(packet(PacketType::PacketFin)),
            Ok(PacketType::PacketErr) => Err(Status::aborted(String::from_utf8_lossy(&request.data).into_owned())),
            _ => continue,
        };
        outgoing.send(vec![reply]).await.ok();
        return;
    }
}
