//! Where attention was: how long each band of the page was in view. Enters: which part of the document is in view.
//! Leaves: `user_engagement`, when the page is left.

use crate::{
    conversion::{Conversion, add},
    time::{Millis, seconds},
    value::Value,
};

/// Bands from the top of the document to its end, each a twentieth.
const BANDS: usize = 20;
/// Who does nothing for longer than this has looked away.
const MAX_STILL_MS: u64 = 30_000;
/// Less is no attention: the page was passed through.
const MIN_MS: u64 = 1000;

/// What is in view, and what was.
#[derive(Clone, Debug)]
pub struct Attention {
    ms: [u64; BANDS],
    engaged_ms: u64,
    /// First and last band in view, and since when; never while the page is hidden.
    first: usize,
    last: usize,
    since: Millis,
}

impl Default for Attention {
    fn default() -> Self {
        Self {
            ms: [0; BANDS],
            engaged_ms: 0,
            first: 0,
            last: 0,
            since: Millis::NEVER,
        }
    }
}

impl Attention {
    /// Notes that the document is in view from `top` to `bottom`, in percent.
    pub fn look(&mut self, top: f64, bottom: f64, now: Millis) {
        self.touch(now);
        // What bounces beyond an edge is at that edge: a negative number becomes 0.
        let band = |percent: f64| ((percent / 100.0 * BANDS as f64) as usize).min(BANDS - 1);
        (self.first, self.last, self.since) = (band(top), band(bottom - 0.1), now);
    }

    /// Notes that the visitor is there. Allocates nothing.
    pub fn touch(&mut self, now: Millis) {
        let ms = now.since(self.since).min(MAX_STILL_MS);
        self.since = now.max(self.since);
        self.engaged_ms += ms;
        for band in self.ms.iter_mut().take(self.last + 1).skip(self.first) {
            *band += ms;
        }
    }

    /// Ends the view of the page; tells what of it is to be told, in whole tenths of seconds per band.
    pub fn end(&mut self, now: Millis, out: &mut Vec<Conversion>) {
        self.touch(now);
        if self.engaged_ms >= MIN_MS {
            let told = add(out, "user_engagement");
            told.num("engagement_time_msec", self.engaged_ms as f64);
            let mut bands = Vec::new();
            for ms in self.ms {
                bands.push(Value::Num(seconds(ms)));
            }
            told.put("attention", Value::List(bands));
        }
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(attention: &mut Attention, now: u64) -> Option<Conversion> {
        let mut told = Vec::new();
        attention.end(Millis(now), &mut told);
        told.pop()
    }

    fn bands(told: &Conversion) -> Vec<f64> {
        let Some(Value::List(bands)) = told.get("attention") else {
            panic!("no bands");
        };
        bands.iter().filter_map(Value::as_num).collect()
    }

    #[test]
    fn each_band_counts_the_time_in_which_it_was_in_view() {
        let mut attention = Attention::default();
        attention.look(0.0, 20.0, Millis(0));
        attention.look(50.0, 70.0, Millis(4000));
        let told = end(&mut attention, 10_000).expect("engaged");
        let bands = bands(&told);
        assert_eq!(bands.len(), BANDS);
        assert_eq!(bands[..5], [4.0, 4.0, 4.0, 4.0, 0.0]);
        assert_eq!(bands[9..15], [0.0, 6.0, 6.0, 6.0, 6.0, 0.0]);
        assert_eq!(
            told.get("engagement_time_msec").and_then(Value::as_num),
            Some(10_000.0)
        );
        assert!(end(&mut attention, 20_000).is_none(), "told once");
    }

    #[test]
    fn who_looks_away_pays_no_attention() {
        let mut attention = Attention::default();
        attention.look(0.0, 100.0, Millis(0));
        let told = end(&mut attention, 3_600_000).expect("engaged");
        assert_eq!(bands(&told)[19], 30.0);
        attention.look(0.0, 100.0, Millis(0));
        assert!(end(&mut attention, 900).is_none(), "passed through");
        attention.look(-3.0, 250.0, Millis(0));
        assert!(
            end(&mut attention, 2000).is_some(),
            "bouncing beyond the edges is survived"
        );
    }
}
