//! Which visitor, which visit.
//!
//! Enters: what was saved, the time of each thing done. Leaves: the session it belongs to, and the text to save.

use crate::{
    id::{Chance, Id},
    json::write_int,
    text::{append, before, cut, parts, read_int},
    time::Millis,
    value::{Entries, Value},
    wire,
};

/// A visit ends after this long without anything done; the rule of GA4 and most others.
pub const IDLE_MS: u64 = 30 * 60 * 1000;
/// First line of the saved text.
const SAVED_VERSION: &str = "1";

/// A visitor within a visit.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// The browser, over visits.
    pub visitor: Id,
    /// What the shop calls the customer; empty until it said so.
    pub user: String,
    /// The visit, as it stands on the wire.
    pub visit: wire::Session,
    last_active_at: Millis,
}

impl Session {
    /// Returns the visit in `saved` where it goes on, else a new one, of the same visitor where `saved` names one.
    ///
    /// A text that this version did not write counts as none. The source of a new visit is `source`.
    pub fn resume(saved: &str, source: Entries, now: Millis, chance: &mut Chance) -> Self {
        let Some(mut session) = Self::read(saved) else {
            let visit = wire::Session {
                id: chance.id(now),
                number: 1,
                started_at: now,
                source,
            };
            return Self {
                visitor: chance.id(now),
                user: String::new(),
                visit,
                last_active_at: now,
            };
        };
        // A campaign's link begins a new visit, as in Matomo and Universal Analytics: its result must be told apart.
        let campaign =
            source.iter().any(|(key, _)| key != "referrer") && source != session.visit.source;
        if campaign || session.is_over(now) {
            session.renew(source, now, chance);
        }
        session.last_active_at = now;
        session
    }

    /// Notes that something was done at `now`; `true` where that began a new visit.
    pub fn touch(&mut self, now: Millis, chance: &mut Chance) -> bool {
        let over = self.is_over(now);
        if over {
            self.renew(Entries::new(), now, chance);
        }
        self.last_active_at = now.max(self.last_active_at);
        over
    }

    /// Returns whether something done at `now` begins a new visit.
    #[must_use]
    pub fn is_over(&self, now: Millis) -> bool {
        now.since(self.last_active_at) >= IDLE_MS
    }

    fn renew(&mut self, source: Entries, now: Millis, chance: &mut Chance) {
        let number = self.visit.number.saturating_add(1);
        self.visit = wire::Session {
            id: chance.id(now),
            number,
            started_at: now,
            source,
        };
    }

    /// Returns the text that [`Session::resume`] takes on the next page.
    #[must_use]
    pub fn to_saved(&self) -> String {
        let mut out = String::from(SAVED_VERSION);
        for id in [self.visitor, self.visit.id] {
            out.push('\n');
            id.write(&mut out);
        }
        for number in [
            u64::from(self.visit.number),
            self.visit.started_at.0,
            self.last_active_at.0,
        ] {
            out.push('\n');
            write_int(&mut out, number);
        }
        append(&mut out, &["\n", before(&self.user, b'\n')]);
        for (key, value) in &self.visit.source {
            append(
                &mut out,
                &["\n", key, "=", value.as_str().unwrap_or_default()],
            );
        }
        out
    }

    fn read(saved: &str) -> Option<Self> {
        let mut lines = parts(saved, b'\n');
        if lines.next() != Some(SAVED_VERSION) {
            return None;
        }
        let mut ids = [Id::default(); 2];
        for id in &mut ids {
            *id = Id::parse(lines.next()?)?;
        }
        let mut numbers = [0; 3];
        for number in &mut numbers {
            *number = read_int(lines.next()?)?;
        }
        let [visitor, id] = ids;
        let [number, started_at, last_active_at] = numbers;
        let user = lines.next()?.to_owned();
        let mut source = Entries::new();
        for (key, text) in lines.filter_map(|line| cut(line, b'=')) {
            source.push((key.to_owned(), Value::from(text)));
        }
        let visit = wire::Session {
            id,
            number: number as u32,
            started_at: Millis(started_at),
            source,
        };
        Some(Self {
            visitor,
            user,
            visit,
            last_active_at: Millis(last_active_at),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const START: Millis = Millis(1_763_827_200_000);

    fn mail() -> Entries {
        vec![("utm_source".to_owned(), Value::from("spring=mail"))]
    }

    #[test]
    fn a_visit_goes_on_over_pages_until_half_an_hour_without_anything_done() {
        let chance = &mut Chance::new([3; 2]);
        let first = Session::resume("", mail(), START, chance);
        assert_eq!((first.visit.number, first.visit.started_at), (1, START));
        for (after, number) in [(1, 1), (IDLE_MS - 1, 1), (IDLE_MS, 2)] {
            let next =
                Session::resume(&first.to_saved(), Entries::new(), START.plus(after), chance);
            assert_eq!(next.visit.number, number, "{after}");
            assert_eq!(next.visitor, first.visitor);
            assert_eq!(next.visit.id == first.visit.id, number == 1);
            assert_eq!(
                next.visit.source.is_empty(),
                number == 2,
                "the source is the visit's own"
            );
        }
    }

    #[test]
    fn a_campaign_begins_a_new_visit_but_its_reload_does_not() {
        let chance = &mut Chance::new([3; 2]);
        let first = Session::resume("", Entries::new(), START, chance);
        let clicked = Session::resume(&first.to_saved(), mail(), START.plus(1), chance);
        assert_eq!((clicked.visit.number, &clicked.visit.source), (2, &mail()));
        let reloaded = Session::resume(&clicked.to_saved(), mail(), START.plus(2), chance);
        assert_eq!(reloaded.visit.id, clicked.visit.id);
    }

    #[test]
    fn a_long_pause_within_a_page_begins_a_new_visit() {
        let chance = &mut Chance::new([3; 2]);
        let mut session = Session::resume("", mail(), START, chance);
        assert!(!session.touch(START.plus(IDLE_MS - 1), chance));
        assert!(
            !session.touch(START.plus(IDLE_MS), chance),
            "touched meanwhile"
        );
        assert!(session.touch(START.plus(3 * IDLE_MS), chance));
        assert_eq!(session.visit.number, 2);
    }

    #[test]
    fn a_text_that_is_not_ours_counts_as_none() {
        let chance = &mut Chance::new([3; 2]);
        for saved in ["", "0", "1", "1\nx\ny", "{\"v\":1}", "1\n\n\n\n\n\n"] {
            assert_eq!(
                Session::resume(saved, Entries::new(), START, chance)
                    .visit
                    .number,
                1,
                "{saved:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_was_saved_is_resumed(seed: [u64; 2], user in "[^\n]*", value in "[^\n]*") {
            let chance = &mut Chance::new(seed);
            let mut session = Session::resume("", vec![("utm_id".to_owned(), Value::from(value))], START, chance);
            session.user = user;
            let source = session.visit.source.clone();
            prop_assert_eq!(Session::resume(&session.to_saved(), source, START, chance), session);
        }

        #[test]
        fn any_saved_text_is_survived(saved: String) {
            Session::resume(&saved, Entries::new(), START, &mut Chance::new([1; 2]));
        }
    }
}
