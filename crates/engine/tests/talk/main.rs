//! Messages in and out, through the engine and a real database of either kind.

#[cfg(test)]
mod amendments;
#[cfg(test)]
mod apps;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod concurrency;
#[cfg(test)]
mod conversations;
#[cfg(test)]
mod delivery;
#[cfg(test)]
mod inbound;
#[cfg(test)]
mod loose_files;
#[cfg(test)]
mod named_files;
#[cfg(test)]
mod permutations;
#[cfg(test)]
mod persons;
#[cfg(test)]
mod sending;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod world;
