//! How a run ends, and how faults are told.
//!
//! Exit codes are those of the command line's contract: 0 done; 1 done, but some documents failed (each
//! named on standard error); 2 the call was wrong or nothing could be done. A reader that closes the
//! pipe early, such as `head`, ends the run quietly with 0.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// A run that came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    /// Everything was done.
    All,
    /// Some documents failed, and each was named.
    SomeFailed,
}

impl Done {
    /// `All` where nothing failed.
    pub(crate) fn with_failures(failures: usize) -> Self {
        if failures == 0 { Done::All } else { Done::SomeFailed }
    }
}

/// A run that could not come to its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Whoever reads the output has had enough.
    NoReader,
    /// The call was wrong or nothing could be done; the message says what, where, and what to do next.
    Because(String),
}

impl Stop {
    /// A stop for the reason that `message` gives.
    pub(crate) fn because(message: impl Display) -> Self {
        Stop::Because(message.to_string())
    }
}

/// For faults of the output; faults of an input name it and are made with [`Stop::because`].
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Stop::NoReader
        } else {
            Stop::Because(format!("the output could not be written: {error}"))
        }
    }
}

/// Ends the process: tells why on standard error where there is a reason.
pub(crate) fn code(result: Result<Done, Stop>) -> ExitCode {
    match result {
        Ok(Done::All) | Err(Stop::NoReader) => ExitCode::SUCCESS,
        Ok(Done::SomeFailed) => ExitCode::from(1),
        Err(Stop::Because(message)) => {
            tell(format_args!("detente: {message}"));
            ExitCode::from(2)
        }
    }
}

/// Where a file may not grow any further (`ulimit -f`), the system would end the program without a word. With the signal caught, writing
/// fails instead, which is told, and no half-written file is left.
pub(crate) fn survive_limits() {
    #[cfg(unix)]
    {
        let unread = std::sync::Arc::default();
        // Where it cannot be caught, all is as it was.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, unread);
    }
}

/// A line on standard error. Where nobody reads that, nobody is told.
pub(crate) fn tell(message: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}
