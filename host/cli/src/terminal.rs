//! The user's terminal, lent to a command in a container: keys go in as they are typed, what the command draws comes out as it is.

use crate::printer;
use async_trait::async_trait;
use dockwright_api::TerminalHost;
use dockwright_engine::{Keyboard, Terminal};
use dockwright_ui::Ui;
use rustix::termios::{self, OptionalActions, SpecialCodeIndex, Termios};
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::signal::unix::{SignalKind, signal};

/// Keys that may wait.
const BACKLOG: usize = 16;

/// Lends the terminal of this process, while the view is silent.
pub(crate) struct OwnTerminal {
    ui: Arc<Mutex<Option<Ui>>>,
}

impl OwnTerminal {
    pub(crate) fn new(ui: Arc<Mutex<Option<Ui>>>) -> OwnTerminal {
        OwnTerminal { ui }
    }
}

#[async_trait]
impl TerminalHost for OwnTerminal {
    fn missing(&self) -> Option<String> {
        let what = match (printer::stdin_is_terminal(), printer::stdout_is_terminal()) {
            (true, true) => return None,
            (false, _) => "standard input",
            (true, false) => "standard output",
        };
        Some(format!(
            "{what} of dockwright is not one; call it from an interactive shell"
        ))
    }

    async fn lend(&self, terminal: Terminal) -> Result<(), String> {
        let (ui, runtime) = (Arc::clone(&self.ui), tokio::runtime::Handle::current());
        let lent = tokio::task::spawn_blocking(move || {
            let connect = || runtime.block_on(connect(terminal));
            match &*ui.lock().unwrap_or_else(PoisonError::into_inner) {
                Some(ui) => ui.suspend(connect),
                None => connect(),
            }
        });
        let failed = |error: std::io::Error| format!("the terminal cannot be used: {error}");
        lent.await
            .map_err(|error| format!("the terminal was given up: {error}"))?
            .map_err(failed)
    }
}

async fn connect(mut terminal: Terminal) -> std::io::Result<()> {
    let raw = Raw::enter()?;
    let keyboard = terminal.keyboard();
    let (keys, typed) = tokio::sync::mpsc::channel(BACKLOG);
    let ended = Arc::new(AtomicBool::new(false));
    let reader = {
        let ended = Arc::clone(&ended);
        std::thread::spawn(move || read_keys(&ended, &keys))
    };
    let mut typing = tokio::spawn(pass_keys(typed, keyboard.clone()));
    let sizing = tokio::spawn(pass_sizes(keyboard));
    let (mut is_typing, mut has_gone) = (true, false);
    while !has_gone {
        tokio::select! {
            drawn = terminal.read() => match drawn {
                Some(drawn) => printer::stdout_bytes(&drawn),
                None => break,
            },
            gone = &mut typing, if is_typing => (is_typing, has_gone) = (false, gone.unwrap_or(false)),
        }
    }
    if !has_gone {
        terminal.ended().await;
    }
    ended.store(true, Ordering::Relaxed);
    typing.abort();
    sizing.abort();
    reader.join().ok();
    drop(raw);
    match has_gone {
        true => Err(std::io::Error::other("it has gone away")),
        false => Ok(()),
    }
}

/// Passes on what is typed until the command takes no more, or until the terminal has gone away, which it tells.
async fn pass_keys(mut typed: tokio::sync::mpsc::Receiver<Vec<u8>>, keyboard: Keyboard) -> bool {
    while let Some(keys) = typed.recv().await {
        if !keyboard.write(keys).await {
            return false;
        }
    }
    true
}

/// Tells the size now and whenever it changes.
async fn pass_sizes(keyboard: Keyboard) {
    let Ok(mut changes) = signal(SignalKind::window_change()) else {
        return;
    };
    loop {
        if let Ok(size) = termios::tcgetwinsize(std::io::stdout()) {
            keyboard.resize(size.ws_row, size.ws_col).await;
        }
        if changes.recv().await.is_none() {
            return;
        }
    }
}

/// Reads what is typed until the command has ended. A read gives up by itself ten times a second, so nothing that is typed later is lost.
fn read_keys(ended: &AtomicBool, keys: &tokio::sync::mpsc::Sender<Vec<u8>>) {
    let mut stdin = std::io::stdin().lock();
    let mut buffer = [0u8; 4096];
    while !ended.load(Ordering::Relaxed) {
        match stdin.read(&mut buffer) {
            // Nothing was typed, or there is nothing to type at any more.
            Ok(0) if termios::tcgetattr(std::io::stdin()).is_err() => return,
            Ok(0) => {}
            Ok(count) => {
                let typed = buffer.get(..count).unwrap_or_default().to_vec();
                if keys.blocking_send(typed).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

/// The terminal without echo, lines and signals, until this is dropped.
struct Raw(Termios);

impl Raw {
    fn enter() -> std::io::Result<Raw> {
        let before = termios::tcgetattr(std::io::stdin())?;
        let mut raw = before.clone();
        raw.make_raw();
        raw.special_codes[SpecialCodeIndex::VMIN] = 0;
        raw.special_codes[SpecialCodeIndex::VTIME] = 1;
        termios::tcsetattr(std::io::stdin(), OptionalActions::Drain, &raw)?;
        Ok(Raw(before))
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // A terminal that has gone away needs no settings.
        termios::tcsetattr(std::io::stdin(), OptionalActions::Drain, &self.0).ok();
    }
}
