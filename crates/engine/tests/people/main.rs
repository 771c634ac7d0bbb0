//! People and their ways in, on every engine: what works, and what must not.

#[cfg(test)]
mod contact_files;
#[cfg(test)]
mod lifecycle;
#[cfg(test)]
mod oidc;
#[cfg(test)]
mod permissions;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod world;
