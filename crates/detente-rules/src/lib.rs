//! detente-rules.
