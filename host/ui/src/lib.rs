//! Views over the event stream: live tree, plain lines, JSON.
