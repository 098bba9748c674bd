//! The calls of functions that run, by the keys that they have in call stacks.

use crate::error::ApiError;
use crate::function_call::StructuredError;
use dockwright_schema::{Failure, FunctionCall, ModuleId, Principal, Request};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A call that runs, or that ran.
#[derive(Debug)]
pub(crate) struct Running {
    /// Tells runs of equal calls apart.
    pub sequence: u64,
    key: u64,
    module: ModuleId,
    /// What was called, on what, with what.
    pub call: FunctionCall,
    answer: Mutex<Option<Answer>>,
}

/// What the code gave as its result through the API.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// A value.
    Value(Value),
    /// An error.
    Error(Arc<StructuredError>),
}

impl Running {
    /// Sets the call's result; of several, the last one counts. Only the code that runs for the call may.
    pub(crate) fn answer(&self, request: &Request, answer: Answer) -> Result<(), ApiError> {
        let own = matches!(&request.principal, Principal::Module(id) if *id == self.module);
        if !own || request.stack.innermost() != Some(self.key) {
            return Err(ApiError::other(
                "only the code that runs for a function call may set its result",
            ));
        }
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
        Ok(())
    }

    /// The call's result: what its code set, else what it returned.
    fn result(&self, returned: Result<Value, Failure>) -> Result<Value, Failure> {
        match self.answer.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(Answer::Value(value)) => returned.map(|_| value),
            Some(Answer::Error(error)) => Err(error.failure()),
            None => returned,
        }
    }
}

/// The calls that run.
#[derive(Debug, Default)]
pub(crate) struct RunningCalls {
    calls: Mutex<HashMap<u64, Arc<Running>>>,
    next: AtomicU64,
}

impl RunningCalls {
    /// The call that the request's code runs for.
    pub(crate) fn of(&self, request: &Request) -> Option<Arc<Running>> {
        let key = request.stack.innermost()?;
        let running = self
            .calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .cloned()?;
        matches!(&request.principal, Principal::Module(id) if *id == running.module).then_some(running)
    }

    /// Notes the call while the work goes on, and gives its result.
    pub(crate) async fn during(
        &self,
        key: u64,
        module: &ModuleId,
        call: FunctionCall,
        work: impl Future<Output = Result<Value, Failure>>,
    ) -> Result<Value, Failure> {
        let running = Arc::new(Running {
            sequence: self.next.fetch_add(1, Ordering::Relaxed),
            key,
            module: module.clone(),
            call,
            answer: Mutex::default(),
        });
        self.calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, running.clone());
        let ended = Ended { calls: self, key };
        let returned = work.await;
        drop(ended);
        running.result(returned)
    }
}

/// Takes a call out of the table, also when its work is cancelled.
struct Ended<'a> {
    calls: &'a RunningCalls,
    key: u64,
}

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.calls
            .calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use dockwright_schema::CallStack;
    use serde_json::json;

    fn request(module: &str, key: u64) -> Request {
        Request {
            document: String::new(),
            variables: None,
            operation_name: None,
            principal: Principal::Module(ModuleId(module.into())),
            stack: CallStack::default().push(1).push(key),
            span: 0,
        }
    }

    fn call() -> FunctionCall {
        FunctionCall {
            parent_type: "Ci".to_owned(),
            parent: json!({}),
            name: "run".to_owned(),
            arguments: Vec::new(),
        }
    }

    #[tokio::test]
    async fn what_the_code_sets_is_the_result_and_the_last_counts() {
        let calls = RunningCalls::default();
        let id = ModuleId("m".into());
        let work = async {
            let running = calls.of(&request("m", 7)).unwrap();
            assert_eq!(running.call, call());
            running.answer(&request("m", 7), Answer::Value(json!(1))).unwrap();
            running.answer(&request("m", 7), Answer::Value(json!(2))).unwrap();
            Ok(json!(3))
        };
        assert_eq!(calls.during(7, &id, call(), work).await.unwrap(), json!(2));
        assert!(calls.of(&request("m", 7)).is_none());
        assert_eq!(
            calls.during(7, &id, call(), async { Ok(json!(3)) }).await.unwrap(),
            json!(3)
        );
    }

    #[tokio::test]
    async fn others_see_nothing_of_it_and_set_nothing() {
        let calls = RunningCalls::default();
        let work = async {
            assert!(calls.of(&request("other", 7)).is_none());
            assert!(calls.of(&request("m", 8)).is_none());
            let running = calls.of(&request("m", 7)).unwrap();
            for asking in [request("other", 7), request("m", 8)] {
                let refused = running.answer(&asking, Answer::Value(json!(1)));
                assert!(refused.is_err());
            }
            Ok(json!(3))
        };
        let result = calls.during(7, &ModuleId("m".into()), call(), work).await;
        assert_eq!(result.unwrap(), json!(3));
    }

    #[tokio::test]
    async fn an_error_that_was_set_stands_whatever_the_code_returned() {
        let calls = RunningCalls::default();
        let error = StructuredError {
            message: "no".to_owned(),
            values: Vec::new(),
        };
        let work = async {
            let running = calls.of(&request("m", 7)).unwrap();
            running
                .answer(&request("m", 7), Answer::Error(Arc::new(error)))
                .unwrap();
            Ok(json!(3))
        };
        let result = calls.during(7, &ModuleId("m".into()), call(), work).await;
        assert_eq!(result.unwrap_err().message, "no");
    }
}
