//! The demo: an account that is already filled, and a website with the widget on it.
//!
//! Everything is written through the engine's use cases, under a clock that walks through the last
//! weeks, so that what one sees is what a real account would look like.

mod account;
mod clock;
mod dialogues;
mod history;
mod people;
mod plan;
mod website;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use tertulia_domain::Clock;
use tertulia_engine::Engine;

use crate::cli::say;
use crate::clock::{OsEntropy, SystemClock};
use crate::config::Config;
use clock::ScriptClock;

/// Known to everybody who reads this: the demo listens on the loopback by default.
const PASSWORD: &str = "a demo is no secret";
const EMAIL: &str = "marina@meridian.example";

/// Beside the demo's database: which widget its website shows.
const WIDGET_KEY_FILE: &str = "widget-key";

/// Fills the demo's data folder if it is not there yet; answers the demo's website.
///
/// The demo has a folder of its own inside the configured one, and always the embedded database.
pub fn prepare(config: &mut Config) -> Result<Router> {
    let home = config.data_dir.join("demo");
    let draft = config.data_dir.join("demo-draft");
    config.database_url.clear();
    if !home.exists() {
        say("Filling the demo account; this takes some seconds, once.");
        // A draft is what an interrupted attempt left.
        if draft.exists() {
            fs::remove_dir_all(&draft).with_context(|| format!("removing {}", draft.display()))?;
        }
        config.data_dir.clone_from(&draft);
        let key = fill(config)?;
        fs::write(draft.join(WIDGET_KEY_FILE), key).context("keeping the widget's key")?;
        fs::rename(&draft, &home).with_context(|| format!("making {}", home.display()))?;
    }
    config.data_dir.clone_from(&home);
    let key = widget_key(&home)?;
    let address = config.public_url.as_str().trim_end_matches('/');
    say(&format!("\n  Website:  {address}/demo\n  Console:  {address}/"));
    say(&format!("  Sign in:  {EMAIL}, password: {PASSWORD}\n"));
    Ok(website::router(&key))
}

fn fill(config: &Config) -> Result<String> {
    crate::serve::prepare_data_dir(config)?;
    let store = tertulia_store::Store::open(&config.store()).context("the demo's database")?;
    let now = SystemClock.now();
    let clock = Arc::new(ScriptClock::at(history::beginning(now)));
    let shared: Arc<dyn Clock> = Arc::<ScriptClock>::clone(&clock);
    let engine = Engine::new(store, shared, Arc::new(OsEntropy), config.engine());
    let runtime = tokio::runtime::Runtime::new().context("the runtime")?;
    runtime.block_on(async {
        let business = account::found(&engine).await?;
        clock.set(now);
        let languages: Vec<_> = business.agents.iter().map(|agent| agent.language).collect();
        let plan = plan::make(&dialogues::all(), &languages);
        history::play(&engine, &clock, &business, &plan).await?;
        Ok(business.widget_key)
    })
}

fn widget_key(home: &Path) -> Result<String> {
    let path = home.join(WIDGET_KEY_FILE);
    let key = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    Ok(key.trim().to_owned())
}
