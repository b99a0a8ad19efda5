//! Where visitors struggle: rage, dead and error clicks, a thrashed cursor.
//!
//! Enters: clicks and moves of the pointer, and what the edge saw come of a click. Leaves: barriers. Which elements are spared
//! (steppers, carousels, text fields, media, ...) the edge tells per click: `SPARED` in src/web/barriers.js.

use crate::{
    config::{Config, RAGE_CLICK},
    conversion::{Conversion, add},
    time::Millis,
};

/// So many clicks on one element, each within [`RAGE_MS`] of the one before and within [`RAGE_PX`] of the first, are rage.
const RAGE_CLICKS: u32 = 3;
const RAGE_MS: u64 = 1000;
const RAGE_PX: f64 = 30.0;
/// An error this soon after a click was made by it.
const ERROR_MS: u64 = 1000;
/// So many turns of the pointer within [`THRASH_MS`] are thrashing; what a turn is stands in src/web/barriers.js. Reading along
/// a line turns twice a second at most.
const TURNS: u32 = 10;
const THRASH_MS: u64 = 2000;
/// Thrashing is told again only after this.
const THRASH_PAUSE_MS: u64 = 30_000;

/// The last clicks and moves.
#[derive(Clone, Debug, Default)]
pub struct Frustration {
    /// Selector of what was clicked last, and when.
    element: String,
    clicked_at: Millis,
    /// Of the clicks in a row: how many, and where the first was.
    clicks: u32,
    first: [f64; 2],
    erred: bool,
    /// How often the pointer turned, since when.
    turns: u32,
    turning_since: Millis,
}

impl Frustration {
    /// Notes a click on `element` at a `place` of the page; `spared` where clicking often is what it is for.
    pub fn click(
        &mut self,
        config: &Config,
        element: &str,
        place: [f64; 2],
        spared: bool,
        now: Millis,
        out: &mut Vec<Conversion>,
    ) {
        let [x, y] = [place[0] - self.first[0], place[1] - self.first[1]];
        // The longer of both ways is near enough to a length.
        let apart = x.abs().max(y.abs());
        if spared
            || now.since(self.clicked_at) > RAGE_MS
            || apart > RAGE_PX
            || element != self.element
        {
            self.clicks = 0;
            self.first = place;
        }
        self.clicks += u32::from(!spared);
        self.clicked_at = now;
        self.erred = false;
        // A hand that clicks is not thrashing about.
        self.turns = 0;
        element.clone_into(&mut self.element);
        if self.clicks == RAGE_CLICKS && config.has(RAGE_CLICK) {
            self.barrier("rage_click", out);
        }
    }

    /// Notes that nothing came of the last click; where that was an error, it is told already.
    pub fn unanswered(&self, out: &mut Vec<Conversion>) {
        if !self.erred {
            self.barrier("dead_click", out);
        }
    }

    /// Notes an error of the page, which the last click may have made.
    pub fn error(&mut self, error: &str, now: Millis, out: &mut Vec<Conversion>) {
        if !self.erred && now.since(self.clicked_at) <= ERROR_MS {
            self.erred = true;
            self.barrier("error_click", out).text("error", error);
        }
    }

    /// Notes that the pointer moves, and whether it `turned` back. Allocates nothing.
    pub fn moved(&mut self, turned: bool, now: Millis, out: &mut Vec<Conversion>) {
        if now.since(self.turning_since) > THRASH_MS {
            self.turns = 0;
        }
        if !turned || now < self.turning_since {
            return;
        }
        if self.turns == 0 {
            self.turning_since = now;
        }
        self.turns += 1;
        if self.turns == TURNS {
            self.turning_since = now.plus(THRASH_PAUSE_MS);
            self.turns = 0;
            add(out, "thrashed_cursor");
        }
    }

