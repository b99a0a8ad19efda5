//! Where attention was: how long each band of the page was in view. Enters: which part of the document is in view.
//! Leaves: `user_engagement`, when the page is left.

use crate::{
    conversion::{Conversion, add},
    time::Millis,
    value::Value,
};

/// Bands from the top of the document to its end, each a twentieth.
const BANDS: usize = 20;
/// Who does nothing for longer than this has looked away.
const MAX_STILL_MS: u64 = 30_000;
/// Less is no attention: the page was passed through.
const MIN_MS: u64 = 1000;

/// What is in view, and what was.
#[derive(Clone, Debug, Default)]
pub struct Attention {
    ms: [u64; BANDS],
    engaged_ms: u64,
    /// First and last band in view, since when; none while the page is hidden.
    view: Option<(usize, usize, Millis)>,
}

impl Attention {
    /// Notes that the document is in view from `top` to `bottom`, in percent.
    pub fn look(&mut self, top: f64, bottom: f64, now: Millis) {
        self.touch(now);
        let band = |percent: f64| (percent.clamp(0.0, 99.9) / 100.0 * BANDS as f64) as usize;
        self.view = Some((band(top), band(bottom - 0.1), now));
    }

    /// Notes that the visitor is there. Allocates nothing.
    pub fn touch(&mut self, now: Millis) {
        if let Some((first, last, since)) = &mut self.view {
            let ms = now.since(*since).min(MAX_STILL_MS);
            *since = now.max(*since);
            self.engaged_ms += ms;
            for band in self.ms.iter_mut().take(*last + 1).skip(*first) {
                *band += ms;
            }
        }
    }

    /// Ends the view of the page; tells what of it is to be told, in whole tenths of seconds per band.
    pub fn end(&mut self, now: Millis, out: &mut Vec<Conversion>) {
        self.touch(now);
        self.view = None;
        let Self { ms, engaged_ms, .. } = core::mem::take(self);
        if engaged_ms < MIN_MS {
            return;
        }
        let told = add(out, "user_engagement");
        told.num("engagement_time_msec", engaged_ms as f64);
        let mut bands = Vec::with_capacity(BANDS);
        for ms in ms {
            bands.push(Value::Num((ms / 100) as f64 / 10.0));
        }
        told.put("attention", Value::List(bands));
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

    fn seconds(told: &Conversion) -> Vec<f64> {
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
        let bands = seconds(&told);
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
        assert_eq!(seconds(&told)[19], 30.0);
        attention.look(0.0, 100.0, Millis(0));
        assert!(end(&mut attention, 900).is_none(), "passed through");
        attention.look(-3.0, 250.0, Millis(0));
        assert!(
            end(&mut attention, 2000).is_some(),
            "bouncing beyond the edges is survived"
        );
    }
}
