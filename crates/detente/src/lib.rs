//! detente.
