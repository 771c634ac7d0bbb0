//! A double of Telegram's Bot API that keeps its own books: people, chats, messages, files, updates,
//! a ledger of every request and of every message that someone really has.
//! Bots connect to it as to the real server; tests and the page at `/` play the customers.

mod addresses;
mod api;
mod clock;
mod customer;
mod double;
mod http;
mod methods;
mod parameters;
mod push;
mod refusal;
mod schema;
mod sim;
mod state;
mod text;
mod wire;

pub use customer::{Customer, Sent};
pub use double::{BotAccess, TelegramDouble};
pub use schema::{faults_of, faults_of_result};
pub use state::{
    Books, ChatBook, Delivered, Fault, FaultKind, Limits, NewUser, Reception, Request, Settings,
    Violation,
};
