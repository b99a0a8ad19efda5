//! Where visitors struggle: rage, dead and error clicks, a thrashed cursor.
//!
//! Enters: clicks and moves of the pointer, and what the edge saw come of a click. Leaves: barriers. Which elements are spared
//! (steppers, carousels, text fields, media, ...) the edge tells per click: `SPARED` in src/web/listen.js.

use crate::{config::Config, conversion::Conversion, time::Millis};

/// So many clicks, each within [`RAGE_MS`] of the one before and within [`RAGE_PX`] of the first, are rage.
const RAGE_CLICKS: u32 = 3;
const RAGE_MS: u64 = 1000;
const RAGE_PX: f64 = 30.0;
/// An error this soon after a click was made by it.
const ERROR_MS: u64 = 1000;
/// So many turns within [`THRASH_MS`] are thrashing, each after at least [`THRASH_PX`]. Reading along a line turns twice a
/// second at most.
const TURNS: u32 = 10;
const THRASH_MS: u64 = 2000;
const THRASH_PX: f64 = 30.0;
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
    /// Of the pointer: where it turned or stood last, which way it went, how often it turned since when.
    place: [f64; 2],
    way: [f64; 2],
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
    ) -> Option<Conversion> {
        let apart = length(difference(place, self.first));
        if spared || now.since(self.clicked_at) > RAGE_MS || apart > RAGE_PX {
            self.clicks = 0;
            self.first = place;
        }
        self.clicks += u32::from(!spared);
        self.clicked_at = now;
        self.erred = false;
        // A hand that clicks is not thrashing about.
        self.turns = 0;
        element.clone_into(&mut self.element);
        (self.clicks == RAGE_CLICKS && config.has("rage_click")).then(|| self.barrier("rage_click"))
    }

    /// Notes that nothing came of the last click.
    #[must_use]
    pub fn unanswered(&self) -> Conversion {
        self.barrier("dead_click")
    }

    /// Notes an error of the page, which the last click may have made.
    pub fn error(&mut self, error: &str, now: Millis) -> Option<Conversion> {
        if self.erred || now.since(self.clicked_at) > ERROR_MS {
            return None;
        }
        self.erred = true;
        let mut out = self.barrier("error_click");
        out.text("error", error);
        Some(out)
    }

    /// Notes where the pointer is. Allocates nothing.
    pub fn moved(&mut self, place: [f64; 2], now: Millis) -> Option<Conversion> {
        let step = difference(place, self.place);
        if length(step) < THRASH_PX {
            return None;
        }
        self.place = place;
        let turned = step[0] * self.way[0] + step[1] * self.way[1] < 0.0;
        self.way = step;
        if now.since(self.turning_since) > THRASH_MS {
            self.turns = 0;
        }
        if !turned || now < self.turning_since {
            return None;
        }
        if self.turns == 0 {
            self.turning_since = now;
        }
        self.turns += 1;
        (self.turns == TURNS).then(|| {
            self.turning_since = now.plus(THRASH_PAUSE_MS);
            self.turns = 0;
            Conversion::new("thrashed_cursor")
        })
    }

    fn barrier(&self, name: &str) -> Conversion {
        let mut out = Conversion::new(name);
        out.text("element", &self.element);
        out
    }
}

fn difference(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] - b[0], a[1] - b[1]]
}

/// Returns the longer of both ways, which is near enough to a length.
fn length(way: [f64; 2]) -> f64 {
    way[0].abs().max(way[1].abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config {
            built_ins: u32::MAX,
            ..Config::default()
        }
    }

    /// Clicks at times, each at `(ms, x, spared)`; returns how many rages were told.
    fn rages(clicks: &[(u64, f64, bool)]) -> usize {
        let mut frustration = Frustration::default();
        let told = clicks.iter().filter_map(|(at, x, spared)| {
            frustration.click(&config(), "#buy", [*x, 10.0], *spared, Millis(10_000 + at))
        });
        told.count()
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
        assert!(
            frustration.error("TypeError", Millis(9000)).is_none(),
            "nothing was clicked"
        );
        frustration.click(&config(), "#buy", [0.0; 2], false, Millis(10_000));
        let told = frustration
            .error("TypeError", Millis(10_300))
            .expect("an error click");
        assert_eq!(
            told.get("element").and_then(crate::value::Value::as_str),
            Some("#buy")
        );
        assert!(
            frustration.error("TypeError", Millis(10_400)).is_none(),
            "once a click"
        );
        frustration.click(&config(), "#buy", [0.0; 2], false, Millis(20_000));
        assert!(
            frustration.error("TypeError", Millis(21_500)).is_none(),
            "too late"
        );
    }

    /// Moves by steps of `(ms, x)`; returns how many thrashes were told.
    fn thrashes(steps: impl Iterator<Item = (u64, f64)>) -> usize {
        let mut frustration = Frustration::default();
        steps
            .filter_map(|(at, x)| frustration.moved([x, 300.0], Millis(10_000 + at)))
            .count()
    }

    #[test]
    fn a_cursor_is_thrashed_by_many_quick_turns() {
        let zigzag =
            |ms: u64, px: f64| (0..40u32).map(move |i| (u64::from(i) * ms, f64::from(i % 2) * px));
        assert_eq!(thrashes(zigzag(100, 200.0)), 1, "to and fro, told once");
        assert_eq!(thrashes(zigzag(400, 200.0)), 0, "reading along lines");
        assert_eq!(thrashes(zigzag(100, 8.0)), 0, "a trembling hand");
        assert_eq!(
            thrashes((0..100u32).map(|i| (u64::from(i) * 20, f64::from(i) * 40.0))),
            0,
            "one way across"
        );
    }
}
