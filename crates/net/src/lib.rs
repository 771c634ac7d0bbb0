//! The only outbound HTTP client: time-outs, size caps and a guard against the inner network.
//!
//! Every request has a deadline, reads at most so many bytes, follows no redirect, and connects only
//! to addresses that the [`Egress`] policy allows, checked at the moment of connecting.
//! **Invariant:** no other crate knows the HTTP library.

mod address;
mod client;
mod egress;
mod error;
mod request;
mod resolver;
mod response;

pub mod multipart;
pub mod signature;

pub use address::{Zone, zone};
pub use client::HttpClient;
pub use egress::{BadException, Egress, Exception, Refusal};
pub use error::{Error, Sent, SetupError};
pub use request::{Excess, Request};
pub use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
pub use reqwest::{Method, StatusCode};
pub use resolver::{Resolve, Resolving, SystemResolver};
pub use response::{Response, RetryAfter, Verdict};
