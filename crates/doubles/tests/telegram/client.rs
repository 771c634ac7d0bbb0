//! A bot, as small as can be: it posts JSON and reads the answer.

use serde_json::{Value, json};
use tertulia_doubles::telegram::{Customer, NewUser, TelegramDouble, faults_of_result};

pub struct Bot {
    pub http: reqwest::Client,
    pub base_url: String,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test is the client, of a server on the loopback"
)]
fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

impl Bot {
    pub fn of(double: &TelegramDouble) -> Self {
        let base_url = format!("{}/bot{}", double.base_url(), double.token());
        Self { http: http(), base_url }
    }

    /// The whole answer, with `ok`.
    pub async fn ask(&self, method: &str, params: Value) -> Value {
        self.try_ask(method, params).await.unwrap()
    }

    pub async fn try_ask(&self, method: &str, params: Value) -> reqwest::Result<Value> {
        let url = format!("{}/{method}", self.base_url);
        let body = params.to_string();
        let request = self.http.post(url).header("content-type", "application/json").body(body);
        let text = request.send().await?.text().await?;
        Ok(serde_json::from_str(&text).unwrap_or_else(|_| json!({"html": text})))
    }

    /// The result, which must be as the published description says.
    pub async fn call(&self, method: &str, params: Value) -> Value {
        let answer = self.ask(method, params).await;
        assert_eq!(answer["ok"], true, "{method}: {answer}");
        let faults = faults_of_result(method, &answer["result"]);
        assert_eq!(faults, Vec::<String>::new(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The code and text of a refusal.
    pub async fn refused(&self, method: &str, params: Value) -> (i64, String) {
        let answer = self.ask(method, params).await;
        assert_eq!(answer["ok"], false, "{method}: {answer}");
        (answer["error_code"].as_i64().unwrap(), answer["description"].as_str().unwrap().to_owned())
    }
}

/// A double, a bot, and a person who has pressed Start.
pub async fn set_up() -> (TelegramDouble, Bot, Customer) {
    let double = TelegramDouble::start().await.unwrap();
    double.set(|settings| settings.limits.enforced = false);
    let bot = Bot::of(&double);
    let ana = double.customer(NewUser::named("Ana"));
    ana.starts(None).unwrap();
    (double, bot, ana)
}
