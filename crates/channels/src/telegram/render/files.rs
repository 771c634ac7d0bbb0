//! Files of a message: one by one, or together as an album where Telegram has such a thing.

use serde_json::{Value, json};
use tertulia_domain::content::Content;

use super::super::bot::put;
use super::super::entities::entities;
use super::super::split::Piece;
use super::{Plan, broken, not_sendable, reply_parameters};
use crate::call::{Call, CallBody, FormFile};
use crate::outgoing::{Outgoing, OutgoingFile, SendError};

/// Files of one album.
const ALBUM_MAX: usize = 10;
/// Largest picture that is sent as one; beyond it is a document.
const PHOTO_BYTES_MAX: i64 = 10_000_000;
/// Largest file of any kind.
const FILE_BYTES_MAX: i64 = 50_000_000;

/// What a file is to Telegram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Photo,
    Video,
    Animation,
    Audio,
    Voice,
    Document,
    Sticker,
}

impl Kind {
    fn of(content: &Content, file: &OutgoingFile<'_>) -> Self {
        match (content, file.content_type) {
            (Content::File { .. }, _) => Kind::Document,
            (Content::Sticker { .. }, "image/webp" | "video/webm") => Kind::Sticker,
            (_, "image/jpeg" | "image/png" | "image/webp")
                if file.size_bytes <= PHOTO_BYTES_MAX =>
            {
                Kind::Photo
            }
            (_, "image/gif") => Kind::Animation,
            (_, "video/mp4") => Kind::Video,
            (_, "audio/ogg") => Kind::Voice,
            (_, "audio/mpeg" | "audio/mp4" | "audio/m4a" | "audio/x-m4a") => Kind::Audio,
            _ => Kind::Document,
        }
    }

    /// The method that sends one, and the field that it goes into.
    fn method(self) -> (&'static str, &'static str) {
        match self {
            Kind::Photo => ("sendPhoto", "photo"),
            Kind::Video => ("sendVideo", "video"),
            Kind::Animation => ("sendAnimation", "animation"),
            Kind::Audio => ("sendAudio", "audio"),
            Kind::Voice => ("sendVoice", "voice"),
            Kind::Document => ("sendDocument", "document"),
            Kind::Sticker => ("sendSticker", "sticker"),
        }
    }

    /// Kinds with the same answer can be in one album.
    fn album(self) -> Option<u8> {
        match self {
            Kind::Photo | Kind::Video => Some(0),
            Kind::Document => Some(1),
            Kind::Audio => Some(2),
            Kind::Animation | Kind::Voice | Kind::Sticker => None,
        }
    }
}

impl Plan<'_> {
    /// The files with the first piece of the text as their caption, then the rest of the text.
    pub(super) fn files(
        &mut self,
        outgoing: &Outgoing<'_>,
        mut pieces: Vec<Piece>,
    ) -> Result<(), SendError> {
        let mut files = Vec::with_capacity(outgoing.files.len());
        for (index, file) in outgoing.files.iter().enumerate() {
            if file.size_bytes > FILE_BYTES_MAX {
                let detail = format!("{} is larger than the 50 MB that Telegram takes", file.name);
                return Err(SendError::Rejected { code: "file_too_large".to_owned(), detail });
            }
            files.push((index, Kind::of(outgoing.content, file), file));
        }
        if files.is_empty() {
            return Err(not_sendable("the message has no file".to_owned()));
        }
        let has_caption = !matches!(outgoing.content, Content::Sticker { .. });
        let mut caption = (has_caption && !pieces.is_empty()).then(|| pieces.remove(0));
        let same = |a: &(usize, Kind, _), b: &(usize, Kind, _)| {
            a.1.album().is_some() && a.1.album() == b.1.album()
        };
        for group in files.chunk_by(same).flat_map(|group| group.chunks(ALBUM_MAX)) {
            self.group(group, caption.take())?;
        }
        self.texts(pieces, None)
    }

    fn group(
        &mut self,
        group: &[(usize, Kind, &OutgoingFile<'_>)],
        caption: Option<Piece>,
    ) -> Result<(), SendError> {
        let mut fields = vec![("chat_id", self.chat_id.to_string())];
        if let Some(message_id) = self.reply_to.take() {
            fields.push(("reply_parameters", reply_parameters(message_id).to_string()));
        }
        let [(index, kind, file)] = group else {
            return self.album(group, caption, fields);
        };
        let (method, field) = kind.method();
        let files = vec![form_file(field.to_owned(), *index, file)];
        let mut plain = None;
        if let Some(piece) = caption {
            fields.push(("caption", piece.text));
            let marks = entities(&piece.spans);
            if !marks.is_empty() {
                plain = Some((fields.clone(), files.clone()));
                fields.push(("caption_entities", Value::from(marks).to_string()));
            }
        }
        self.form(method, (fields, files), plain)
    }

    fn album(
        &mut self,
        group: &[(usize, Kind, &OutgoingFile<'_>)],
        caption: Option<Piece>,
        fields: Vec<(&'static str, String)>,
    ) -> Result<(), SendError> {
        let mut media = Vec::with_capacity(group.len());
        let mut files = Vec::with_capacity(group.len());
        for (index, kind, file) in group {
            let name = format!("file{index}");
            media.push(json!({"type": kind.method().1, "media": format!("attach://{name}")}));
            files.push(form_file(name, *index, file));
        }
        let mut marks = Vec::new();
        if let (Some(piece), Some(first)) = (caption, media.first_mut()) {
            put(first, "caption", json!(piece.text));
            marks = entities(&piece.spans);
        }
        let with = |media: &[Value]| {
            let mut fields = fields.clone();
            fields.push(("media", Value::from(media).to_string()));
            (fields, files.clone())
        };
        let plain = (!marks.is_empty()).then(|| with(&media));
        if let (Some(first), false) = (media.first_mut(), marks.is_empty()) {
            put(first, "caption_entities", Value::from(marks));
        }
        self.form("sendMediaGroup", with(&media), plain)
    }

    fn form(
        &mut self,
        method: &str,
        filled: Filled,
        plain: Option<Filled>,
    ) -> Result<(), SendError> {
        let form = |(fields, files): Filled| {
            let form = self.bot.form(method, fields, files).map_err(broken)?;
            Ok::<_, SendError>(CallBody::Form(Box::new(form)))
        };
        let call = Call { body: form(filled)?, plain: plain.map(form).transpose()? };
        self.calls.push(call);
        Ok(())
    }
}

/// Fields and files of a form.
type Filled = (Vec<(&'static str, String)>, Vec<FormFile>);

fn form_file(field: String, index: usize, file: &OutgoingFile<'_>) -> FormFile {
    let (name, content_type) = (file.name.to_owned(), file.content_type.to_owned());
    FormFile { field, index, name, content_type }
}
