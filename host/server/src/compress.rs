//! gzip, for clients that accept it.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::io::{Read, Write};

/// Shorter answers take longer to compress than to send.
const WORTH_IT: usize = 16 << 10;

/// The name of the encoding.
pub(crate) const GZIP: HeaderValue = HeaderValue::from_static("gzip");

/// Whether the client takes gzip.
pub(crate) fn accepted(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).into_iter();
    let mut offers = lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','));
    offers.any(|offer| {
        let (name, parameters) = offer.split_once(';').unwrap_or((offer, ""));
        let refused = parameters
            .split(';')
            .filter_map(|parameter| parameter.trim().strip_prefix("q="))
            .any(|weight| weight.trim().parse::<f32>().is_ok_and(|weight| weight <= 0.0));
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// The text compressed, unless it is short.
pub(crate) async fn compressed(text: &Bytes) -> Option<Bytes> {
    if text.len() < WORTH_IT {
        return None;
    }
    let text = text.clone();
    let work = move || {
        let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 4), Compression::fast());
        encoder
            .write_all(&text)
            .and_then(|()| encoder.finish())
            .map(Bytes::from)
    };
    tokio::task::spawn_blocking(work).await.ok()?.ok()
}

/// What was compressed when we were built.
pub(crate) fn expanded(bytes: &[u8]) -> Vec<u8> {
    let mut expanded = Vec::new();
    // It is our own, and whole: a test expands every file.
    drop(GzDecoder::new(bytes).read_to_end(&mut expanded));
    expanded
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn gzip_is_accepted_where_it_is_named_and_not_refused() {
        let asks = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
            accepted(&headers)
        };
        for yes in ["gzip", "br, GZIP", "deflate, gzip;q=1.0, *;q=0.5", "gzip;q=0.1"] {
            assert!(asks(yes), "{yes}");
        }
        for no in ["", "identity", "br", "gzip;q=0", "gzip; q=0.0", "xgzip"] {
            assert!(!asks(no), "{no}");
        }
        assert!(!accepted(&HeaderMap::new()));
    }

    #[tokio::test]
    async fn long_text_is_compressed_and_comes_back() {
        let text = "schema ".repeat(10_000);
        let bytes = compressed(&text.clone().into()).await.unwrap();
        assert!(bytes.len() < text.len() / 50);
        assert_eq!(expanded(&bytes), text.as_bytes());
        assert_eq!(compressed(&Bytes::from("short")).await, None);
    }
}
