//! detente-extract.
