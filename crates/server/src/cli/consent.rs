//! Asks before something that cannot be taken back, and takes silence for a no.

use std::io::{BufRead, IsTerminal};

use super::exit::{Failure, say};

/// Goes on when `yes` was said on the command line, or by the person at the terminal; `what` is a
/// sentence about what would happen.
pub(super) fn require(yes: bool, what: &str) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    let input = std::io::stdin();
    if !input.is_terminal() {
        return Err(Failure::Usage(format!("{what} Nothing was changed; say --yes to do it.")));
    }
    say(&format!("{what} Go on? [y/N]"));
    let mut line = String::new();
    let is_meant = input.lock().read_line(&mut line).is_ok()
        && matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes");
    if is_meant { Ok(()) } else { Err(Failure::Usage("Nothing was changed.".to_owned())) }
}
