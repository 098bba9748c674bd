//! Sends its argument as a document, and returns the answer.

use dockwright_guests::*;

struct Query;

impl Behaviour for Query {
    fn invoke(call: FunctionCall) -> Result<String, Failure> {
        let document = call
            .arguments
            .first()
            .map(|argument| argument.value.clone())
            .unwrap_or_default();
        api::submit(&document, Some("{\"x\":1}"));
        Ok(quote(&show(api::wait(None))))
    }
}

export!(Query);
