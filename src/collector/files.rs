//! Serves folders and files: the shop, the reports, the script.

use std::{
    io::ErrorKind::{self, NotADirectory, NotFound, PermissionDenied},
    sync::Arc,
};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use tower_http::services::{ServeDir, ServeFile};

use super::{Error, Mount, refusal::Refusal};

/// Faults of the file system that mean: no such file for you.
const IS_ABSENT: [ErrorKind; 3] = [NotADirectory, NotFound, PermissionDenied];

/// What `--serve` names, longest prefix first.
#[derive(Clone, Debug)]
pub struct Files(Arc<[Mount]>);

impl Files {
    /// Returns what serves `mounts`.
    ///
    /// # Errors
    /// Where one of them is not there.
    pub fn new(mounts: &[Mount]) -> Result<Self, Error> {
        let absent = mounts.iter().find(|mount| !mount.path.exists());
        if let Some(absent) = absent {
            return Err(Error::Serve(absent.path.clone()));
        }
        let mut mounts = mounts.to_vec();
        mounts.sort_by_key(|mount| std::cmp::Reverse(mount.prefix.len()));
        Ok(Self(mounts.into()))
    }

    /// Answers with the file that the request's path names.
    pub async fn answer(&self, request: Request) -> Response {
        let path = request.uri().path().to_owned();
        let found = self.0.iter().find_map(|mount| {
            let rest = path.strip_prefix(mount.prefix.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then_some((mount, rest))
        });
        match found {
            None => absent(&path),
            Some((mount, "")) if mount.path.is_dir() => {
                // Relative links in the folder's index.html need the slash.
                Redirect::permanent(&format!("{}/", mount.prefix)).into_response()
            }
            Some((mount, "")) => file(mount, request).await,
            Some((mount, rest)) if mount.path.is_dir() => within(mount, rest, request).await,
            Some(_) => absent(&path),
        }
    }
}

async fn file(mount: &Mount, request: Request) -> Response {
    let served = ServeFile::new(&mount.path).try_call(request).await;
    finish(&mount.prefix, served.map(|answer| answer.map(Body::new)))
}

async fn within(mount: &Mount, rest: &str, mut request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let Ok(uri) = rest.parse::<Uri>() else {
        return absent(&path);
    };
    *request.uri_mut() = uri;
    let served = ServeDir::new(&mount.path)
        .redirect_path_prefix(&mount.prefix)
        .try_call(request)
        .await;
    finish(&path, served.map(|answer| answer.map(Body::new)))
}

fn finish(path: &str, served: std::io::Result<Response>) -> Response {
    match served {
        Ok(answer) if answer.status() == StatusCode::NOT_FOUND => absent(path),
        Ok(mut answer) => {
            // Asks each time whether it changed; the answer is 304 and a few bytes where it did not.
            answer
                .headers_mut()
                .entry(header::CACHE_CONTROL)
                .or_insert(HeaderValue::from_static("no-cache"));
            answer
        }
        Err(error) if IS_ABSENT.contains(&error.kind()) => absent(path),
        Err(error) => {
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, error.to_string()).into_response()
        }
    }
}

fn absent(path: &str) -> Response {
    Refusal::new(StatusCode::NOT_FOUND, format!("there is nothing at {path}")).into_response()
}
