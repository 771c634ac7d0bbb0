//! Which websites may embed a widget.

use url::{Origin, Url};

/// Whether a page of `origin` may use a widget that names these origins; none named: any may.
///
/// Compares scheme, host and port exactly, so neither a subdomain nor a look-alike gets in.
#[must_use]
pub fn allows(allowed: &[String], origin: &str) -> bool {
    if allowed.is_empty() {
        return true;
    }
    let Some(origin) = parse(origin) else { return false };
    allowed.iter().any(|each| parse(each).is_some_and(|each| each == origin))
}

fn parse(text: &str) -> Option<Origin> {
    let origin = Url::parse(text).ok()?.origin();
    origin.is_tuple().then_some(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(allowed: &[&str], origin: &str, expected: bool) {
        let allowed: Vec<String> = allowed.iter().map(|&each| each.to_owned()).collect();
        assert_eq!(allows(&allowed, origin), expected, "{origin} by {allowed:?}");
    }

    #[test]
    fn an_empty_list_lets_any_website_in() {
        check(&[], "https://anywhere.example", true);
        check(&[], "null", true);
    }

    #[test]
    fn scheme_host_and_port_are_compared_exactly() {
        let allowed = &["https://shop.example", "http://localhost:3000"];
        check(allowed, "https://shop.example", true);
        check(allowed, "https://SHOP.example", true);
        check(allowed, "https://shop.example:443", true);
        check(allowed, "http://localhost:3000", true);
        for other in [
            "null",
            "",
            "http://shop.example",
            "https://shop.example:8443",
            "http://localhost:3001",
            "https://evil.shop.example",
            "https://shop.example.evil.example",
            "https://shop.example@evil.example",
            "https://evilshop.example",
            "file:///shop.example",
            "data:text/html,x",
        ] {
            check(allowed, other, false);
        }
    }

    #[test]
    fn international_names_are_the_same_in_both_spellings_and_look_alikes_are_not() {
        let allowed = &["https://кофе.example"];
        check(allowed, "https://xn--e1ajmy.example", true);
        check(allowed, "https://кофе.example", true);
        // The first letter is Latin.
        check(allowed, "https://kофе.example", false);
    }
}
