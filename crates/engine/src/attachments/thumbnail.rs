//! Small pictures in place of large ones. The size is read from the header before anything is decoded.

use std::io::Cursor;

use bytes::Bytes;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};

use crate::{Error, Result, UploadLimits};

/// A picture's size, and its small version when it is larger than that.
pub(super) struct Picture {
    pub(super) width_px: u32,
    pub(super) height_px: u32,
    pub(super) thumbnail: Option<Thumbnail>,
}

/// A small picture, with what its key ends in.
pub(super) struct Thumbnail {
    pub(super) bytes: Bytes,
    pub(super) suffix: &'static str,
}

const PNG: &str = "-small.png";
const JPEG: &str = "-small.jpg";

/// The media type of a small picture with this key.
pub(super) fn media_type(key: &str) -> &'static str {
    if key.ends_with(PNG) { "image/png" } else { "image/jpeg" }
}

/// Reads a picture; `None` when it only begins like one.
pub(super) fn read(bytes: &[u8], limits: &UploadLimits) -> Result<Option<Picture>> {
    let Some((width_px, height_px)) = reader(bytes).and_then(|r| r.into_dimensions().ok()) else {
        return Ok(None);
    };
    let pixels = u64::from(width_px) * u64::from(height_px);
    if pixels > limits.pixels_max {
        let detail = format!(
            "The picture has {width_px} × {height_px} pixels; at most {} are taken.",
            limits.pixels_max
        );
        return Err(Error::Invalid { code: "too_long", pointer: "/file".to_owned(), detail });
    }
    let side_px = limits.thumbnail_px_max;
    if width_px <= side_px && height_px <= side_px {
        return Ok(Some(Picture { width_px, height_px, thumbnail: None }));
    }
    let Some(mut reader) = reader(bytes) else { return Ok(None) };
    let mut memory = Limits::default();
    memory.max_alloc = Some(limits.pixels_max.saturating_mul(8));
    reader.limits(memory);
    let Ok(picture) = reader.decode() else { return Ok(None) };
    let thumbnail = encode(&picture.thumbnail(side_px, side_px));
    Ok(Some(Picture { width_px, height_px, thumbnail }))
}

fn reader(bytes: &[u8]) -> Option<ImageReader<Cursor<&[u8]>>> {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()
}

/// Transparency needs PNG; everything else is smaller as JPEG.
fn encode(picture: &DynamicImage) -> Option<Thumbnail> {
    let mut bytes = Cursor::new(Vec::new());
    let (suffix, written) = if picture.color().has_alpha() {
        (PNG, picture.write_to(&mut bytes, ImageFormat::Png))
    } else {
        (JPEG, picture.to_rgb8().write_to(&mut bytes, ImageFormat::Jpeg))
    };
    written.ok().map(|()| Thumbnail { bytes: bytes.into_inner().into(), suffix })
}
