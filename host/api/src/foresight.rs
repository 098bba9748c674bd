//! Work for the engine that begins before module code asks for it: what a call like this needed last time.
//!
//! All of it is what the engine would do for the same request later; results are found where the request looks for them, and errors are left to
//! it. Nothing here starts an engine.

use crate::api::Api;
use crate::directory::Directory;
use dockwright_engine::Usage;
use dockwright_schema::{CallStack, ObjectId, Principal, Request};
use std::sync::Arc;

impl Api {
    /// Connects to the engine if it runs, and looks the images up.
    pub fn foresee(self: &Arc<Self>, usage: &Usage) {
        self.engine_source().foresee(usage);
        let (api, images) = (self.clone(), usage.images.clone());
        tokio::spawn(async move {
            let Some(engine) = api.running_engine().await else {
                return;
            };
            let lookups = images
                .iter()
                .map(|(reference, platform)| engine.foresee_image(reference, platform));
            futures::future::join_all(lookups).await;
        });
    }

    /// Begins to upload directories of the command line that were uploaded last time; other objects are passed over.
    pub fn foresee_uploads(self: &Arc<Self>, usage: &Usage, objects: impl IntoIterator<Item = ObjectId>) {
        for id in objects.into_iter().filter(|id| &**id.type_name() == "Directory") {
            let (api, usage) = (self.clone(), usage.clone());
            tokio::spawn(async move {
                let Some(engine) = api.running_engine().await else {
                    return;
                };
                let request = Arc::new(Request {
                    document: String::new(),
                    variables: None,
                    operation_name: None,
                    principal: Principal::CommandLine,
                    stack: CallStack::default(),
                    span: 0,
                });
                if let Ok(directory) = api.state::<Directory>(&id, &request).await {
                    engine.foresee_directory(&directory.output, &usage).await;
                }
            });
        }
    }

    /// What the session used of the engine; none when it had none.
    pub fn engine_usage(&self) -> Option<Usage> {
        self.engine_source().usage()
    }
}
