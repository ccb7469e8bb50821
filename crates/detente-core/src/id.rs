//! Identifiers made from content, so that the same input gives the same name.

use sha2::{Digest, Sha256};

/// The first 16 hexadecimal digits of the SHA-256 of the parts, each preceded by its length,
/// so that `["ab", "c"]` and `["a", "bc"]` differ.
///
/// ```
/// use detente_core::stable_id;
/// assert_eq!(stable_id(&["a", "b"]), stable_id(&["a", "b"]));
/// assert_ne!(stable_id(&["ab", "c"]), stable_id(&["a", "bc"]));
/// ```
pub fn stable_id(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize()[..8])
}

/// Bytes as hexadecimal digits in lower case, two a byte.
///
/// ```
/// assert_eq!(detente_core::hex(&[0x0a, 0xff]), "0aff");
/// ```
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
