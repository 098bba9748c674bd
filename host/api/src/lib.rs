//! Resolvers of the core API: immutable, lazy, content-addressed objects lowered to LLB.
