//! E-mail addresses as sign-in names and contact data: what is accepted, and the form that is compared.

/// Longest address, in bytes (RFC 5321, section 4.5.3.1.3, less the angle brackets).
pub const EMAIL_BYTES_MAX: usize = 254;

/// The address in the form that is stored and compared: trimmed, in lower case.
///
/// `None` when it cannot be an address. Only mail that arrives proves one, so this refuses what is
/// surely wrong and nothing else.
#[must_use]
pub fn normalize(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\"(),:;<>[\\]@".contains(c);
    let fits = text.len() <= EMAIL_BYTES_MAX && !local.is_empty() && local.len() <= 64;
    let labels_fit = domain.split('.').all(|label| {
        !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    });
    let clean = !local.contains(odd) && !domain.contains(odd);
    (fits && labels_fit && clean).then(|| text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_in_lower_case() {
        let cases = [
            ("Ana.Silva+x@Example.COM ", Some("ana.silva+x@example.com")),
            ("root@localhost", Some("root@localhost")),
            ("пример@почта.рф", Some("пример@почта.рф")),
            ("", None),
            ("@", None),
            ("a@", None),
            ("@b.c", None),
            ("a b@c.d", None),
            ("a@b..c", None),
            ("a@-b.c", None),
            ("a@b@c.d", None),
            ("a@b.c\0", None),
            ("a@b.c\r\nBcc: x@y.z", None),
            ("<a@b.c>", None),
        ];
        for (text, expected) in cases {
            assert_eq!(normalize(text).as_deref(), expected, "{text:?}");
        }
        assert_eq!(normalize(&format!("{}@example.com", "a".repeat(65))), None);
    }
}
