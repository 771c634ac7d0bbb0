//! The Telegram double over the wire: what a client of the Bot API meets.

#![cfg(test)]

mod client;
mod control;
mod core;
mod faults;
mod methods;
mod target;
