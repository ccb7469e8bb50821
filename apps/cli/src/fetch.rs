//! Pages by their address: only those that the call names.
//!
//! In goes an http or https address, out comes what stands there, as bytes. Nothing is fetched beside it: no pictures, no
//! scripts, no address that the page names.

use std::io::Read;
use std::time::Duration;

use ureq::Agent;

/// The whole of one fetch, from the look-up of the name to the last byte.
const PATIENCE: Duration = Duration::from_mins(1);
const REDIRECTS: u32 = 5;

/// Fetches `address`.
///
/// # Errors
/// A line that says what could not be fetched, why, and what to do.
pub(crate) fn open(address: &str) -> Result<Box<dyn Read + Send>, String> {
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(REDIRECTS)
        .user_agent(concat!("detente/", env!("CARGO_PKG_VERSION")))
        .build();
    match config.new_agent().get(address).call() {
        Ok(answer) => Ok(Box::new(answer.into_body().into_reader())),
        Err(ureq::Error::StatusCode(code)) => Err(format!(
            "{address}: the server answered {code}; open the address in a browser, save the page and pass the file"
        )),
        Err(error) => Err(format!(
            "{address}: cannot be fetched: {error}; check the address and the connection"
        )),
    }
}
