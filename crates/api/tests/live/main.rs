//! Real time and the widget over a real socket: who gets in, what is carried, and when it ends.

#[cfg(test)]
mod access;
#[cfg(test)]
mod cable;
#[cfg(test)]
mod deaf;
#[cfg(test)]
mod frames;
#[cfg(test)]
mod origins;
#[cfg(test)]
mod people;
#[cfg(test)]
mod public_api;
#[cfg(test)]
mod resume;
#[cfg(test)]
mod soak;
#[cfg(test)]
mod takeover;
#[cfg(test)]
mod widget;
#[cfg(test)]
mod world;
