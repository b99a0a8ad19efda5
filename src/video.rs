//! What was really watched of a video.
//!
//! Enters: what the media element reports. Leaves: `video_start`, `video_progress`, `video_complete`. Watched time is a union of intervals, so that
//! seeking to the end or looping over one scene reaches no milestone that was not watched.

use crate::{
    conversion::{Conversion, add},
    signal::{Media, MediaEvent},
    text::nth_int,
    value::Value,
};

/// Longest playing time between two reports: `timeupdate` comes at least each 250 ms, slower in a hidden tab, where browsers
/// let timers run once a second. <https://html.spec.whatwg.org/multipage/media.html#event-media-timeupdate>
const MAX_STEP_S: f64 = 2.0;
/// Pieces remembered; who jumps about more often than that has watched in pieces too short to count.
const MAX_PIECES: usize = 64;

/// One video being watched.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// What names the video: title, address, and who plays it.
    pub title: String,
    /// See `title`.
    pub url: String,
    /// See `title`.
    pub provider: &'static str,
    /// Watched pieces, apart from each other.
    pieces: Vec<(f64, f64)>,
    /// Seconds played, and of these, seconds in view.
    played_s: f64,
    visible_s: f64,
    /// Where it stood at the last report while playing; else not a number.
    last_at: f64,
    started: bool,
    told: usize,
    completed: bool,
}

/// Share of a video, in percent, that must have been watched when it ends, to call it watched to the end.
const COMPLETE_PERCENT: f64 = 75.0;

impl Watch {
    /// Notes what the element reports; tells the steps that it completes. `milestones` are percentages, rising, with
    /// spaces between them.
    pub fn observe(&mut self, media: Media, milestones: &str, out: &mut Vec<Conversion>) {
        // A video that played before spoor was there reports progress first.
        if !self.started && media.event != MediaEvent::Seek {
            self.started = true;
            self.last_at = f64::NAN;
            self.tell("video_start", 0.0, media, out);
        }
        let step_s = media.at_s - self.last_at;
        if matches!(media.event, MediaEvent::Progress | MediaEvent::Ended)
            && (0.0..=MAX_STEP_S).contains(&step_s)
        {
            self.played_s += step_s;
            if media.visible {
                self.visible_s += step_s;
            }
            self.add(self.last_at, media.at_s);
        }
        self.last_at = if media.event == MediaEvent::Seek {
            f64::NAN
        } else {
            media.at_s
        };
        let percent = self.percent(media.duration_s);
        while let Some(milestone) = nth_int(milestones, self.told)
            && percent >= milestone as f64
        {
            self.told += 1;
            self.tell("video_progress", milestone as f64, media, out);
        }
        if media.event == MediaEvent::Ended && percent >= COMPLETE_PERCENT && !self.completed {
            self.completed = true;
            self.tell("video_complete", 100.0, media, out);
        }
    }

    fn tell(&self, name: &str, percent: f64, media: Media, out: &mut Vec<Conversion>) {
        let told = add(out, name);
        told.text("video_title", &self.title);
        told.text("video_url", &self.url);
        told.text("video_provider", self.provider);
        told.num("video_current_time", tenths(media.at_s));
        told.num("video_duration", tenths(media.duration_s));
        told.num("video_percent", percent);
        told.num("video_watched_seconds", tenths(self.watched_s()));
        told.num("video_visible_percent", self.visible_percent());
        told.put("video_muted", Value::Bool(media.muted));
    }

    fn add(&mut self, mut from: f64, mut to: f64) {
        let mut index = 0;
        while let Some((start, end)) = self.pieces.get(index).copied() {
            if end < from || start > to {
                index += 1;
            } else {
                from = from.min(start);
                to = to.max(end);
                self.pieces.swap_remove(index);
            }
        }
        if self.pieces.len() < MAX_PIECES {
            self.pieces.push((from, to));
        }
    }

    /// Returns how much was watched, in percent of a duration; 0 of a stream, which has none.
    fn percent(&self, duration_s: f64) -> f64 {
        if !duration_s.is_finite() || duration_s <= 0.0 {
            return 0.0;
        }
        // The last report comes up to 250 ms before a milestone's very frame.
        (self.watched_s() / duration_s * 100.0 + 0.5).min(100.0)
    }

