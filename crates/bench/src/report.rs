//! The figures: a table for people, `target/bench/summary.json` for programs.

use anyhow::Result;
use serde::Serialize;

/// One figure against its bar.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    pub name: String,
    pub unit: &'static str,
    /// The floor's figure, where there is one.
    pub floor: Option<f64>,
    pub ours: f64,
    /// Ours over the floor's.
    pub ratio: Option<f64>,
    /// In words: what has to be true.
    pub bar: String,
    pub pass: bool,
}

/// What the bar limits.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bar {
    /// Our figure is at most this.
    AtMost(f64),
    /// Our figure over the floor's is at least this.
    RatioAtLeast(f64),
    /// Our figure over the floor's is at most this.
    RatioAtMost(f64),
    /// Only told.
    Told,
}

impl Figure {
    pub(crate) fn new(
        name: &str,
        unit: &'static str,
        floor: Option<f64>,
        ours: f64,
        bar: Bar,
    ) -> Self {
        let ratio = floor.filter(|floor| *floor > 0.0).map(|floor| ours / floor);
        let (text, pass) = match bar {
            Bar::AtMost(limit) => (format!("<= {limit} {unit}"), ours <= limit),
            Bar::RatioAtLeast(limit) => {
                (format!(">= {limit} x floor"), ratio.is_some_and(|r| r >= limit))
            }
            Bar::RatioAtMost(limit) => {
                (format!("<= {limit} x floor"), ratio.is_some_and(|r| r <= limit))
            }
            Bar::Told => ("-".to_owned(), true),
        };
        Self { name: name.to_owned(), unit, floor, ours, ratio, bar: text, pass }
    }
}

/// Prints the table and writes the summary.
#[expect(clippy::print_stdout, reason = "the table is this program's output")]
pub(crate) fn publish(figures: &[Figure]) -> Result<()> {
    println!(
        "\n{:<52} {:>12} {:>12} {:>8}  {:<18} pass",
        "figure", "floor", "ours", "ratio", "bar"
    );
    for figure in figures {
        let floor = figure.floor.map_or("-".to_owned(), |value| format!("{value:.2}"));
        let ratio = figure.ratio.map_or("-".to_owned(), |value| format!("{value:.2}"));
        println!(
            "{:<52} {floor:>12} {:>12.2} {ratio:>8}  {:<18} {}",
            format!("{} [{}]", figure.name, figure.unit),
            figure.ours,
            figure.bar,
            if figure.pass { "yes" } else { "NO" },
        );
    }
    std::fs::create_dir_all("target/bench")?;
    std::fs::write("target/bench/summary.json", serde_json::to_string_pretty(figures)?)?;
    println!("\nwritten to target/bench/summary.json");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_passes_only_on_its_side_of_the_bar() {
        let figure = |ours, bar| Figure::new("x", "ms", Some(10.0), ours, bar).pass;
        assert!(figure(4.0, Bar::RatioAtLeast(0.4)) && !figure(3.9, Bar::RatioAtLeast(0.4)));
        assert!(figure(30.0, Bar::RatioAtMost(3.0)) && !figure(30.1, Bar::RatioAtMost(3.0)));
        assert!(figure(5.0, Bar::AtMost(5.0)) && !figure(5.1, Bar::AtMost(5.0)));
        assert!(
            !Figure::new("x", "ms", None, 1.0, Bar::RatioAtMost(3.0)).pass,
            "no floor, no ratio"
        );
    }
}
