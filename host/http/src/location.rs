//! Where an answer sends its client to.

use http::Uri;

/// Where a redirection or an upload's location leads, seen from the address of the request. None when it is no address.
pub fn join(base: &Uri, location: &str) -> Option<Uri> {
    if location.starts_with("http://") || location.starts_with("https://") {
        return location.parse().ok();
    }
    let (scheme, authority) = (base.scheme_str()?, base.authority()?);
    if let Some(rest) = location.strip_prefix("//") {
        return format!("{scheme}://{rest}").parse().ok();
    }
    let path = if location.starts_with('/') {
        location.to_owned()
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{location}")
    };
    format!("{scheme}://{authority}{path}").parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn locations_are_joined() {
        let base: Uri = "https://r.example:444/v2/a/blobs/uploads/?x=1".parse().unwrap();
        let joined = |location| join(&base, location).unwrap().to_string();
        assert_eq!(joined("/v2/x?y=1"), "https://r.example:444/v2/x?y=1");
        assert_eq!(joined("u1?s=2"), "https://r.example:444/v2/a/blobs/uploads/u1?s=2");
        assert_eq!(joined("//cdn.example/z"), "https://cdn.example/z");
        assert_eq!(joined("http://cdn.example/z"), "http://cdn.example/z");
    }
}
