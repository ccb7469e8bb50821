//! detente-train.
