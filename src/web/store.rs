//! What outlives the page. Where storage is blocked, full or absent, nothing does, silently.

use web_sys::{Storage, window};

const KEY: &str = "spoor";

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// Returns the text that was saved last.
pub fn load() -> Option<String> {
    storage()?.get_item(KEY).ok()?
}

/// Saves `text` in place of the last.
pub fn save(text: &str) {
    if let Some(storage) = storage() {
        // Full or blocked: the visit then lives as long as the page.
        let _ = storage.set_item(KEY, text);
    }
}
