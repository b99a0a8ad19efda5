//! Envelopes as a browser makes them.

use std::time::{SystemTime, UNIX_EPOCH};

use spoor::{
    base64,
    heatmap::{Packer, Spot},
    id::{Chance, Id},
    time::Millis,
    value::{Entries, Value},
    wire::{Envelope, Event, Heat, Page, Session, VERSION},
};

/// Returns the time of day: what the collector will receive a batch at.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Millis(since.as_millis() as u64)
}

/// A browser that visits one shop.
pub struct Browser {
    chance: Chance,
    pub site: String,
    visitor: Id,
    pub session: Session,
}

impl Browser {
    /// Returns the browser that `seed` makes, whose visit began at `started_at`.
    pub fn new(seed: u64, site: &str, started_at: Millis) -> Self {
        let mut chance = Chance::new([seed, !seed]);
        Self {
            site: site.to_owned(),
            visitor: chance.id(started_at),
            session: Session {
                id: chance.id(started_at),
                number: 1,
                started_at,
                ..Session::default()
            },
            chance,
        }
    }

    /// Returns a page of it without anything on it.
    pub fn page(&mut self, path: &str, opened_at: Millis) -> Page {
        Page {
            id: self.chance.id(opened_at),
            opened_at,
            url: format!("https://shop.example{path}"),
            title: "Shop".to_owned(),
            viewport: [1280, 720],
            document: [1265, 3100],
            ..Page::default()
        }
    }

    /// Returns the batch of `pages`, sent at `sent_at`.
    pub fn envelope(&mut self, pages: Vec<Page>, sent_at: Millis) -> Envelope {
        Envelope {
            version: VERSION,
            site: self.site.clone(),
            batch: self.chance.id(sent_at),
            sent_at,
            visitor: self.visitor,
            user: String::new(),
            session: self.session.clone(),
            pages,
            losses: Entries::new(),
        }
    }

    /// Returns the body of a batch of one page with these events, sent now.
    pub fn body(&mut self, events: &[&str]) -> String {
        let mut page = self.page("/p/lamp", now());
        page.events = (1..)
            .zip(events)
            .map(|(seq, name)| event(seq, name))
            .collect();
        self.envelope(vec![page], now()).to_json()
    }
}

/// Returns an event one second into its page for each number.
pub fn event(seq: u32, name: &str) -> Event {
    Event {
        seq,
        t: seq * 1000,
        name: name.to_owned(),
        params: vec![("value".to_owned(), Value::Num(19.9))],
    }
}

/// Returns a chunk of one click in the middle of the element `selector`.
pub fn click(seq: u32, selector: &str) -> Heat {
    let mut chunk = Packer::default();
    assert!(chunk.add(&Spot::click(selector, [100, 200, 80, 40], [40, 20]), 500));
    Heat {
        seq,
        data: base64::encode(&chunk.pack()),
    }
}
