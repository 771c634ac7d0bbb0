//! Entry point: reads the command, runs it, turns its outcome into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    tertulia_server::cli::main()
}
