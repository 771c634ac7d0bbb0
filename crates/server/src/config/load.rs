//! Reads the settings, and says in one line what is wrong with them and where.

use std::path::{Path, PathBuf};

use figment::Figment;
use figment::error::Kind;
use figment::providers::{Env, Format, Toml};

use super::{Config, DEFAULTS};

const FILE: &str = "tertulia.toml";
const PREFIX: &str = "TERTULIA_";
/// Names in the environment that are not settings: where the file is, and what tests need.
const NOT_SETTINGS: &[&str] = &["config", "test_"];

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct ConfigError {
    pub place: String,
    pub problem: String,
}

/// Reads the defaults, then the file, then the environment.
pub fn load(file: Option<&Path>) -> Result<Config, ConfigError> {
    let file = match file {
        Some(named) if !named.is_file() => {
            let (place, problem) =
                (named.display().to_string(), "there is no such file".to_owned());
            return Err(ConfigError { place, problem });
        }
        Some(named) => named.to_owned(),
        None => PathBuf::from(FILE),
    };
    let environment = Env::prefixed(PREFIX)
        .filter(|name| {
            !NOT_SETTINGS.iter().any(|other| name.as_str().to_lowercase().starts_with(other))
        })
        .split("__");
    let mut settings = Figment::from(Toml::string(DEFAULTS));
    if file.is_file() {
        settings = settings.merge(Toml::file_exact(&file));
    }
    extract(settings.merge(environment))
}

fn extract(figment: Figment) -> Result<Config, ConfigError> {
    let config = figment.extract().map_err(|error| explain(&figment, error))?;
    credentials(&config)?;
    Ok(config)
}

/// A bucket without a key would be found out by the first upload.
fn credentials(Config { files, .. }: &Config) -> Result<(), ConfigError> {
    if files.bucket.is_empty() {
        return Ok(());
    }
    for (name, value) in [
        ("files.region", &files.region),
        ("files.access_key_id", &files.access_key_id),
        ("files.secret_access_key", &files.secret_access_key),
    ] {
        if value.is_empty() {
            let problem = format!("it is empty, and the bucket {:?} needs it", files.bucket);
            return Err(ConfigError { place: name.to_owned(), problem });
        }
    }
    Ok(())
}

fn explain(figment: &Figment, error: figment::Error) -> ConfigError {
    let path = error.path.join(".");
    let metadata = error.metadata.as_ref().or_else(|| figment.find_metadata(&path));
    let source = metadata.map(|metadata| match &metadata.source {
        Some(figment::Source::File(file)) => file.display().to_string(),
        Some(_) | None => metadata.name.to_string(),
    });
    let place = match source {
        Some(source) if path.is_empty() => source,
        Some(source) => format!("{source}: {path}"),
        None => path,
    };
    ConfigError { place, problem: problem(&error.kind) }
}

fn problem(kind: &Kind) -> String {
    let Kind::UnknownField(name, known) = kind else { return kind.to_string() };
    let nearest = known
        .iter()
        .map(|other| (strsim::levenshtein(name, other), *other))
        .filter(|(distance, _)| *distance <= 3)
        .min();
    match nearest {
        Some((_, other)) => format!("unknown setting `{name}`; did you mean `{other}`?"),
        None => format!("unknown setting `{name}`; known are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, ConfigError> {
        extract(Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(text)))
    }

    #[track_caller]
    fn refused(text: &str, words: &[&str]) {
        let shown = read(text).err().unwrap().to_string();
        assert!(words.iter().all(|word| shown.contains(word)), "{shown}");
    }

    #[test]
    fn the_defaults_are_a_whole_configuration() {
        let config = read("").unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.engine().sign_in, tertulia_engine::SignInLimits::default());
        assert_eq!(config.engine().visitors, tertulia_engine::VisitorLimits::default());
    }

    #[test]
    fn bad_input_101_wrong_settings_are_named() {
        refused("lissen = \"127.0.0.1:1\"", &["unknown setting `lissen`", "`listen`"]);
        refused("[limits]\njson_byte_max = 1", &["limits", "`json_bytes_max`"]);
        refused("listen = 7", &["listen", "invalid type"]);
        refused("listen = \"nowhere\"", &["listen"]);
        refused("[log]\nformat = \"xml\"", &["log.format", "xml"]);
        refused("public_url = \"ftp://x\"", &["public_url", "http"]);
        refused("[egress]\nexceptions = [\"10.0.0.0/99\"]", &["egress.exceptions", "10.0.0.0/99"]);
        refused("[files]\nendpoint = \"s3.example.com\"", &["files.endpoint", "https://"]);
        refused("[files]\nbucket = \"b\"", &["files.access_key_id", "empty"]);
        let without = "[files]\nbucket = \"b\"\naccess_key_id = \"a\"";
        refused(without, &["files.secret_access_key", "empty"]);
        refused("accept_risks = [\"fsnc\"]", &["accept_risks", "fsnc", "row_level_security"]);
        refused("a = 1\na = 2", &["duplicate key"]);
    }
}