    /// Returns how many seconds of it were watched; what was watched twice counts once.
    fn watched_s(&self) -> f64 {
        self.pieces.iter().map(|(from, to)| to - from).sum()
    }

    /// Returns in how much of the time it played it was in view, in percent; of what has not played yet, 0.
    fn visible_percent(&self) -> f64 {
        if self.played_s > 0.0 {
            (self.visible_s / self.played_s * 100.0).round_ties_even()
        } else {
            0.0
        }
    }
}

/// Returns seconds to a tenth, which is as exact as the reports come. A stream has no duration: its number is written as
/// null.
fn tenths(seconds: f64) -> f64 {
    (seconds * 10.0).round_ties_even() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::find;

    const DURATION_S: f64 = 10.0;

    /// Reports an event; returns name and percentage of each step told.
    fn report(watch: &mut Watch, event: MediaEvent, at_s: f64, duration_s: f64) -> Vec<String> {
        let media = Media {
            element: 0,
            event,
            at_s,
            duration_s,
            muted: false,
            visible: true,
        };
        let mut told = Vec::new();
        watch.observe(media, "10 25 50 75 90", &mut told);
        let percent = |told: &Conversion| find(&told.params, "video_percent")?.as_num();
        told.iter()
            .map(|told| format!("{} {}", told.name, percent(told).expect("a percentage")))
            .collect()
    }

    fn play(watch: &mut Watch, from: f64, to: f64, duration_s: f64) -> Vec<String> {
        let mut steps = report(watch, MediaEvent::Play, from, duration_s);
        let mut at_s = from;
        while at_s < to {
            at_s = (at_s + 0.25).min(to);
            steps.extend(report(watch, MediaEvent::Progress, at_s, duration_s));
        }
        steps
    }

    fn seek(watch: &mut Watch, at_s: f64) {
        let steps = report(watch, MediaEvent::Seek, at_s, DURATION_S);
        assert!(steps.is_empty(), "{steps:?}");
    }

    fn end(watch: &mut Watch) -> Vec<String> {
        report(watch, MediaEvent::Ended, DURATION_S, DURATION_S)
    }

    #[test]
    fn playing_through_tells_each_milestone_once_and_the_end() {
        let mut watch = Watch::default();
        let steps = play(&mut watch, 0.0, 10.0, DURATION_S);
        let progress = [10, 25, 50, 75, 90].map(|percent| format!("video_progress {percent}"));
        assert_eq!(steps[0], "video_start 0");
        assert_eq!(steps[1..], progress);
        assert_eq!(end(&mut watch), ["video_complete 100"]);
        let again = play(&mut watch, 0.0, 10.0, DURATION_S);
        assert!(again.is_empty(), "a second round is nothing new");
        assert!(end(&mut watch).is_empty());
    }

    #[test]
    fn seeking_and_looping_inflate_nothing() {
        let mut watch = Watch::default();
        assert_eq!(
            play(&mut watch, 0.0, 1.0, DURATION_S),
            ["video_start 0", "video_progress 10"]
        );
        seek(&mut watch, 9.0);
        assert!(play(&mut watch, 9.0, 9.5, DURATION_S).is_empty());
        for _ in 0..5 {
            seek(&mut watch, 0.0);
            let steps = play(&mut watch, 0.0, 1.0, DURATION_S);
            assert!(steps.is_empty(), "a loop over the first second");
        }
        assert!(end(&mut watch).is_empty(), "most of it was never seen");
        seek(&mut watch, 5.0);
        assert_eq!(
            play(&mut watch, 5.0, 6.5, DURATION_S),
            ["video_progress 25"]
        );
    }

    #[test]
    fn a_video_that_played_before_starts_where_it_is_found() {
        let mut watch = Watch::default();
        let steps = report(&mut watch, MediaEvent::Progress, 1.5, DURATION_S);
        assert_eq!(steps, ["video_start 0"]);
        let steps = report(&mut watch, MediaEvent::Progress, 2.5, DURATION_S);
        assert_eq!(steps, ["video_progress 10"]);
    }

    #[test]
    fn a_stream_without_duration_only_starts() {
        for duration_s in [f64::INFINITY, f64::NAN, 0.0] {
            assert_eq!(
                play(&mut Watch::default(), 0.0, 30.0, duration_s),
                ["video_start 0"]
            );
        }
    }
}
