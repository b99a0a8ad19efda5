//! `POST /collect`: takes one batch.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Json,
    body::Bytes,
    extract::{ConnectInfo, FromRequest, Request, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
};

use super::{
    Stored, app::Collector, check::check, client::client, clock, inflate::inflate, origins,
    refusal::Refusal,
};

/// Answers 200 once the batch is on disk. Refuses what it can before it reads the body.
pub async fn collect(
    State(collector): State<Collector>,
    request: Request,
) -> Result<Json<Stored>, Refusal> {
    admit(&collector, &request)?;
    let headers = request.headers().clone();
    let body = read(request, collector.max_body_bytes, collector.client_timeout).await?;
    let body = inflate(&headers, body, collector.max_body_bytes)?;
    let room = collector.store.room(body.len())?;
    let text = str::from_utf8(&body).map_err(|error| {
        Refusal::new(StatusCode::BAD_REQUEST, "not UTF-8")
            .field(".")
            .byte(error.valid_up_to())
    })?;
    let batch = check(text, clock::now())?;
    Ok(Json(collector.store.add(batch, room).await?))
}

fn admit(collector: &Collector, request: &Request) -> Result<(), Refusal> {
    let headers = request.headers();
    // Without a socket there is none.
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let client = client(*peer, headers, collector.trust_proxy);
        collector.rates.address(client)?;
    }
    if !origins::may_post(&collector.allow_origin, headers) {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "pages of this origin may not post here; start the collector with --allow-origin and the origin",
        )
        .field("origin"));
    }
    collector.rates.origin(headers)
}

async fn read(request: Request, most: usize, within: Duration) -> Result<Bytes, Refusal> {
    if length(request.headers()).is_some_and(|length| length > most) {
        return Err(Refusal::too_long(most));
    }
    let read = tokio::time::timeout(within, Bytes::from_request(request, &())).await;
    let read = read.map_err(|_| {
        let reason = format!(
            "the body was not there within {} s; send it again, or raise --client-timeout",
            within.as_secs()
        );
        Refusal::new(StatusCode::REQUEST_TIMEOUT, reason).field(".")
    })?;
    read.map_err(|error| unread(&error, most))
}

fn length(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    // A number too long for a `usize` does not get here: it breaks the request.
    length.to_str().ok()?.parse().ok()
}

fn unread(error: &BytesRejection, most: usize) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Refusal::too_long(most);
    }
    Refusal::new(
        StatusCode::BAD_REQUEST,
        "the body broke off; send all of it",
    )
    .field(".")
}
