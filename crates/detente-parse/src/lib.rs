//! detente-parse.
