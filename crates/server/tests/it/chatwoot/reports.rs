//! Reports against a day that was counted by hand.

use serde_json::{Value, json};

use super::hand_counted::Day;
use super::{Account, refused};
use crate::app::{Role, TestApp, on_every_engine};

const REPORTS: &str = "GET /api/v2/accounts/{account_id}";
/// The document calls these texts; they are numbers, also in Chatwoot.
const NUMBERS: &[&str] = &["value", "avg_first_response_time", "avg_resolution_time"];

/// The whole day, in seconds since 1970.
fn span(day: &Day) -> String {
    let since = day.begins.secs();
    format!("since={since}&until={}", since + 86_400)
}

#[test]
fn a_summary_counts_and_times_the_day() {
    on_every_engine(async |app: &mut TestApp| {
        let account = Account::of(app, Role::Supervisor).await;
        let day = Day::pass(app).await;
        let summary = async |about: &str| {
            let path = format!("v2/reports/summary?{}&{about}", span(&day));
            let operation = format!("{REPORTS}/reports/summary");
            account.check(&operation, NUMBERS, &account.get(&path).await)
        };
        let nothing = json!({"conversations_count": 0, "incoming_messages_count": 0,
            "outgoing_messages_count": 0, "avg_first_response_time": 0.0,
            "avg_resolution_time": 0.0, "resolutions_count": 0, "reply_time": 0.0});
        let whole = json!({"conversations_count": 2, "incoming_messages_count": 5,
            "outgoing_messages_count": 3, "avg_first_response_time": 1_500.0,
            "avg_resolution_time": 7_200.0, "resolutions_count": 1, "reply_time": 1_200.0,
            "previous": nothing});
        assert_eq!(summary("type=account").await, whole);
        assert_eq!(summary(&format!("type=inbox&id={}", day.api)).await, whole);
        let of_one = json!({"conversations_count": 1, "incoming_messages_count": 3,
            "outgoing_messages_count": 2, "avg_first_response_time": 1_800.0,
            "avg_resolution_time": 7_200.0, "resolutions_count": 1, "reply_time": 1_200.0,
            "previous": nothing});
        assert_eq!(summary(&format!("type=team&id={}", day.team)).await, of_one);
        assert_eq!(summary(&format!("type=label&id={}", day.label)).await, of_one);
        let mut of_agent = of_one.clone();
        of_agent["incoming_messages_count"] = json!(0);
        assert_eq!(summary(&format!("type=agent&id={}", day.agent)).await, of_agent);
        let next = day.begins.secs() + 86_400;
        let path = format!("v2/reports/summary?since={next}&until={}", next + 86_400);
        let mut previous = whole.clone();
        previous.as_object_mut().unwrap().remove("previous");
        assert_eq!(account.get(&path).await.json()["previous"], previous);
    });
}

/// The buckets with something in them, as hour or day since the beginning, and value.
fn filled(day: &Day, secs: i64, series: &Value) -> Vec<(i64, f64)> {
    let bucket = |one: &Value| {
        let at = one["timestamp"].as_i64().unwrap() - day.begins.secs();
        (at.div_euclid(secs), one["value"].as_f64().unwrap())
    };
    series.as_array().unwrap().iter().map(bucket).filter(|(_, value)| *value > 0.0).collect()
}

#[test]
fn a_series_has_a_bucket_for_every_hour_and_day() {
    on_every_engine(async |app: &mut TestApp| {
        let account = Account::of(app, Role::Administrator).await;
        let day = Day::pass(app).await;
        let series = async |query: &str| {
            let path = format!("v2/reports?{}&type=account&{query}", span(&day));
            let operation = format!("{REPORTS}/reports");
            account.check(&operation, NUMBERS, &account.get(&path).await)
        };
        let hours = series("metric=incoming_messages_count&group_by=hour").await;
        assert_eq!(hours.as_array().unwrap().len(), 24);
        assert_eq!(filled(&day, 3_600, &hours), [(9, 2.0), (10, 2.0), (23, 1.0)]);
        let hours = series("metric=outgoing_messages_count&group_by=hour").await;
        assert_eq!(filled(&day, 3_600, &hours), [(9, 1.0), (10, 2.0)]);
        let days = series("metric=incoming_messages_count&group_by=day&timezone_offset=3").await;
        let days = filled(&day, 86_400, &days);
        assert_eq!(days, [(-1, 4.0), (0, 1.0)], "in the east the last one is on the next day");
        let hours = series("metric=avg_first_response_time&group_by=hour").await;
        assert_eq!(filled(&day, 3_600, &hours), [(9, 1_800.0), (10, 1_200.0)]);
        assert_eq!(hours[9]["count"], 1);
        let year = series("metric=resolutions_count&group_by=year").await;
        assert_eq!(year.as_array().unwrap().len(), 1);
        assert_eq!(year[0]["value"], 1);
        let week = series("metric=conversations_count&group_by=week").await;
        let monday = day.begins.secs() - 86_400;
        assert_eq!(week, json!([{"value": 2, "timestamp": monday}]), "the day is a Tuesday");
    });
}

