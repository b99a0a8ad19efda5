//! The answer to a request that is not served: a status, and JSON that says what is wrong and where.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{Error, Refused};

/// After how many seconds a refused batch is to be sent again: the disk needs milliseconds, so one is ample.
const RETRY_AFTER_SECONDS: HeaderValue = HeaderValue::from_static("1");

/// An answer that says no.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
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
        Self {
            status,
            body: Reason {
                error: reason.into(),
                field: None,
                byte: None,
            },
        }
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
        Self::new(StatusCode::SERVICE_UNAVAILABLE, error.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response
    }
}
