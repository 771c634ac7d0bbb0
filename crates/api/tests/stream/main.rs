//! The team's stream over a real socket: who may open it, what it carries, and when it ends.

#[cfg(test)]
mod access;
#[cfg(test)]
mod frames;
#[cfg(test)]
mod resume;
#[cfg(test)]
mod world;