#[test]
fn tables_have_a_line_for_everything() {
    on_every_engine(async |app: &mut TestApp| {
        let account = Account::of(app, Role::Administrator).await;
        let day = Day::pass(app).await;
        let table = async |of: &str| {
            let path = format!("v2/summary_reports/{of}?{}", span(&day));
            let answer = account.get(&path).await;
            assert_eq!(answer.status, 200, "{}", answer.json());
            answer.json()
        };
        let line = |table: &Value, id: i64| {
            table.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
        };
        let one = |id: i64| {
            json!({"id": id, "conversations_count": 1,
            "resolved_conversations_count": 1, "avg_resolution_time": 7_200.0,
            "avg_first_response_time": 1_800.0, "avg_reply_time": 1_200.0})
        };
        let agents = table("agent").await;
        assert_eq!(agents.as_array().unwrap().len(), 3);
        assert_eq!(line(&agents, day.agent), one(day.agent));
        let supervisor = json!({"id": day.supervisor, "conversations_count": 0,
            "resolved_conversations_count": 0, "avg_resolution_time": null,
            "avg_first_response_time": 1_200.0, "avg_reply_time": null});
        assert_eq!(line(&agents, day.supervisor), supervisor);
        assert_eq!(table("team").await, json!([one(day.team)]));
        assert_eq!(table("label").await, json!([one(day.label)]));
        let inboxes = table("inbox").await;
        assert_eq!(inboxes.as_array().unwrap().len(), 2);
        assert_eq!(line(&inboxes, day.api)["avg_first_response_time"], 1_500.0);
        for of in ["agent", "team", "inbox"] {
            let operation = format!("{REPORTS}/summary_reports/{of}");
            let answer = account.get(&format!("v2/summary_reports/{of}?{}", span(&day))).await;
            account.check(&operation, &[], &answer);
        }
    });
}

#[test]
fn what_is_open_now_is_counted_by_whom_it_waits_for() {
    on_every_engine(async |app: &mut TestApp| {
        let account = Account::of(app, Role::Administrator).await;
        let day = Day::pass(app).await;
        let present = account.get("v2/reports/conversations?type=account").await.json();
        let expected = json!({"open": 1, "unattended": 1, "unassigned": 1, "pending": 0});
        assert_eq!(present, expected);
        let lead = &app.people.program;
        let open = lead.get("/v1/conversations?status=open").await.json()["items"][0]["id"].clone();
        let body = json!({"user_id": day.supervisor});
        let given = lead.post(&format!("/v1/conversations/{open}/assign"), &body).await;
        assert_eq!(given.status, 200, "{}", given.json());
        let agents = account.get("v2/reports/conversations?type=agent").await;
        let operation = format!("{REPORTS}/reports/conversations/");
        let agents = account.check(&operation, &[], &agents);
        let of = |id: i64| {
            let found = agents.as_array().unwrap().iter().find(|one| one["id"] == id);
            found.unwrap()["metric"]["open"].as_i64().unwrap()
        };
        assert_eq!(of(day.agent), 0);
        assert_eq!(of(day.supervisor), 1);
    });
}

#[test]
fn a_question_that_makes_no_sense_is_refused() {
    on_every_engine(async |app: &mut TestApp| {
        let account = Account::of(app, Role::Administrator).await;
        for (query, status, sentence) in [
            ("reports", 422, "metric is missing"),
            ("reports?metric=joy", 422, "metric is not one that is computed here"),
            ("reports/summary?since=2&until=1", 422, "until must be after since"),
            (
                "reports/summary?since=0&until=99999999",
                422,
                "until must be at most 370 days after since",
            ),
            ("reports/summary?since=x", 422, "since must be seconds since 1970 or RFC 3339"),
            ("reports/summary?type=team", 422, "id is missing"),
            ("reports/summary?type=team&id=999999", 404, "Resource could not be found"),
            (
                "reports/summary?type=planet&id=1",
                422,
                "type must be account, agent, inbox, label or team",
            ),
            (
                "reports?metric=reply_time&group_by=minute",
                422,
                "group_by must be hour, day, week, month or year",
            ),
            (
                "reports?metric=reply_time&timezone_offset=99",
                422,
                "timezone_offset must be the hours before or after UTC",
            ),
        ] {
            refused(&account.get(&format!("v2/{query}")).await, status, sentence);
        }
    });
}
