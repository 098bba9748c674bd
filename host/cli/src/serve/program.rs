//! A program that uses the session: started with what its client library looks for, asked to end when we are.

use crate::environment;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::printer;
use crate::serve::Serving;
use crate::session::Session;
use rustix::process::{Pid, Signal, kill_process};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::signal::unix::{SignalKind, signal};

/// A program that runs.
pub(crate) struct Program {
    name: String,
    child: Child,
    patience: Duration,
}

impl Program {
    /// Starts the command. Once it was asked to end, it has `patience` to do so.
    pub(crate) fn start(
        session: &Session,
        serving: &Serving,
        command: &[String],
        patience: Duration,
    ) -> Result<Program, CliError> {
        let Some((name, arguments)) = command.split_first() else {
            return Err(CliError::other("cli::usage", "name a program to run"));
        };
        // Where a live view has the terminal, what the program prints goes between its frames.
        let through_us = session.view_is_live();
        let stream = |is_terminal: bool| {
            if through_us && is_terminal {
                Stdio::piped()
            } else {
                Stdio::inherit()
            }
        };
        let child = Command::new(name)
            .args(arguments)
            .env(environment::SESSION_PORT, serving.address().port().to_string())
            .env(environment::SESSION_TOKEN, serving.token())
            .stdout(stream(printer::stdout_is_terminal()))
            .stderr(stream(printer::stderr_is_terminal()))
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| CliError::other("run::start", format!("cannot start `{name}`: {error}")))?;
        Ok(Program {
            name: name.clone(),
            child,
            patience,
        })
    }

    /// Waits for its end, passing on what it prints and what signals come.
    pub(crate) async fn finish(mut self, session: &Session) -> Result<CommandExit, CliError> {
        let (out, err) = (self.child.stdout.take(), self.child.stderr.take());
        let printed = async {
            tokio::join!(
                pass_on(session, out, printer::stdout_bytes),
                pass_on(session, err, printer::stderr_bytes)
            )
        };
        let (exit, _) = tokio::join!(self.wait(), printed);
        exit
    }

    async fn wait(&mut self) -> Result<CommandExit, CliError> {
        let mut interrupts = signal(SignalKind::interrupt())?;
        let mut terminations = signal(SignalKind::terminate())?;
        let mut hangups = signal(SignalKind::hangup())?;
        let mut asked = false;
        let patience = self.patience;
        let impatience = tokio::time::sleep(Duration::MAX);
        tokio::pin!(impatience);
        loop {
            let sent = tokio::select! {
                status = self.child.wait() => return Ok(status?.into()),
                _ = interrupts.recv() => Signal::INT,
                _ = terminations.recv() => Signal::TERM,
                _ = hangups.recv() => Signal::HUP,
                () = &mut impatience, if asked => {
                    printer::stderr(&format!("`{}` did not end in time and is killed.\n", self.name));
                    self.child.start_kill()?;
                    return Ok(self.child.wait().await?.into());
                }
            };
            if !asked {
                asked = true;
                impatience.as_mut().reset(tokio::time::Instant::now() + patience);
            }
            // A terminal sends Ctrl-C to the program itself.
            if sent != Signal::INT || !printer::stdin_is_terminal() {
                self.send(sent)?;
            }
        }
    }

    fn send(&self, signal: Signal) -> Result<(), CliError> {
        let id = self.child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        match id {
            Some(id) => Ok(kill_process(id, signal).map_err(std::io::Error::from)?),
            // It has ended already.
            None => Ok(()),
        }
    }
}

/// Shows what comes out of a pipe, unless there is none.
async fn pass_on(session: &Session, pipe: Option<impl AsyncRead + Unpin>, print: fn(&[u8])) {
    let Some(mut pipe) = pipe else { return };
    let mut chunk = vec![0; 8192];
    while let Ok(length @ 1..) = pipe.read(&mut chunk).await {
        let printed = chunk.get(..length).unwrap_or_default();
        tokio::task::block_in_place(|| session.between_frames(|| print(printed)));
    }
}
