//! detente-write.
