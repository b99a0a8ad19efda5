//! What was really seen. Enters: how much of an element is in view. Leaves: which elements were in view for long enough.
//!
//! Viewability as advertisers count it: so much of the area, for so long without a break, once.

use crate::{conversion::Found, time::Millis};

/// Elements followed on one page; who scrolls past more sees none of them.
const MAX_ELEMENTS: usize = 500;

/// An element that is followed.
#[derive(Clone, Debug)]
struct View {
    element: u32,
    rule: usize,
    found: Found,
    due_at: Option<Millis>,
    told: bool,
}

/// What is in view.
#[derive(Clone, Debug, Default)]
pub struct Viewing {
    views: Vec<View>,
}

impl Viewing {
    /// Notes that rule `rule`'s element number `element` is in view (`enough` of it), or no longer, and what its fields found.
    /// It will have been seen after `dwell_ms`.
    pub fn observe(
        &mut self,
        element: u32,
        rule: usize,
        enough: bool,
        found: Found,
        dwell_ms: u32,
        now: Millis,
    ) {
        let known = self
            .views
            .iter_mut()
            .find(|view| view.element == element && view.rule == rule);
        let due_at = enough.then(|| now.plus(u64::from(dwell_ms)));
        if let Some(view) = known {
            if view.due_at.is_some() != enough {
                view.due_at = due_at;
            }
        } else if self.views.len() < MAX_ELEMENTS {
            self.views.push(View {
                element,
                rule,
                found,
                due_at,
                told: false,
            });
        }
    }

    /// Returns what has been seen by now and was not told: rules, and what their fields found.
    pub fn seen(&mut self, now: Millis) -> Vec<(usize, Found)> {
        let mut out = Vec::new();
        for view in &mut self.views {
            if !view.told && view.due_at.is_some_and(|at| at <= now) {
                view.told = true;
                out.push((view.rule, core::mem::take(&mut view.found)));
            }
        }
        out
    }

    /// Returns when the next element will have been seen.
    #[must_use]
    pub fn next_at(&self) -> Option<Millis> {
        let waiting = self.views.iter().filter(|view| !view.told);
        waiting.filter_map(|view| view.due_at).min()
    }

    /// Notes that the page is out of view, and everything on it.
    pub fn hide(&mut self) {
        for view in &mut self.views {
            view.due_at = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                count += viewing.seen(Millis(at)).len();
                viewing.observe(7, 0, enough, Found::default(), 1000, Millis(at));
            }
            count += viewing.seen(Millis(5000)).len();
            assert_eq!(count, told, "{case}");
        }
    }

    #[test]
    fn a_hidden_page_shows_nothing() {
        let mut viewing = Viewing::default();
        viewing.observe(1, 0, true, Found::default(), 1000, Millis(0));
        assert_eq!(viewing.next_at(), Some(Millis(1000)));
        viewing.hide();
        assert!(viewing.seen(Millis(9000)).is_empty());
        assert_eq!(viewing.next_at(), None);
    }
}
