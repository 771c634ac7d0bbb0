//! Entry point: reads the command, runs it, turns its outcome into an exit code.

use std::process::ExitCode;

/// Many threads allocate on the message path; the system's allocator makes them wait for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tertulia_server::cli::main()
}
