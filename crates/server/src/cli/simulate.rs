//! `tertulia simulate telegram`: Telegram on this machine, with a page on which one plays the customers.

use std::net::SocketAddr;

use anyhow::Context;
use clap::{Args, Subcommand};
use tertulia_doubles::telegram::{Settings, TelegramDouble};

use super::exit::{Failure, answer};

#[derive(Debug, Args)]
pub(super) struct SimulateCommand {
    #[command(subcommand)]
    provider: Provider,
}

#[derive(Debug, Subcommand)]
enum Provider {
    /// The Bot API, one bot, and a page for the people who write to it. What happens is forgotten at the end.
    Telegram(Telegram),
}

#[derive(Debug, Args)]
struct Telegram {
    /// Where to listen. Whoever reaches this address can play everybody, so keep it on this machine.
    #[arg(long, default_value = "127.0.0.1:8089", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Refuse webhooks that the real server would refuse: plain HTTP, and this machine's own addresses.
    #[arg(long)]
    strict_webhooks: bool,
}

impl SimulateCommand {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Provider::Telegram(telegram) = self.provider;
        let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
        Ok(runtime.block_on(serve(&telegram))?)
    }
}

async fn serve(telegram: &Telegram) -> anyhow::Result<()> {
    let settings = Settings { loopback_webhooks: !telegram.strict_webhooks, ..Settings::default() };
    let double = TelegramDouble::listen(telegram.listen, settings)
        .await
        .with_context(|| format!("listening at {}", telegram.listen))?;
    let url = double.base_url();
    answer(&format!(
        "Simulated Telegram is ready; Ctrl-C ends it.\n\n  Bot API base URL  {url}\n  Bot token         {}\n  Play a customer   {url}/\n",
        double.token()
    ));
    tokio::signal::ctrl_c().await.context("waiting for Ctrl-C")?;
    double.stop().await;
    Ok(())
}
