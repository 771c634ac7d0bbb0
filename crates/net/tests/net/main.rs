//! The client against real sockets that misbehave.

#[cfg(test)]
mod faults;
#[cfg(test)]
mod server;
