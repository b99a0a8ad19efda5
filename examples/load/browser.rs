//! A browser that visits a shop, and makes its envelopes.

use spoor::{
    base64,
    heatmap::{Packer, Spot},
    id::{Chance, Id},
    time::Millis,
    value::{Entries, Value},
    wire::{Envelope, Event, Heat, Page, Session, VERSION},
};

/// One visit.
pub struct Browser {
    pub chance: Chance,
    site: String,
    visitor: Id,
    session: Session,
    viewport: [u32; 2],
}

impl Browser {
    /// Returns the visit that `seed` makes.
    pub fn new(seed: [u64; 2], site: &str, started_at: Millis, viewport: [u32; 2]) -> Self {
        let mut chance = Chance::new(seed);
        Self {
            site: site.to_owned(),
            visitor: chance.id(started_at),
            session: Session {
                id: chance.id(started_at),
                number: 1,
                started_at,
                ..Session::default()
            },
            viewport,
            chance,
        }
    }

    /// Lets this visitor make the visit, whom this campaign brought; empty for none.
    pub fn by(mut self, visitor: Id, campaign: &str) -> Self {
        self.visitor = visitor;
        if !campaign.is_empty() {
            let told = [("utm_campaign", campaign), ("channel", "email")];
            self.session.source = told
                .map(|(name, value)| (name.to_owned(), Value::from(value)))
                .into();
        }
        self
    }

    /// Returns a page view without anything on it.
    pub fn page(&mut self, path: &str, title: &str, opened_at: Millis) -> Page {
        let [width, height] = self.viewport;
        Page {
            id: self.chance.id(opened_at),
            opened_at,
            url: format!("https://shop.example{path}"),
            title: title.to_owned(),
            language: "en".to_owned(),
            viewport: [width, height],
            document: [width, height * 4],
            ..Page::default()
        }
    }

    /// Returns the body of a batch.
    pub fn body(&mut self, pages: Vec<Page>, sent_at: Millis) -> String {
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
        .to_json()
    }

    /// Tells whether something with these chances in a hundred happens.
    pub fn happens(&mut self, in_hundred: u64) -> bool {
        self.chance.below(100) < in_hundred
    }
}

/// Adds an event to the page, `t` milliseconds after it was opened.
pub fn add(page: &mut Page, t: u64, name: &str, params: Entries) {
    page.events.push(Event {
        seq: page.events.len() as u32 + 1,
        t: t as u32,
        name: name.to_owned(),
        params,
    });
}

/// Returns the parameters of an event on one item.
pub fn item(id: &str, name: &str, price: f64) -> Entries {
    let facts = vec![
        ("item_id".to_owned(), Value::from(id)),
        ("item_name".to_owned(), Value::from(name)),
        ("price".to_owned(), Value::from(price)),
        ("quantity".to_owned(), Value::from(1.0)),
    ];
    vec![
        ("currency".to_owned(), Value::from("EUR")),
        ("value".to_owned(), Value::from(price)),
        ("items".to_owned(), Value::List(vec![Value::Map(facts)])),
    ]
}

/// Adds a click to the page's heat.
pub fn click(chunk: &mut Packer, selector: &str, rect: [u32; 4], offset: [u32; 2], t: u64) {
    // A chunk of one page view is never full.
    let _ = chunk.add(&Spot::click(selector, rect, offset), t as u32);
}

/// Returns the chunk as it travels.
pub fn heat(chunk: &mut Packer, seq: u32) -> Heat {
    Heat {
        seq,
        data: base64::encode(&chunk.pack()),
    }
}
