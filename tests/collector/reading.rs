//! What the reports tell.
