//! The binary `tertulia`: command line, configuration, wiring. A library too, so that the
//! integration tests run the same wiring.

pub mod backup;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod listener;
pub mod lock;
pub mod metrics;
pub mod serve;
pub mod supervise;
pub mod telemetry;
pub mod ui;
pub mod worker;