    fn barrier<'v>(&self, name: &str, out: &'v mut Vec<Conversion>) -> &'v mut Conversion {
        let told = add(out, name);
        told.text("element", &self.element);
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config {
            on: u32::MAX,
            ..Config::default()
        }
    }

    /// Clicks at times, each at `(ms, x, spared)`; returns how many rages were told.
    fn rages(clicks: &[(u64, f64, bool)]) -> usize {
        let mut frustration = Frustration::default();
        let mut told = Vec::new();
        for (at, x, spared) in clicks {
            let at = Millis(10_000 + at);
            frustration.click(&config(), "#buy", [*x, 10.0], *spared, at, &mut told);
        }
        told.len()
    }

    #[test]
    fn rage_is_three_quick_clicks_on_one_spot() {
        for (clicks, told, case) in [
            (
                vec![(0, 50.0, false), (200, 52.0, false), (400, 49.0, false)],
                1,
                "three quick ones",
            ),
            (
                vec![(0, 50.0, false), (200, 50.0, false)],
                0,
                "a double click",
            ),
            (
                vec![(0, 50.0, false), (1200, 50.0, false), (2400, 50.0, false)],
                0,
                "slow ones",
            ),
            (
                vec![(0, 50.0, false), (200, 90.0, false), (400, 50.0, false)],
                0,
                "about the page",
            ),
            (
                vec![
                    (0, 50.0, true),
                    (200, 50.0, true),
                    (400, 50.0, true),
                    (600, 50.0, true),
                ],
                0,
                "a stepper",
            ),
            (
                vec![
                    (0, 5.0, false),
                    (150, 5.0, false),
                    (300, 5.0, false),
                    (450, 5.0, false),
                    (600, 5.0, false),
                ],
                1,
                "five are one rage",
            ),
            (
                vec![
                    (0, 5.0, false),
                    (150, 5.0, false),
                    (300, 5.0, true),
                    (450, 5.0, false),
                ],
                0,
                "broken by a spared one",
            ),
        ] {
            assert_eq!(rages(&clicks), told, "{case}");
        }
    }

    #[test]
    fn an_error_right_after_a_click_is_its_own() {
        let mut frustration = Frustration::default();
        let mut told = Vec::new();
        for (clicked, at, count, case) in [
            (None, 9000, 0, "nothing was clicked"),
            (Some(10_000), 10_300, 1, "right after"),
            (None, 10_400, 1, "once a click"),
            (Some(20_000), 21_500, 1, "too late"),
            (Some(30_000), 30_900, 2, "after another click"),
        ] {
            if let Some(at) = clicked {
                frustration.click(&config(), "#buy", [0.0; 2], false, Millis(at), &mut told);
            }
            frustration.error("TypeError", Millis(at), &mut told);
            assert_eq!(told.len(), count, "{case}");
        }
        let element = told[0].get("element").and_then(crate::value::Value::as_str);
        assert_eq!(element, Some("#buy"));
    }

    #[test]
    fn a_click_that_made_an_error_is_not_dead_too() {
        let mut frustration = Frustration::default();
        for (at, errs, name) in [(10_000, true, "error_click"), (20_000, false, "dead_click")] {
            let mut told = Vec::new();
            frustration.click(&config(), "#buy", [0.0; 2], false, Millis(at), &mut told);
            if errs {
                frustration.error("TypeError", Millis(at + 5), &mut told);
            }
            frustration.unanswered(&mut told);
            let names: Vec<_> = told.iter().map(|told| &told.name).collect();
            assert_eq!(names, [name]);
        }
    }

    /// Moves every `ms`; returns how many thrashes were told.
    fn thrashes(ms: u64, turned: bool) -> usize {
        let mut frustration = Frustration::default();
        let mut told = Vec::new();
        for step in 0..40 {
            frustration.moved(turned, Millis(10_000 + step * ms), &mut told);
        }
        told.len()
    }

    #[test]
    fn a_cursor_is_thrashed_by_many_quick_turns() {
        assert_eq!(thrashes(100, true), 1, "to and fro, told once");
        assert_eq!(thrashes(400, true), 0, "reading along lines");
        assert_eq!(thrashes(100, false), 0, "one way across");
    }
}
