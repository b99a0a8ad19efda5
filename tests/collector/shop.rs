//! A collector in a folder of its own, asked without a socket.

use std::path::Path;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode},
};
use clap::Parser;
use http_body_util::BodyExt;
use serde_json::Value;
use spoor::collector::{Options, Store, app};
use tempfile::TempDir;
use tower::ServiceExt;

/// The collector; its database goes with it.
pub struct Collector {
    pub folder: TempDir,
    pub store: Store,
    app: Router,
}

/// What it answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Returns the body's JSON, `null` where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }
}

impl Collector {
    /// Starts one with these options.
    pub fn with(options: &[&str]) -> Self {
        Self::over(tempfile::tempdir().unwrap(), options)
    }

    /// Starts one over the database in `folder`.
    pub fn over(folder: TempDir, options: &[&str]) -> Self {
        let mut options = Options::parse_from(["spoor-collector"].iter().chain(options));
        options.db = db(folder.path());
        let store = Store::open(&options).unwrap();
        Self {
            app: app(store.clone(), &options).unwrap(),
            store,
            folder,
        }
    }

    /// Stops it and starts it again over the same file.
    pub async fn restart(self) -> Self {
        self.close().await;
        Self::over(self.folder, &[])
    }

    /// Stops it.
    pub async fn close(&self) {
        let store = self.store.clone();
        tokio::task::spawn_blocking(move || store.close())
            .await
            .unwrap();
    }

    /// Asks it.
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self
            .app
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes: body.collect().await.unwrap().to_bytes().to_vec(),
        }
    }

    /// Opens an answer that goes on.
    pub async fn open(&self, path: &str) -> Body {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        self.app.clone().oneshot(request).await.unwrap().into_body()
    }

    /// Asks it with a method and headers.
    pub async fn request(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(body.into()).unwrap()).await
    }

    /// Posts a batch as `sendBeacon` does.
    pub async fn post(&self, body: impl Into<Body>) -> Answer {
        let headers = [("content-type", "text/plain;charset=UTF-8")];
        self.request(Method::POST, "/collect", &headers, body).await
    }

    /// Returns the JSON at `path`, which must be there.
    pub async fn get(&self, path: &str) -> Value {
        let answer = self.request(Method::GET, path, &[], "").await;
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "{path}: {}",
            String::from_utf8_lossy(&answer.bytes)
        );
        answer.json()
    }

    /// Returns the names of the stored events, newest first.
    pub async fn names(&self) -> Vec<String> {
        let answer = self.get("/api/events?limit=1000").await;
        let events = answer["events"].as_array().unwrap();
        events
            .iter()
            .map(|event| event["name"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// Returns where the database lies in `folder`.
pub fn db(folder: &Path) -> std::path::PathBuf {
    folder.join("data/spoor.db")
}
