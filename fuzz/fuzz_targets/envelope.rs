//! A body is an envelope or is refused; what was read and is written again, reads and is written the same from then on.
#![no_main]

use libfuzzer_sys::fuzz_target;
use spoor::{time::Millis, wire::Envelope};

/// Beyond, a browser's numbers are not exact.
const LAST: Millis = Millis(1 << 53);

fuzz_target!(|body: &str| {
    match Envelope::parse(body) {
        Ok(envelope) => {
            let opened = envelope.pages.iter().map(|page| page.opened_at);
            if opened
                .chain([envelope.session.started_at])
                .all(|at| at <= LAST)
            {
                // Not the envelope itself: numbers are rounded as they are written.
                let written = envelope.to_json();
                let read = Envelope::parse(&written).map(|read| read.to_json());
                assert_eq!(read, Ok(written));
            }
        }
        Err(malformed) => assert!(malformed.byte <= body.len(), "{malformed}"),
    }
});
