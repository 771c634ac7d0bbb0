//! `tertulia demo`: the server with an account that is already filled, and a website at `/demo`.

use super::exit::Failure;
use crate::config::Config;
use crate::serve::{Roles, serve_with};
use crate::{demo, telemetry};

pub(super) fn run(mut config: Config) -> Result<(), Failure> {
    telemetry::log(&config.log)?;
    let website = demo::prepare(&mut config)?;
    Ok(serve_with(&config, Roles { api: true, worker: true }, website)?)
}
