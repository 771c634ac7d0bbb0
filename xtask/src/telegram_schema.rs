//! `cargo xtask telegram-schema FILE`: makes the compact schema of the Telegram double from the
//! published description of the Bot API. Only the simulated methods and the types that they reach
//! are kept, without the prose; one line per method or type, so that a new version is a readable change.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::json;

use crate::shell::Shell;

const METHODS: &str = "crates/doubles/src/telegram/schema/methods.txt";
const SCHEMA: &str = "crates/doubles/src/telegram/schema/bot-api.json";
const ORIGIN: &str = "https://github.com/PaulSonOfLars/telegram-bot-api-spec, MIT License";

/// The published file, as far as it is read.
#[derive(Deserialize)]
struct Published {
    version: String,
    methods: BTreeMap<String, Described>,
    types: BTreeMap<String, Described>,
}

#[derive(Deserialize)]
struct Described {
    #[serde(default)]
    fields: Vec<Field>,
    #[serde(default)]
    returns: Vec<String>,
    #[serde(default)]
    subtypes: Vec<String>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    types: Vec<String>,
    required: bool,
    description: String,
}

pub(crate) fn run(shell: &Shell, source: &str) -> Result<()> {
    let text = fs::read_to_string(source).with_context(|| format!("reading {source}"))?;
    let published: Published = serde_json::from_str(&text).context("reading the description")?;
    let wanted = fs::read_to_string(shell.root().join(METHODS)).context(METHODS)?;
    let wanted: Vec<&str> = wanted.lines().filter(|line| !line.is_empty()).collect();
    let target = shell.root().join(SCHEMA);
    fs::write(&target, compact(&published, &wanted)?)
        .with_context(|| format!("writing {}", target.display()))
}

fn compact(published: &Published, wanted: &[&str]) -> Result<String> {
    let mut methods = BTreeMap::new();
    let mut pending = vec!["Update".to_owned()];
    for name in wanted {
        let Some(method) = published.methods.get(*name) else { bail!("no method `{name}`") };
        methods.insert(*name, method);
        pending.extend(method.returns.iter().map(|name| element(name).to_owned()));
        pending.extend(types_of(method));
    }
    let mut types: BTreeMap<String, &Described> = BTreeMap::new();
    while let Some(name) = pending.pop() {
        let Some(described) = published.types.get(&name) else { continue };
        if types.insert(name, described).is_none() {
            pending.extend(types_of(described));
            pending.extend(described.subtypes.iter().cloned());
        }
    }
    let others: Vec<&String> =
        published.methods.keys().filter(|name| !wanted.contains(&name.as_str())).collect();
    let mut out = String::from("{\n");
    writeln!(out, "\"version\": {},", json!(published.version))?;
    writeln!(out, "\"origin\": {},", json!(ORIGIN))?;
    writeln!(out, "\"not_simulated\": {},", json!(others))?;
    let lines = methods.iter().map(|(name, method)| {
        format!("{}: {}", json!(name), json!({"returns": method.returns, "fields": fields(method)}))
    });
    write!(out, "\"methods\": {{\n{}\n}},\n", lines.collect::<Vec<_>>().join(",\n"))?;
    let lines = types.iter().map(|(name, described)| {
        let shape = if described.subtypes.is_empty() {
            json!({"fields": fields(described)})
        } else {
            json!({"one_of": described.subtypes})
        };
        format!("{}: {shape}", json!(name))
    });
    write!(out, "\"types\": {{\n{}\n}}\n}}\n", lines.collect::<Vec<_>>().join(",\n"))?;
    Ok(out)
}

/// `name: "Integer|String!"`: the possible types, and `!` behind those of a required field.
/// A field that always has one value carries it: `"String=photo!"`.
fn fields(described: &Described) -> BTreeMap<&str, String> {
    let write = |field: &Field| {
        let required = if field.required { "!" } else { "" };
        let constant = constant(field).map(|value| format!("={value}")).unwrap_or_default();
        format!("{}{constant}{required}", field.types.join("|"))
    };
    described.fields.iter().map(|field| (field.name.as_str(), write(field))).collect()
}

/// The one value of a field that tells the members of a union apart.
fn constant(field: &Field) -> Option<&str> {
    if !["type", "status", "source"].contains(&field.name.as_str()) {
        return None;
    }
    let (_, rest) = field
        .description
        .split_once("always ")
        .or_else(|| field.description.split_once("must be "))?;
    let value = rest.trim_matches(['"', '“', '”', '.', ' ']);
    (!value.is_empty() && value.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .then_some(value)
}

fn types_of(described: &Described) -> impl Iterator<Item = String> {
    described
        .fields
        .iter()
        .flat_map(|field| field.types.iter().map(|name| element(name).to_owned()))
}

fn element(name: &str) -> &str {
    name.strip_prefix("Array of ").map_or(name, element)
}

#[cfg(test)]
mod tests {
    use super::{Published, compact};

    const PUBLISHED: &str = r#"{"version": "Bot API 0", "methods": {
        "sendIt": {"returns": ["Thing"], "fields": [
            {"name": "to", "types": ["Integer", "String"], "required": true, "description": ""}]},
        "other": {"returns": ["Boolean"]}},
      "types": {
        "Thing": {"fields": [
            {"name": "parts", "types": ["Array of Part"], "required": false, "description": ""}]},
        "Part": {"fields": [
            {"name": "type", "types": ["String"], "required": true, "description": "Type, always \"part\""}]},
        "Unreached": {"fields": []}}}"#;

    #[test]
    fn only_what_is_reached_is_kept() {
        let published: Published = serde_json::from_str(PUBLISHED).unwrap();
        let text = compact(&published, &["sendIt"]).unwrap();
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(schema["methods"]["sendIt"]["fields"]["to"], "Integer|String!");
        assert_eq!(schema["types"]["Part"]["fields"]["type"], "String=part!");
        assert_eq!(schema["types"]["Thing"]["fields"]["parts"], "Array of Part");
        assert_eq!(schema["not_simulated"][0], "other");
        assert!(schema["types"].get("Unreached").is_none());
        assert!(compact(&published, &["noSuchMethod"]).is_err());
    }
}
