//! detente-knowledge.
