//! `sendLocation`, `sendVenue`, `sendContact`.

use serde_json::{Map, Value, json};

use super::sending::{deliver, target};
use super::{Call, Outcome};
use crate::telegram::refusal::Refusal;

pub(super) fn location(call: &mut Call<'_>) -> Outcome {
    let mut location = point(call)?;
    for key in ["horizontal_accuracy", "live_period", "heading", "proximity_alert_radius"] {
        location.extend(
            call.params.get_key_value(key).map(|(key, value)| (key.clone(), value.clone())),
        );
    }
    send(call, "location", Value::Object(location), Map::new())
}

pub(super) fn venue(call: &mut Call<'_>) -> Outcome {
    let location = Value::Object(point(call)?);
    let mut venue = Map::new();
    for key in ["title", "address"] {
        let text = call.text(key).unwrap_or_default();
        if text.is_empty() {
            return Err(Refusal::bad(&format!("venue {key} must be non-empty")));
        }
        venue.insert(key.to_owned(), text.into());
    }
    venue.insert("location".to_owned(), location.clone());
    for key in ["foursquare_id", "foursquare_type", "google_place_id", "google_place_type"] {
        venue.extend(
            call.params.get_key_value(key).map(|(key, value)| (key.clone(), value.clone())),
        );
    }
    let mut beside = Map::new();
    beside.insert("location".to_owned(), location);
    send(call, "venue", Value::Object(venue), beside)
}

pub(super) fn contact(call: &mut Call<'_>) -> Outcome {
    let (phone, name) = (call.text("phone_number"), call.text("first_name"));
    if phone.unwrap_or_default().is_empty() {
        return Err(Refusal::bad("phone number is empty"));
    }
    if name.unwrap_or_default().is_empty() {
        return Err(Refusal::bad("contact first name must be non-empty"));
    }
    let mut contact = json!({"phone_number": phone, "first_name": name});
    for key in ["last_name", "vcard"] {
        if let (Some(text), Some(contact)) = (call.text(key), contact.as_object_mut()) {
            contact.insert(key.to_owned(), text.into());
        }
    }
    send(call, "contact", contact, Map::new())
}

fn point(call: &Call<'_>) -> Result<Map<String, Value>, Refusal> {
    let mut point = Map::new();
    for (key, most) in [("latitude", 90.0), ("longitude", 180.0)] {
        let degrees = call.params.get(key).and_then(Value::as_f64).unwrap_or(f64::NAN);
        if !(-most..=most).contains(&degrees) {
            return Err(Refusal::bad("invalid geo point specified"));
        }
        point.insert(key.to_owned(), degrees.into());
    }
    Ok(point)
}

fn send(call: &mut Call<'_>, key: &str, value: Value, mut content: Map<String, Value>) -> Outcome {
    let chat = target(call)?;
    content.insert(key.to_owned(), value);
    Ok(deliver(call, chat, content)?.into())
}
