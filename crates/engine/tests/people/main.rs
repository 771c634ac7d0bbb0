//! People and their ways in, on every engine: what works, and what must not.

mod lifecycle;
mod oidc;
mod permissions;
mod provider;
mod sign_in;
mod tokens;
mod world;
