//! The collector as an app: requests in, answers out, no socket.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tower_http::set_header::SetResponseHeaderLayer;

use super::{
    Error, Options, Store, collect::collect, files::Files, inflate, origins, origins::Origin,
    rates::Rates, refusal::Refusal, report,
};

/// Live feeds at one time: each holds a connection and reads what comes in.
const MAX_FEEDS: usize = 64;

/// What the handlers share.
#[derive(Clone)]
pub struct Collector {
    pub store: Store,
    pub allow_origin: Arc<[Origin]>,
    pub max_body_bytes: usize,
    pub client_timeout: Duration,
    pub trust_proxy: bool,
    pub rates: Arc<Rates>,
    /// Permits to follow the feed.
    pub feeds: Arc<Semaphore>,
}

/// Returns the collector over `store`.
///
/// # Errors
/// Where a path that is to be served does not exist.
pub fn app(store: Store, options: &Options) -> Result<Router, Error> {
    let files = Files::new(&options.serve)?;
    let collector = Collector {
        store,
        allow_origin: options.allow_origin.clone().into(),
        max_body_bytes: options.max_body_bytes,
        client_timeout: Duration::from_secs(options.client_timeout),
        trust_proxy: options.trust_proxy,
        rates: Arc::new(Rates::new(options)),
        feeds: Arc::new(Semaphore::new(MAX_FEEDS)),
    };
    let collect = Router::new()
        .route("/collect", post(collect))
        // Within the layers: set outside of them, it would answer the preflights.
        .method_not_allowed_fallback(not_allowed)
        .layer(DefaultBodyLimit::max(options.max_body_bytes))
        .layer(SetResponseHeaderLayer::overriding(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static(inflate::TAKEN),
        ))
        .layer(origins::cors(options.allow_origin.clone()));
    let to_read = origins::cors_to_read(options.allow_origin.clone());
    let files = Router::new()
        .fallback(move |request| async move { files.answer(request).await })
        .layer(to_read.clone());
    Ok(Router::new()
        .route("/health", get(health))
        .merge(report::routes(to_read.clone()))
        .method_not_allowed_fallback(not_allowed)
        .merge(collect)
        .fallback_service(files)
        .layer(SetResponseHeaderLayer::overriding(
            HeaderName::from_static("x-content-type-options"),
            HeaderValue::from_static("nosniff"),
        ))
        .with_state(collector))
}

/// Answers 200 where batches are taken and the database can be written and read.
async fn health(State(collector): State<Collector>) -> Result<Json<Value>, Refusal> {
    collector.store.can_write().await?;
    let sites: i64 = collector
        .store
        .read(|from| from.query_row("SELECT count(*) FROM sites", [], |row| row.get(0)))
        .await?;
    Ok(Json(
        json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "sites": sites }),
    ))
}

/// Returns what answers each request of a connection that is one too many.
pub fn crowded(options: &Options) -> Router {
    let refuse = || async {
        let reason =
            "as many connections are open as may be; come again later, or raise --max-connections";
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, reason)
    };
    Router::new()
        .fallback(refuse)
        .layer(origins::cors(options.allow_origin.clone()))
}

async fn not_allowed() -> Refusal {
    let reason = "not with this method; the header `allow` says which";
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, reason)
}
