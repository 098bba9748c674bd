//! The client of BuildKit: engine container, LLB, session, solve, export.
