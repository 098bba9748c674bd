//! Processes in containers of the gateway: start, output, input, signals, end.
//!
//! One call of `ExecProcess` per process (`frontend/gateway` of BuildKit's tree). Messages of the process are read to the end, whoever listens.

use super::running::Log;
use crate::gateway::Bridge;
use crate::identifier;
use bollard_buildkit_proto::moby::buildkit::v1::frontend::exec_message::Input;
use bollard_buildkit_proto::moby::buildkit::v1::frontend::{
    ExecMessage, FdMessage, InitMessage, ResizeMessage, SignalMessage,
};
use futures::StreamExt;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};
use tonic::Status;

/// Messages that may wait to be sent.
const BACKLOG: usize = 16;

/// Where the output of a process goes.
#[derive(Debug)]
pub(super) enum Sink {
    /// Into a service's log.
    Log(Arc<Log>),
    /// Standard output to whoever reads; what comes faster than it is read waits.
    Pipe(mpsc::Sender<Vec<u8>>),
    /// Standard output in frames, as `relay dial` writes it, to whoever reads. After the last frame stdin is closed.
    Frames(Frames),
}

/// Pieces of which each comes after its length in 4 bytes; a length of 0 is the end.
#[derive(Debug)]
pub(super) struct Frames {
    pending: Vec<u8>,
    pipe: Option<mpsc::Sender<Vec<u8>>>,
}

impl Frames {
    pub(super) fn new(pipe: mpsc::Sender<Vec<u8>>) -> Self {
        Self {
            pending: Vec::new(),
            pipe: Some(pipe),
        }
    }

    /// Whether the end has come.
    async fn take(&mut self, data: &[u8]) -> bool {
        self.pending.extend_from_slice(data);
        while let Some((head, rest)) = self.pending.split_first_chunk::<4>() {
            let length = usize::try_from(u32::from_le_bytes(*head)).unwrap_or(usize::MAX);
            if length == 0 {
                self.pipe = None;
                return true;
            }
            let Some(frame) = rest.get(..length) else { break };
            if let Some(pipe) = &self.pipe {
                // A reader that has gone away wants nothing more.
                pipe.send(frame.to_vec()).await.ok();
            }
            self.pending.drain(..4 + length);
        }
        false
    }
}

impl Sink {
    /// Whether the process shall have no more input.
    async fn take(&mut self, descriptor: u32, data: Vec<u8>) -> bool {
        match self {
            Self::Log(log) => log.push(descriptor, &data),
            // A reader that has gone away wants nothing more.
            Self::Pipe(pipe) if descriptor == 1 => {
                pipe.send(data).await.ok();
            }
            Self::Frames(frames) if descriptor == 1 => return frames.take(&data).await,
            Self::Pipe(_) | Self::Frames(_) => {}
        }
        false
    }
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ended {
    /// 128 + number for a signal.
    pub(super) exit_code: i32,
    /// What the engine says, when it was not the process that ended by itself.
    pub(super) message: String,
}

/// A process that was started. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Process {
    id: String,
    messages: mpsc::Sender<ExecMessage>,
    ended: watch::Receiver<Option<Ended>>,
}

