//! The integration suite: the real wiring over HTTP, on SQLite and, when it is there, PostgreSQL.

#[cfg(test)]
mod agent_bots;
#[cfg(test)]
mod app;
#[cfg(test)]
mod bad_bodies;
#[cfg(test)]
mod bad_credentials;
#[cfg(test)]
mod bad_databases;
#[cfg(test)]
mod bad_states;
#[cfg(test)]
mod bucket;
#[cfg(test)]
mod chatwoot;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod contacts;
#[cfg(test)]
mod disk_full;
#[cfg(test)]
mod files;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod library;
#[cfg(test)]
mod metrics;
#[cfg(test)]
mod oidc;
#[cfg(test)]
mod people;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod process;
#[cfg(test)]
mod proxies;
#[cfg(test)]
mod simulate;
#[cfg(test)]
mod slow_clients;
#[cfg(test)]
mod tenants;
#[cfg(test)]
mod webhooks;
