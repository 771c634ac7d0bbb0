//! Telegram as a channel, against a double that keeps its own books, on a real database of either kind.

#[cfg(test)]
mod connecting;
#[cfg(test)]
mod customers;
#[cfg(test)]
mod deliveries;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod hooks;
#[cfg(test)]
mod world;
