//! Bodies of forms with files (RFC 7578).

use bytes::{BufMut, Bytes, BytesMut};

/// A body that is being written.
#[derive(Debug)]
pub struct Body {
    boundary: String,
    bytes: BytesMut,
}

impl Body {
    /// An empty form. The boundary must not occur in what is written, so it is long and random.
    #[must_use]
    pub fn new(boundary: &str) -> Self {
        Self { boundary: boundary.to_owned(), bytes: BytesMut::new() }
    }

    /// Adds a field.
    pub fn field(&mut self, name: &str, value: &str) {
        self.head(&format!("form-data; name=\"{}\"", quoted(name)), None);
        self.bytes.put_slice(value.as_bytes());
        self.bytes.put_slice(b"\r\n");
    }

    /// Adds a file.
    pub fn file(&mut self, field: &str, name: &str, content_type: &str, bytes: &[u8]) {
        let disposition =
            format!("form-data; name=\"{}\"; filename=\"{}\"", quoted(field), quoted(name));
        self.head(&disposition, Some(content_type));
        self.bytes.put_slice(bytes);
        self.bytes.put_slice(b"\r\n");
    }

    /// The header that announces the body.
    #[must_use]
    pub fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    /// The whole body.
    #[must_use]
    pub fn finish(mut self) -> Bytes {
        self.bytes.put_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        self.bytes.freeze()
    }

    fn head(&mut self, disposition: &str, content_type: Option<&str>) {
        let mut head = format!("--{}\r\nContent-Disposition: {disposition}\r\n", self.boundary);
        if let Some(content_type) = content_type {
            let content_type: String = content_type.chars().filter(|c| !c.is_control()).collect();
            head.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        head.push_str("\r\n");
        self.bytes.put_slice(head.as_bytes());
    }
}

/// A value between quotation marks, so that no name ends its header: as browsers write it.
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_what_a_browser_would_send() {
        let mut body = Body::new("XX");
        body.field("chat_id", "7");
        body.file("photo", "a\"\r\nb.png", "image/png\r\nX: y", b"\x89PNG");
        assert_eq!(body.content_type(), "multipart/form-data; boundary=XX");
        let expected = b"--XX\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n\
            --XX\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a%22%0D%0Ab.png\"\r\n\
            Content-Type: image/pngX: y\r\n\r\n\x89PNG\r\n--XX--\r\n";
        assert_eq!(&body.finish()[..], &expected[..]);
    }
}
