//! The kernel: transactions as synchronous closures on SQLite and PostgreSQL.
//!
//! A closure runs on a thread that owns a connection, so it cannot wait for the network, and it may
//! run again (PostgreSQL repeats on contention), so it must not carry side effects out.
//! **Invariant:** nothing outside this folder, `dialect/`, `migrate/` and `inspect.rs` asks which engine it is.

mod address;
mod bus;
mod checkpoint;
mod conn;
mod faults;
mod guard;
mod json;
mod listen;
mod numbered;
mod param;
mod postgres;
mod row;
mod sqlite;
mod store;
mod threads;
mod tls;

pub use bus::{HINT_BYTES_MAX, Hint};
pub use conn::{ReadTx, WriteTx, statements_run};
pub use faults::{Fault, FaultPlan};
pub use json::Json;
pub use param::{Param, ToParam};
pub use row::{FromColumn, Row};
pub use store::{Retryable, Scope, Store, StoreConfig, Wake};

pub(crate) use conn::{Conn, Engine, Signals};
pub(crate) use postgres::connect as connect_postgres;
pub(crate) use sqlite::connect as connect_sqlite;

/// Builds the parameter list of a statement: `params![account, text]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::ToParam::to_param(&$value)),*] as &[$crate::Param<'_>] };
}
