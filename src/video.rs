//! What was really watched of a video.
//!
//! Enters: what the media element reports. Leaves: start, milestones, end. Watched time is a union of intervals, so that
//! seeking to the end or looping over one scene reaches no milestone that was not watched.

use crate::{
    signal::{Media, MediaEvent},
    text::nth_int,
};

/// Longest playing time between two reports: `timeupdate` comes at least each 250 ms, slower in a hidden tab, where browsers
/// let timers run once a second. <https://html.spec.whatwg.org/multipage/media.html#event-media-timeupdate>
const MAX_STEP_S: f64 = 2.0;
/// Pieces remembered; who jumps about more often than that has watched in pieces too short to count.
const MAX_PIECES: usize = 64;

/// A step of watching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It played for the first time.
    Start,
    /// This percentage of it has been watched.
    Progress(u8),
    /// It came to its end, and most of it was watched.
    Complete,
}

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
    /// Where it stood at the last report while playing.
    last_at: Option<f64>,
    started: bool,
    told: usize,
    completed: bool,
}

/// Share of a video, in percent, that must have been watched when it ends, to call it watched to the end.
const COMPLETE_PERCENT: f64 = 75.0;

impl Watch {
    /// Notes what the element reports; returns the steps that it completes. `milestones` are percentages, rising, with
    /// spaces between them.
    pub fn observe(&mut self, media: Media, milestones: &str) -> Vec<Step> {
        let mut steps = Vec::new();
        // A video that played before spoor was there reports progress first.
        if !self.started && media.event != MediaEvent::Seek {
            self.started = true;
            steps.push(Step::Start);
        }
        match media.event {
            MediaEvent::Play => self.last_at = Some(media.at_s),
            MediaEvent::Seek => self.last_at = None,
            MediaEvent::Progress | MediaEvent::Ended => {
                if let Some(from) = self.last_at
                    && (0.0..=MAX_STEP_S).contains(&(media.at_s - from))
                {
                    self.played_s += media.at_s - from;
                    if media.visible {
                        self.visible_s += media.at_s - from;
                    }
                    self.add(from, media.at_s);
                }
                self.last_at = Some(media.at_s);
            }
        }
        let percent = self.percent(media.duration_s);
        while let Some(milestone) =
            nth_int(milestones, self.told).filter(|milestone| percent >= *milestone as f64)
        {
            self.told += 1;
            steps.push(Step::Progress(milestone as u8));
        }
        if media.event == MediaEvent::Ended && percent >= COMPLETE_PERCENT && !self.completed {
            self.completed = true;
            steps.push(Step::Complete);
        }
        steps
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
    #[must_use]
    pub fn watched_s(&self) -> f64 {
        self.pieces.iter().map(|(from, to)| to - from).sum()
    }

    /// Returns in how much of the time it played it was in view, in percent; of what has not played yet, 0.
    #[must_use]
    pub fn visible_percent(&self) -> f64 {
        if self.played_s > 0.0 {
            (self.visible_s / self.played_s * 100.0).round()
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILESTONES: &str = "10 25 50 75 90";

    fn play(watch: &mut Watch, from: f64, to: f64, duration_s: f64) -> Vec<Step> {
        let media = |event, at_s| Media {
            element: 0,
            event,
            at_s,
            duration_s,
            muted: false,
            visible: true,
        };
        let mut steps = watch.observe(media(MediaEvent::Play, from), MILESTONES);
        let mut at_s = from;
        while at_s < to {
            at_s = (at_s + 0.25).min(to);
            steps.extend(watch.observe(media(MediaEvent::Progress, at_s), MILESTONES));
        }
        steps
    }

    fn seek(watch: &mut Watch, at_s: f64) {
        let steps = watch.observe(
            Media {
                element: 0,
                event: MediaEvent::Seek,
                at_s,
                duration_s: 10.0,
                muted: false,
                visible: true,
            },
            MILESTONES,
        );
        assert_eq!(steps, []);
    }

    #[test]
    fn playing_through_tells_each_milestone_once_and_the_end() {
        let mut watch = Watch::default();
        let steps = play(&mut watch, 0.0, 10.0, 10.0);
        let progress = [10, 25, 50, 75, 90].map(Step::Progress);
        assert_eq!(steps, [&[Step::Start][..], &progress].concat());
        let ended = Media {
            element: 0,
            event: MediaEvent::Ended,
            at_s: 10.0,
            duration_s: 10.0,
            muted: false,
            visible: true,
        };
        assert_eq!(watch.observe(ended, MILESTONES), [Step::Complete]);
        assert_eq!(
            play(&mut watch, 0.0, 10.0, 10.0),
            [],
            "a second round is nothing new"
        );
        assert_eq!(watch.observe(ended, MILESTONES), []);
    }

    #[test]
    fn seeking_and_looping_inflate_nothing() {
        let mut watch = Watch::default();
        assert_eq!(
            play(&mut watch, 0.0, 1.0, 10.0),
            [Step::Start, Step::Progress(10)]
        );
        seek(&mut watch, 9.0);
        assert_eq!(play(&mut watch, 9.0, 9.5, 10.0), []);
        for _ in 0..5 {
            seek(&mut watch, 0.0);
            assert_eq!(
                play(&mut watch, 0.0, 1.0, 10.0),
                [],
                "a loop over the first second"
            );
        }
        let ended = Media {
            element: 0,
            event: MediaEvent::Ended,
            at_s: 10.0,
            duration_s: 10.0,
            muted: false,
            visible: true,
        };
        assert_eq!(
            watch.observe(ended, MILESTONES),
            [],
            "most of it was never seen"
        );
        seek(&mut watch, 5.0);
        assert_eq!(play(&mut watch, 5.0, 6.5, 10.0), [Step::Progress(25)]);
    }

    #[test]
    fn a_stream_without_duration_only_starts() {
        for duration_s in [f64::INFINITY, f64::NAN, 0.0] {
            assert_eq!(
                play(&mut Watch::default(), 0.0, 30.0, duration_s),
                [Step::Start]
            );
        }
    }
}
