//! What was really seen. Enters: how much of an element is in view. Leaves: which elements were in view for long enough.
//!
//! Viewability as advertisers count it: so much of the area, for so long without a break, once.

use crate::{conversion::Found, time::Millis};

/// Elements followed on one page; who scrolls past more sees none of them.
const MAX_ELEMENTS: usize = 500;

/// An element that is followed.
#[derive(Clone, Debug)]
struct View {
    what: [u32; 2],
    said: String,
    in_card: bool,
    is_derived: bool,
    /// When it will have been seen; never while it is out of view.
    due_at: Millis,
    told: bool,
}

/// What is in view.
#[derive(Clone, Debug, Default)]
pub struct Viewing {
    views: Vec<View>,
}

impl Viewing {
    /// Notes that an element, numbered by `what`, is in view (`enough` of it), or no longer, and what stands there. It will have
    /// been seen after `dwell_ms`.
    pub fn observe(
        &mut self,
        what: [u32; 2],
        enough: bool,
        found: Found<'_>,
        dwell_ms: u64,
        now: Millis,
    ) {
        let known = self.views.iter_mut().find(|view| view.what == what);
        let due_at = if enough {
            now.plus(dwell_ms)
        } else {
            Millis::NEVER
        };
        if let Some(view) = known {
            // What stays in view has waited already.
            if !enough || view.due_at == Millis::NEVER {
                view.due_at = due_at;
            }
        } else if self.views.len() < MAX_ELEMENTS {
            self.views.push(View {
                what,
                said: found.said.to_owned(),
                in_card: found.in_card,
                is_derived: found.is_derived,
                due_at,
                told: false,
            });
        }
    }

    /// Gives to `told` what has been seen by now and was not told.
    pub fn seen(&mut self, now: Millis, told: &mut dyn FnMut(Found<'_>)) {
        for view in &mut self.views {
            if !view.told && view.due_at <= now {
                view.told = true;
                told(Found {
                    said: &view.said,
                    pressed: false,
                    in_card: view.in_card,
                    is_derived: view.is_derived,
                    is_shown: true,
                });
            }
        }
    }

    /// Returns when the next element will have been seen.
    #[must_use]
    pub fn next_at(&self) -> Millis {
        let mut next = Millis::NEVER;
        for view in &self.views {
            if !view.told {
                next = next.min(view.due_at);
            }
        }
        next
    }

    /// Notes that the page is out of view, and everything on it.
    pub fn hide(&mut self) {
        for view in &mut self.views {
            view.due_at = Millis::NEVER;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(viewing: &mut Viewing, now: u64) -> usize {
        let mut count = 0;
        viewing.seen(Millis(now), &mut |_| count += 1);
        count
    }

    #[test]
    fn an_element_counts_once_after_a_second_without_a_break() {
        for (reports, told, case) in [
            (vec![(0, true)], 1, "stays"),
            (vec![(0, true), (900, false)], 0, "gone too soon"),
            (
                vec![(0, true), (600, false), (700, true), (1500, false)],
                0,
                "twice half a second",
            ),
            (vec![(0, true), (500, true)], 1, "more of it came into view"),
            (vec![(0, false)], 0, "a corner of it"),
            (
                vec![(0, true), (1200, false), (2000, true)],
                1,
                "again is no second time",
            ),
        ] {
            let mut viewing = Viewing::default();
            let mut count = 0;
            for (at, enough) in reports {
                count += seen(&mut viewing, at);
                viewing.observe([7, 0], enough, Found::default(), 1000, Millis(at));
            }
            count += seen(&mut viewing, 5000);
            assert_eq!(count, told, "{case}");
        }
    }

    #[test]
    fn a_hidden_page_shows_nothing() {
        let mut viewing = Viewing::default();
        viewing.observe([1, 0], true, Found::default(), 1000, Millis(0));
        assert_eq!(viewing.next_at(), Millis(1000));
        viewing.hide();
        assert_eq!(seen(&mut viewing, 9000), 0);
        assert_eq!(viewing.next_at(), Millis::NEVER);
    }
}
