//! The answer to a request that is not served: a status, and JSON that says what is wrong and where.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{Error, Refused};

/// After how many seconds to come again where there was too much at once: the disk needs milliseconds, and a limit lets as
/// much in within a second as it ever does.
const SOON_SECONDS: u32 = 1;
/// After how many seconds to come again where somebody must make room on a disk first.
const MENDED_SECONDS: u32 = 10;

/// An answer that says no.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    retry_after_seconds: Option<u32>,
    body: Reason,
}

#[derive(Debug, Serialize)]
struct Reason {
    error: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte: Option<usize>,
}

impl Refusal {
    /// Returns the refusal with `status` for `reason`.
    pub fn new(status: StatusCode, reason: impl Into<String>) -> Self {
        let later = matches!(
            status,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
        );
        Self {
            status,
            retry_after_seconds: later.then_some(SOON_SECONDS),
            body: Reason {
                error: reason.into(),
                field: None,
                byte: None,
            },
        }
    }

    /// Returns the refusal of a body that has more than `most` bytes, also where it is gzip and has fewer as it came.
    pub fn too_long(most: usize) -> Self {
        let reason =
            format!("longer than {most} bytes; send smaller batches, or raise --max-body-bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, reason)
            .field(".")
            .byte(most)
    }

    /// Names what is at fault: a field of the body or a parameter of the query.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.body.field = Some(field.into());
        self
    }

    /// Says where in the body it is at fault.
    #[must_use]
    pub fn byte(mut self, byte: usize) -> Self {
        self.body.byte = Some(byte);
        self
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        let status = if refused.is_too_much() {
            StatusCode::PAYLOAD_TOO_LARGE
        } else {
            StatusCode::BAD_REQUEST
        };
        Self::new(status, refused.reason)
            .field(refused.field)
            .byte(refused.byte)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let status = match error {
            Error::Full => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::SERVICE_UNAVAILABLE,
        };
        let mut refusal = Self::new(status, error.to_string());
        if matches!(error, Error::Unwritable(_)) {
            refusal.retry_after_seconds = Some(MENDED_SECONDS);
        }
        refusal
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
