//! Requests to the API as descriptors that do not block: a byte (0 for a response, 1 for a message), the text, end of file.

use crate::bridge;
use crate::world::api;
use std::cell::RefCell;
use std::collections::HashMap;

/// Descriptors of requests begin here, far from those of files.
const FIRST: i32 = 0x1_0000;

/// A response, and how much of it is read.
pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    pub(crate) read: usize,
}

struct Request {
    id: u64,
    body: Option<Body>,
}

#[derive(Default)]
struct Requests {
    made: i32,
    by_descriptor: HashMap<i32, Request>,
    /// Descriptors of the requests that are not answered, by id.
    open: HashMap<u64, i32>,
}

thread_local!(static REQUESTS: RefCell<Requests> = RefCell::default());

#[unsafe(no_mangle)]
extern "C" fn submit(document: u32, length: u32, variables: u32, variables_length: u32) -> i32 {
    let variables = (variables_length > 0).then(|| bridge::text(variables, variables_length));
    let id = api::submit(&bridge::text(document, length), variables.as_deref());
    REQUESTS.with_borrow_mut(|requests| {
        let descriptor = FIRST + requests.made;
        requests.made += 1;
        requests.by_descriptor.insert(descriptor, Request { id, body: None });
        requests.open.insert(id, descriptor);
        descriptor
    })
}

/// Whether a request has the descriptor.
pub(crate) fn has(descriptor: i32) -> bool {
    REQUESTS.with_borrow(|requests| requests.by_descriptor.contains_key(&descriptor))
}

/// Whether the response is there; none when no request has the descriptor.
pub(crate) fn is_answered(descriptor: i32) -> Option<bool> {
    REQUESTS.with_borrow(|requests| Some(requests.by_descriptor.get(&descriptor)?.body.is_some()))
}

/// Whether any request is not answered.
pub(crate) fn any_open() -> bool {
    REQUESTS.with_borrow(|requests| !requests.open.is_empty())
}

/// Takes the response out, to read from it; `put_back` returns it.
pub(crate) fn take(descriptor: i32) -> Option<Body> {
    REQUESTS.with_borrow_mut(|requests| requests.by_descriptor.get_mut(&descriptor)?.body.take())
}

pub(crate) fn put_back(descriptor: i32, body: Body) {
    REQUESTS.with_borrow_mut(|requests| {
        if let Some(request) = requests.by_descriptor.get_mut(&descriptor) {
            request.body = Some(body);
        }
    });
}

/// Keeps what came, for whoever reads the descriptor.
pub(crate) fn arrived(completion: api::Completion) {
    REQUESTS.with_borrow_mut(|requests| {
        let Some(descriptor) = requests.open.remove(&completion.id) else {
            return;
        };
        if let Some(request) = requests.by_descriptor.get_mut(&descriptor) {
            let (tag, text) = match completion.outcome {
                Ok(text) => (0, text),
                Err(text) => (1, text),
            };
            let mut bytes = Vec::with_capacity(text.len() + 1);
            bytes.push(tag);
            bytes.extend_from_slice(text.as_bytes());
            request.body = Some(Body { bytes, read: 0 });
        }
    });
}

/// Forgets the request, and cancels it if it is open. False when there is none.
pub(crate) fn close(descriptor: i32) -> bool {
    let closed = REQUESTS.with_borrow_mut(|requests| {
        let request = requests.by_descriptor.remove(&descriptor)?;
        Some((request.id, requests.open.remove(&request.id).is_some()))
    });
    if let Some((id, true)) = closed {
        api::cancel(id);
    }
    closed.is_some()
}
