//! Webhooks end to end: the real journal, follower, runner and client against a real receiver.

#[cfg(test)]
mod apps;
#[cfg(test)]
mod endpoints;
#[cfg(test)]
mod house;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod receiver;
