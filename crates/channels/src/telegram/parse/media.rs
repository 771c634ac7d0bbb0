//! What a message is, and the files that it names.

use tertulia_domain::content::{Content, LINE_CHARS_MAX};

use super::super::update::{Contact, File, Location, Message, Poll, Sticker, Venue};
use super::message::clean;
use crate::inbound::InboundFile;

/// Content and files; no content when the kind is not known.
pub(super) fn read(message: &Message) -> (Option<Content>, Vec<InboundFile>) {
    if let Some(text) = &message.text {
        return (Some(Content::Text { text: clean(text) }), Vec::new());
    }
    if let Some((content, file)) = with_file(message) {
        return (Some(content), vec![file]);
    }
    (without_file(message), Vec::new())
}

fn with_file(message: &Message) -> Option<(Content, InboundFile)> {
    let text = clean(message.caption.as_deref().unwrap_or_default());
    // An animation comes as a document, too, for old clients.
    if let Some(file) = &message.animation {
        return Some((Content::Video { text }, named(file, "animation.mp4")));
    }
    if let Some(photo) = message.photo.iter().max_by_key(|size| size.width * size.height) {
        return Some((Content::Image { text }, named(photo, "photo.jpg")));
    }
    if let Some(file) = &message.video {
        return Some((Content::Video { text }, named(file, "video.mp4")));
    }
    if let Some(file) = &message.video_note {
        return Some((Content::Video { text }, named(file, "video-note.mp4")));
    }
    if let Some(file) = &message.voice {
        return Some((Content::Audio { text }, named(file, "voice.ogg")));
    }
    if let Some(file) = &message.audio {
        return Some((Content::Audio { text }, named(file, "audio.mp3")));
    }
    if let Some(sticker) = &message.sticker {
        return Some(read_sticker(sticker));
    }
    let file = message.document.as_ref()?;
    let is_image = file.mime_type.as_deref().is_some_and(|mime| mime.starts_with("image/"));
    let content = if is_image { Content::Image { text } } else { Content::File { text } };
    Some((content, named(file, "file")))
}

fn named(file: &File, otherwise: &str) -> InboundFile {
    let name = file.file_name.as_deref().map(clean).unwrap_or_else(|| otherwise.to_owned());
    InboundFile::Remote { reference: file.file_id.clone(), name }
}

/// An animated sticker is a drawing program that no browser runs; its picture stands for it.
fn read_sticker(sticker: &Sticker) -> (Content, InboundFile) {
    let text = clean(sticker.emoji.as_deref().unwrap_or_default());
    let file = match (&sticker.thumbnail, sticker.is_animated, sticker.is_video) {
        (Some(thumbnail), true, _) => named(thumbnail, "sticker.webp"),
        (None, true, _) => named(&sticker.file, "sticker.tgs"),
        (_, false, true) => named(&sticker.file, "sticker.webm"),
        (_, false, false) => named(&sticker.file, "sticker.webp"),
    };
    (Content::Sticker { text }, file)
}

fn without_file(message: &Message) -> Option<Content> {
    // A venue comes as a location, too, for old clients.
    if let Some(venue) = &message.venue {
        return Some(read_venue(venue));
    }
    if let Some(Location { latitude, longitude }) = message.location {
        let (title, address) = (String::new(), String::new());
        return Some(Content::Location { latitude, longitude, title, address });
    }
    if let Some(contact) = &message.contact {
        return Some(read_contact(contact));
    }
    if let Some(poll) = &message.poll {
        return Some(read_poll(poll));
    }
    let dice = message.dice.as_ref()?;
    Some(Content::Text { text: clean(&format!("{} {}", dice.emoji, dice.value)) })
}

fn read_venue(venue: &Venue) -> Content {
    Content::Location {
        latitude: venue.location.latitude,
        longitude: venue.location.longitude,
        title: line(&venue.title),
        address: line(&venue.address),
    }
}

fn read_contact(contact: &Contact) -> Content {
    let last = contact.last_name.as_deref().unwrap_or_default();
    let full = format!("{} {last}", contact.first_name);
    let name = match full.trim() {
        "" => line(&contact.phone_number),
        name => line(name),
    };
    Content::Contact { name, phones: vec![line(&contact.phone_number)], emails: Vec::new() }
}

/// A poll as people read it; votes are not told to bots that did not make it.
fn read_poll(poll: &Poll) -> Content {
    let options = poll.options.iter().map(|option| format!("\n• {}", clean(&option.text)));
    Content::Text { text: format!("📊 {}{}", clean(&poll.question), options.collect::<String>()) }
}

fn line(text: &str) -> String {
    clean(text).chars().take(LINE_CHARS_MAX).collect()
}
