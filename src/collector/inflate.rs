//! Bodies that come as gzip: by `Content-Encoding`, or by the bytes with which they begin, for a page cannot send that header without
//! a preflight.

use std::io::Read;

use axum::{
    body::Bytes,
    http::{HeaderMap, StatusCode, header},
};
use flate2::bufread::MultiGzDecoder;

use super::refusal::Refusal;

/// What the collector takes besides plain bodies: `Accept-Encoding` of its answers.
/// <https://www.rfc-editor.org/rfc/rfc7694#section-3>
pub const TAKEN: &str = "gzip";
/// With which every stream of gzip begins, and no JSON. <https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1>
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Returns the body as it was before it was compressed; one that would be longer than `most` bytes is inflated no further.
pub fn inflate(headers: &HeaderMap, body: Bytes, most: usize) -> Result<Bytes, Refusal> {
    let is_named = names_gzip(headers)?;
    if !is_named && !body.starts_with(&MAGIC) {
        return Ok(body);
    }
    let mut plain = Vec::new();
    let mut bounded = MultiGzDecoder::new(&*body).take(most as u64 + 1);
    bounded.read_to_end(&mut plain).map_err(|error| {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            format!("the body is broken gzip: {error}; send it again, or plain"),
        )
        .field(".")
    })?;
    if plain.len() > most {
        return Err(Refusal::too_long(most));
    }
    Ok(plain.into())
}

/// Returns whether the sender names gzip, and refuses any other encoding.
fn names_gzip(headers: &HeaderMap) -> Result<bool, Refusal> {
    let Some(named) = headers.get(header::CONTENT_ENCODING) else {
        return Ok(false);
    };
    let named = named.to_str().unwrap_or_default().to_ascii_lowercase();
    match named.trim() {
        "" | "identity" => Ok(false),
        TAKEN | "x-gzip" => Ok(true),
        _ => {
            let reason = format!("`{named}` is not taken; send the body as gzip, or plain");
            let refusal = Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, reason);
            Err(refusal.field("content-encoding"))
        }
    }
}
