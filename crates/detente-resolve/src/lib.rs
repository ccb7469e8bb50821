//! detente-resolve.
