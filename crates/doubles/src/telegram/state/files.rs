//! Files: bytes under an id that only one bot may use, and a path to fetch them by.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use serde_json::{Value, json};

use super::State;

/// What a file is sent as; it decides about folder, name and the shape in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    Photo,
    Document,
    Audio,
    Voice,
    Video,
    VideoNote,
    Animation,
    Sticker,
}

impl Media {
    pub(crate) const ALL: [Self; 8] = [
        Self::Photo,
        Self::Document,
        Self::Audio,
        Self::Voice,
        Self::Video,
        Self::VideoNote,
        Self::Animation,
        Self::Sticker,
    ];

    /// The field of a message, and the parameter of the method.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Document => "document",
            Self::Audio => "audio",
            Self::Voice => "voice",
            Self::Video => "video",
            Self::VideoNote => "video_note",
            Self::Animation => "animation",
            Self::Sticker => "sticker",
        }
    }

    pub(crate) fn of_field(field: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.field() == field)
    }

    /// As Telegram's errors call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Photo => "Photo",
            Self::Document => "Document",
            Self::Audio => "Audio",
            Self::Voice => "VoiceNote",
            Self::Video => "Video",
            Self::VideoNote => "VideoNote",
            Self::Animation => "Animation",
            Self::Sticker => "Sticker",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Photo => "photos",
            Self::Document => "documents",
            Self::Audio => "music",
            Self::Voice => "voice",
            Self::Video => "videos",
            Self::VideoNote => "video_notes",
            Self::Animation => "animations",
            Self::Sticker => "stickers",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Photo => "jpg",
            Self::Document => "bin",
            Self::Audio => "mp3",
            Self::Voice => "oga",
            Self::Video | Self::VideoNote | Self::Animation => "mp4",
            Self::Sticker => "webp",
        }
    }

    fn mime(self) -> &'static str {
        match self {
            Self::Photo => "image/jpeg",
            Self::Document => "application/octet-stream",
            Self::Audio => "audio/mpeg",
            Self::Voice => "audio/ogg",
            Self::Video | Self::VideoNote | Self::Animation => "video/mp4",
            Self::Sticker => "image/webp",
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct StoredFile {
    pub(crate) bot: i64,
    pub(crate) media: Media,
    pub(crate) unique_id: String,
    pub(crate) path: String,
    pub(crate) name: Option<String>,
    pub(crate) mime: String,
    /// May be more than there are bytes: a test of large files need not carry them.
    pub(crate) size_bytes: i64,
    pub(crate) bytes: Bytes,
}

/// A file to keep.
#[derive(Debug, Clone, Default)]
pub(crate) struct NewFile {
    pub(crate) name: Option<String>,
    pub(crate) mime: Option<String>,
    pub(crate) bytes: Bytes,
    pub(crate) size_bytes: Option<i64>,
}

impl State {
    /// Keeps a file and answers its id.
    pub(crate) fn keep_file(&mut self, bot: i64, media: Media, file: NewFile) -> String {
        let serial = self.serial();
        let own = file.name.as_deref().and_then(|name| name.rsplit_once('.')).map(|(_, end)| end);
        let extension = own
            .filter(|end| {
                media != Media::Photo
                    && end.len() <= 8
                    && end.bytes().all(|b| b.is_ascii_alphanumeric())
            })
            .unwrap_or(media.extension());
        let stored = StoredFile {
            bot,
            media,
            unique_id: format!("AQAD{}", URL_SAFE_NO_PAD.encode(serial.to_be_bytes())),
            path: format!("{}/file_{serial}.{extension}", media.folder()),
            mime: file.mime.unwrap_or_else(|| media.mime().to_owned()),
            size_bytes: file
                .size_bytes
                .unwrap_or_else(|| i64::try_from(file.bytes.len()).unwrap_or(i64::MAX)),
            name: file.name,
            bytes: file.bytes,
        };
        let id =
            format!("BQAC{}", URL_SAFE_NO_PAD.encode(format!("{bot}/{}/{serial}", media.field())));
        self.files.insert(id.clone(), stored);
        id
    }

    /// A file of this bot; another's ids mean nothing to it.
    pub(crate) fn file(&self, bot: i64, id: &str) -> Option<&StoredFile> {
        self.files.get(id).filter(|file| file.bot == bot)
    }

    pub(crate) fn file_by_path(&self, bot: i64, path: &str) -> Option<&StoredFile> {
        self.files.values().find(|file| file.bot == bot && file.path == path)
    }

    /// The file as a message shows it, for example a `Document`.
    pub(crate) fn media_json(&self, id: &str) -> Value {
        let Some(file) = self.files.get(id) else { return Value::Null };
        let mut json = json!({
            "file_id": id, "file_unique_id": file.unique_id, "file_size": file.size_bytes,
        });
        let more = match file.media {
            Media::Photo => return photo_sizes(id, file),
            Media::Document => named(file),
            Media::Audio => with(named(file), json!({"duration": 3})),
            Media::Voice => json!({"duration": 3, "mime_type": file.mime}),
            Media::Video | Media::Animation => {
                with(named(file), json!({"width": 640, "height": 360, "duration": 3}))
            }
            Media::VideoNote => json!({"length": 240, "duration": 3}),
            Media::Sticker => json!({
                "type": "regular", "width": 512, "height": 512, "is_animated": false,
                "is_video": false, "emoji": "🙂",
            }),
        };
        json = with(json, more);
        json
    }
}

/// A photo is shown in several sizes; only the last is the file itself.
fn photo_sizes(id: &str, file: &StoredFile) -> Value {
    let (width, height) = png_size(&file.bytes).unwrap_or((1_280, 960));
    json!([
        {
            "file_id": id, "file_unique_id": format!("{}s", file.unique_id),
            "width": width.min(320), "height": height.min(240), "file_size": file.size_bytes.min(20_000),
        },
        {
            "file_id": id, "file_unique_id": file.unique_id,
            "width": width, "height": height, "file_size": file.size_bytes,
        },
    ])
}

/// Width and height from the head of a PNG.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| {
        let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(four))
    };
    let is_png = bytes.starts_with(b"\x89PNG") && bytes.get(12..16) == Some(b"IHDR");
    is_png.then_some((number(16)?, number(20)?))
}

fn named(file: &StoredFile) -> Value {
    let mut json = json!({"mime_type": file.mime});
    if let (Some(name), Some(json)) = (&file.name, json.as_object_mut()) {
        json.insert("file_name".to_owned(), name.as_str().into());
    }
    json
}

fn with(mut json: Value, more: Value) -> Value {
    if let (Some(json), Value::Object(more)) = (json.as_object_mut(), more) {
        json.extend(more);
    }
    json
}
