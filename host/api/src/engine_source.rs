//! Where the engine comes from: connected when something first needs it, once per session.

use crate::error::ApiError;
use dockwright_engine::{ConnectError, Engine, EngineOptions, Usage};
use dockwright_telemetry::Telemetry;
use std::sync::OnceLock;
use tokio::sync::OnceCell;

/// A connection that is made when it is first needed.
pub struct EngineSource {
    options: EngineOptions,
    telemetry: Telemetry,
    engine: OnceCell<Engine>,
    foreseen: OnceLock<Usage>,
}

impl EngineSource {
    /// Connects with these options when asked.
    pub fn new(options: EngineOptions, telemetry: Telemetry) -> EngineSource {
        EngineSource {
            options,
            telemetry,
            engine: OnceCell::new(),
            foreseen: OnceLock::new(),
        }
    }

    /// The engine.
    pub(crate) async fn get(&self) -> Result<&Engine, ApiError> {
        let connect = || async {
            let engine = Engine::connect(self.options.clone(), self.telemetry.clone(), None).await?;
            self.tell(&engine);
            Ok(engine)
        };
        self.engine
            .get_or_try_init(connect)
            .await
            .map_err(|error: ConnectError| ApiError::from(error))
    }

    /// The engine, if it runs already: none is started, and why there is none is for [`EngineSource::get`] to tell whoever needs one.
    pub(crate) async fn get_running(&self) -> Option<&Engine> {
        let connect = || async {
            match Engine::connect_running(self.options.clone(), self.telemetry.clone()).await {
                Ok(found) => found.inspect(|engine| self.tell(engine)).ok_or(()),
                Err(error) => {
                    tracing::debug!(%error, "no engine is ready beforehand");
                    Err(())
                }
            }
        };
        self.engine.get_or_try_init(connect).await.ok()
    }

    /// Says what a session like this one used. Only the first call counts.
    pub(crate) fn foresee(&self, usage: &Usage) {
        self.foreseen.get_or_init(|| usage.clone());
        if let Some(engine) = self.engine.get() {
            self.tell(engine);
        }
    }

    fn tell(&self, engine: &Engine) {
        if let Some(usage) = self.foreseen.get() {
            engine.foresee(usage);
        }
    }

    /// What the session used of the engine; none when it had none.
    pub fn usage(&self) -> Option<Usage> {
        self.engine.get().map(Engine::usage)
    }

    /// Ends the session with the engine, if there is one.
    pub async fn close(&self) {
        if let Some(engine) = self.engine.get() {
            engine.close().await;
        }
    }
}
