//! `POST /collect`: takes one batch.

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
};

use super::{Stored, app::Collector, check::check, clock, origins, refusal::Refusal};

/// Answers 200 once the batch is on disk.
pub async fn collect(
    State(collector): State<Collector>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Stored>, Refusal> {
    if !origins::may_post(&collector.allow_origin, &headers) {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "pages of this origin may not post here; start the collector with --allow-origin and the origin",
        )
        .field("origin"));
    }
    let body = body.map_err(|error| unread(&error, collector.max_body_bytes))?;
    let room = collector.store.room(body.len())?;
    let text = str::from_utf8(&body).map_err(|error| {
        Refusal::new(StatusCode::BAD_REQUEST, "not UTF-8")
            .field(".")
            .byte(error.valid_up_to())
    })?;
    let batch = check(text, clock::now())?;
    Ok(Json(collector.store.add(batch, room).await?))
}

fn unread(error: &BytesRejection, most: usize) -> Refusal {
    let refusal = if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let reason =
            format!("longer than {most} bytes; send smaller batches, or raise --max-body-bytes");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, reason).byte(most)
    } else {
        Refusal::new(StatusCode::BAD_REQUEST, "the body broke off")
    };
    refusal.field(".")
}
