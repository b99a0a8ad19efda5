//! Which visitor, which visit.
//!
//! Enters: what was saved, here or by another tab, and the time of each thing done. Leaves: the session it belongs to, and
//! the text to save.
//!
//! A visit is the browser's and not the tab's. It keeps the source with which it began: what refers to it later changes
//! nothing, a direct visit stays a direct one, and none takes over the source of the visit before. A campaign's link begins
//! a new visit, for all tabs, as in Matomo and Universal Analytics: its result must be told apart.

use core::cmp::Reverse;

use crate::{
    id::{Chance, Id},
    json::write_int,
    text::{append, before, cut, is_listed, parts, read_int},
    time::Millis,
    value::{Entries, Value},
    wire,
};

/// A visit ends after this long without anything done; the rule of GA4 and most others.
pub const IDLE_MS: u64 = 30 * 60 * 1000;
/// A visit ends after this long whatever is done: a screen on a shop's wall is no visit of a week.
pub const MAX_VISIT_MS: u64 = 24 * 60 * 60 * 1000;
/// First line of the saved text. Lines that an older version of this file did not write stand at its end.
const SAVED_VERSION: &str = "1";
/// Begins a line of the first source, before its key.
const FIRST: char = '<';
/// Begins a line of [`Session::extra`].
const EXTRA: char = '~';
/// Entries of a source that no campaign's link carries.
const NO_CAMPAIGN: &str = "referrer channel";

/// A visitor within a visit.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// The browser, over visits.
    pub visitor: Id,
    /// What the shop calls the customer; empty until it said so.
    pub user: String,
    /// The visit, as it stands on the wire. `bot` is not saved: each page says it anew.
    pub visit: wire::Session,
    /// What others keep with the visitor: lines that begin with `~`, each behind a line break. Whoever changes them saves at
    /// once, because another tab's text replaces them, see [`Session::merge`].
    pub extra: String,
    last_active_at: Millis,
}

impl Session {
    /// Returns the first visit of a new visitor.
    pub fn fresh(source: Entries, now: Millis, chance: &mut Chance) -> Self {
        let visit = wire::Session {
            id: chance.id(now),
            number: 1,
            started_at: now,
            source,
            ..wire::Session::default()
        };
        Self {
            visitor: chance.id(now),
            user: String::new(),
            visit,
            extra: String::new(),
            last_active_at: now,
        }
    }

    /// Returns the visit in `saved` where it goes on, else a new one, of the same visitor where `saved` names one.
    ///
    /// A text that this file did not write counts as none. The source of a new visit is `source`.
    pub fn resume(saved: &str, source: Entries, now: Millis, chance: &mut Chance) -> Self {
        let Some(mut session) = Self::read(saved) else {
            return Self::fresh(source, now, chance);
        };
        session.enter(source, now, chance);
        session
    }

    /// Notes that a page was opened, from `source`; `true` where that began a new visit.
    pub fn enter(&mut self, source: Entries, now: Millis, chance: &mut Chance) -> bool {
        let ends = self.ends(&source, now);
        if ends {
            self.renew(source, now, chance);
        }
        self.last_active_at = now;
        ends
    }

    /// Returns whether a page opened from `source` begins a new visit.
    #[must_use]
    pub fn ends(&self, source: &Entries, now: Millis) -> bool {
        // A reload of the campaign's page, or its address once more behind a payment, is no new campaign.
        let campaign = source
            .iter()
            .any(|entry| !is_listed(NO_CAMPAIGN, &entry.0) && !self.visit.source.contains(entry));
        campaign || self.is_over(now)
    }

    /// Returns when the visit ends, unless something is done before.
    #[must_use]
    pub fn ends_at(&self) -> Millis {
        let day = self.visit.started_at.plus(MAX_VISIT_MS);
        self.last_active_at.plus(IDLE_MS).min(day)
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
        now >= self.ends_at()
    }

    /// Takes in what another tab has saved meanwhile. Where another visit, or visitor, is this tab's from now on, returns what
    /// was before.
    ///
    /// Of two visits the later one holds, and of two visitors, whom two tabs made at one moment, the older. Both tabs
    /// come to the same whichever hears first. A text of an earlier visit, from a tab that slept, changes nothing.
    pub fn merge(&mut self, saved: &str) -> Option<Self> {
        let mut other = Self::read(saved)?;
        let (ours, theirs) = (self.rank(), other.rank());
        if theirs < ours {
            return None;
        }
        if theirs == ours {
            other.last_active_at = other.last_active_at.max(self.last_active_at);
        }
        other.visit.bot = self.visit.bot.clone();
        let before = core::mem::replace(self, other);
        (theirs > ours).then_some(before)
    }

    /// Orders all visits of all tabs, so that the greater of two is the same to everybody.
    fn rank(&self) -> (Reverse<Id>, u32, Reverse<Id>) {
        (
            Reverse(self.visitor),
            self.visit.number,
            Reverse(self.visit.id),
        )
    }

    fn renew(&mut self, source: Entries, now: Millis, chance: &mut Chance) {
        let visit = &mut self.visit;
        if visit.first_source.is_empty() {
            visit.first_source = core::mem::take(&mut visit.source);
        }
        if visit.first_source == source {
            visit.first_source = Entries::new();
        }
        visit.id = chance.id(now);
        visit.number = visit.number.saturating_add(1);
        visit.started_at = now;
        visit.source = source;
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
        for (mark, source) in [
            ("\n", &self.visit.source),
            ("\n<", &self.visit.first_source),
        ] {
            for (key, value) in source {
                append(
                    &mut out,
                    &[mark, key, "=", value.as_str().unwrap_or_default()],
                );
            }
        }
        out.push_str(&self.extra);
        out
    }

    /// Returns the visit in `saved`, whether it goes on or not; `None` where this file did not write the text.
    #[must_use]
    pub fn read(saved: &str) -> Option<Self> {
        let mut lines = parts(saved, b'\n');
        if lines.next() != Some(SAVED_VERSION) {
            return None;
        }
        let mut id = || Id::parse(lines.next()?);
        let (visitor, id) = (id()?, id()?);
        let mut number = || read_int(lines.next()?);
        let (count, started_at, last_active_at) = (number()?, number()?, number()?);
        let user = lines.next()?.to_owned();
        let mut visit = wire::Session {
            id,
            number: count as u32,
            started_at: Millis(started_at),
            ..wire::Session::default()
        };
        let mut extra = String::new();
        for line in lines {
            if line.starts_with(EXTRA) {
                append(&mut extra, &["\n", line]);
            } else if let Some((key, text)) = cut(line, b'=') {
                let (source, key) = match key.strip_prefix(FIRST) {
                    Some(key) => (&mut visit.first_source, key),
                    None => (&mut visit.source, key),
                };
                source.push((key.to_owned(), Value::from(text)));
            }
        }
        Some(Self {
            visitor,
            user,
            visit,
            extra,
            last_active_at: Millis(last_active_at),
        })
    }
}

#[cfg(test)]
mod tests;