impl Process {
    /// Starts it and waits until it runs; with `stdin` it can be written to.
    pub(super) async fn start(
        mut bridge: Bridge,
        init: InitMessage,
        stdin: bool,
        mut sink: Sink,
    ) -> Result<Self, Status> {
        let (id, tty) = (identifier::random(), init.tty);
        let (messages, receiver) = mpsc::channel(BACKLOG);
        let first = ExecMessage {
            process_id: id.clone(),
            input: Some(Input::Init(InitMessage {
                // A terminal has one stream; another would never end.
                fds: match (stdin, init.tty) {
                    (true, true) => vec![0, 1],
                    (true, false) => vec![0, 1, 2],
                    (false, _) => vec![1, 2],
                },
                ..init
            })),
        };
        messages
            .try_send(first)
            .map_err(|_| Status::internal("a new channel is full"))?;
        let (tell_end, ended) = watch::channel(None);
        let (tell_start, started) = oneshot::channel();
        let (process, input) = (id.clone(), messages.clone());
        tokio::spawn(async move {
            let mut tell_start = Some(tell_start);
            let mut end = Ended {
                exit_code: 255,
                message: "the engine ended it".to_owned(),
            };
            let stream = bridge
                .exec_process(tokio_stream::wrappers::ReceiverStream::new(receiver))
                .await;
            let mut answers = match stream {
                Ok(answers) => answers.into_inner(),
                Err(status) => {
                    if let Some(tell) = tell_start {
                        tell.send(Err(status)).ok();
                    }
                    return;
                }
            };
            loop {
                match answers.next().await {
                    Some(Ok(message)) => match message.input {
                        Some(Input::Started(_)) => {
                            if let Some(tell) = tell_start.take() {
                                tell.send(Ok(())).ok();
                            }
                        }
                        Some(Input::File(file)) if !file.data.is_empty() => {
                            if sink.take(file.fd, file.data).await {
                                input.send(end_of_input(&process)).await.ok();
                            }
                        }
                        Some(Input::Exit(exit)) => {
                            if tty {
                                // The engine does not count it as done before its input has ended.
                                input.send(end_of_input(&process)).await.ok();
                            }
                            end = Ended {
                                exit_code: i32::try_from(exit.code).unwrap_or(255),
                                message: exit.error.map(|error| error.message).unwrap_or_default(),
                            };
                        }
                        Some(Input::Done(_)) => break,
                        _ => {}
                    },
                    Some(Err(status)) => {
                        if let Some(tell) = tell_start.take() {
                            tell.send(Err(status)).ok();
                        } else {
                            status.message().clone_into(&mut end.message);
                        }
                        break;
                    }
                    None => break,
                }
            }
            // A process may end before the engine says that it has begun.
            if let Some(tell) = tell_start {
                tell.send(Ok(())).ok();
            }
            drop(sink);
            tell_end.send_replace(Some(end));
        });
        match started.await {
            Ok(Ok(())) => Ok(Self { id, messages, ended }),
            Ok(Err(status)) => Err(status),
            Err(_) => Err(Status::aborted("the process was not started")),
        }
    }

    /// Resolves when it has ended.
    pub(super) async fn ended(&self) -> Ended {
        let mut ended = self.ended.clone();
        let end = ended.wait_for(Option::is_some).await.ok().and_then(|end| end.clone());
        end.unwrap_or(Ended {
            exit_code: 255,
            message: "the connection to the engine is lost".to_owned(),
        })
    }

    /// How it ended, if it has.
    pub(super) fn end(&self) -> Option<Ended> {
        self.ended.borrow().clone()
    }

    /// Sends a signal by its name without `SIG`. A process that has ended takes none.
    pub(super) async fn signal(&self, name: &str) {
        self.send(Input::Signal(SignalMessage { name: name.to_owned() })).await;
    }

    /// Writes to its stdin; an empty chunk closes it. False when the process is gone.
    pub(super) async fn write(&self, data: Vec<u8>) -> bool {
        let eof = data.is_empty();
        self.send(Input::File(FdMessage { fd: 0, eof, data })).await
    }

    /// Tells the size of its terminal.
    pub(super) async fn resize(&self, rows: u16, columns: u16) {
        self.send(Input::Resize(ResizeMessage {
            rows: rows.into(),
            cols: columns.into(),
        }))
        .await;
    }

    async fn send(&self, input: Input) -> bool {
        let message = ExecMessage {
            process_id: self.id.clone(),
            input: Some(input),
        };
        self.messages.send(message).await.is_ok()
    }
}

/// The message that a process has no more input.
fn end_of_input(process: &str) -> ExecMessage {
    let end = FdMessage {
        fd: 0,
        eof: true,
        data: Vec::new(),
    };
    ExecMessage {
        process_id: process.to_owned(),
        input: Some(Input::File(end)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::Frames;
    use tokio::sync::mpsc;

    #[tokio::test]
    async fn frames_are_put_together_and_end() {
        let (sender, mut pieces) = mpsc::channel(8);
        let mut frames = Frames::new(sender);
        let stream = [&[3, 0, 0, 0][..], b"abc", &[1, 0, 0, 0], b"d", &[0; 4]].concat();
        let (last, before) = stream.split_last().unwrap();
        for byte in before {
            assert!(!frames.take(&[*byte]).await);
        }
        assert!(frames.take(&[*last]).await);
        assert_eq!(pieces.recv().await.unwrap(), b"abc");
        assert_eq!(pieces.recv().await.unwrap(), b"d");
        assert_eq!(pieces.recv().await, None);
    }
}
