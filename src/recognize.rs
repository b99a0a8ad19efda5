//! Is it a conversion, and is it new?
//!
//! Enters: signals of rules, markup, media and scrolling. Leaves: conversions. Does not queue, name ids or keep time.

use crate::{
    config::{Config, Rule},
    conversion::Conversion,
    signal::{Media, MediaFacts, Readings},
    time::Millis,
    value::{Entries, Value},
    video::{Step, Watch},
};

/// A second click on the same thing within this is a double click, not a second conversion.
const REPEAT_MS: u64 = 400;
/// Videos followed on one page; a page with more shows them as pictures.
const MAX_VIDEOS: u32 = 32;

/// What was recognised on the page so far.
#[derive(Clone, Debug, Default)]
pub struct Recognizer {
    last: Option<(Conversion, Millis)>,
    scroll_told: usize,
    videos: Vec<Watch>,
}

impl Recognizer {
    /// Forgets what belongs to the page that was left; videos that play on are followed on.
    pub fn begin_page(&mut self) {
        self.scroll_told = 0;
    }

    /// Returns the conversion of a rule's element that was acted on at `now`, or `None` where it repeats the one before.
    pub fn rule(
        &mut self,
        rule: Option<&Rule>,
        readings: Readings,
        language: &str,
        now: Millis,
    ) -> Option<Conversion> {
        self.unless_repeated(Conversion::of_rule(rule?, readings, language), now)
    }

    /// Returns the conversion that markup names, or `None` where it repeats the one before.
    pub fn markup(
        &mut self,
        name: &str,
        facts: Vec<(String, String)>,
        language: &str,
        now: Millis,
    ) -> Option<Conversion> {
        self.unless_repeated(Conversion::of_markup(name, facts, language), now)
    }

    fn unless_repeated(&mut self, conversion: Conversion, now: Millis) -> Option<Conversion> {
        let repeats = self
            .last
            .as_ref()
            .is_some_and(|(last, at)| *last == conversion && now.since(*at) < REPEAT_MS);
        self.last = Some((conversion.clone(), now));
        (!repeats).then_some(conversion)
    }

    /// Returns the milestones of scrolling that `percent` of the document in view reaches.
    pub fn scroll(&mut self, config: &Config, percent: f64) -> Vec<Conversion> {
        let mut out = Vec::new();
        // Zoomed pages end a fraction of a pixel early.
        while let Some(milestone) = config
            .scroll
            .get(self.scroll_told)
            .filter(|told| percent + 0.5 >= f64::from(**told))
        {
            self.scroll_told += 1;
            out.push(conversion(
                "scroll",
                vec![number("percent_scrolled", f64::from(*milestone))],
            ));
        }
        out
    }

    /// Returns what a media element's report completes. `facts` come with its first report.
    pub fn media(
        &mut self,
        config: &Config,
        media: Media,
        facts: Option<MediaFacts>,
    ) -> Vec<Conversion> {
        let (Some(rule), true) = (&config.video, media.element < MAX_VIDEOS) else {
            return Vec::new();
        };
        let index = media.element as usize;
        if self.videos.len() <= index {
            self.videos.resize_with(index + 1, Watch::default);
        }
        let Some(watch) = self.videos.get_mut(index) else {
            return Vec::new();
        };
        if let Some(facts) = facts {
            watch.facts = facts;
        }
        let steps = watch.observe(media, &rule.milestones);
        steps
            .into_iter()
            .map(|step| video(step, media, &watch.facts))
            .collect()
    }
}

fn video(step: Step, media: Media, facts: &MediaFacts) -> Conversion {
    let (name, percent) = match step {
        Step::Start => ("video_start", 0),
        Step::Progress(percent) => ("video_progress", percent),
        Step::Complete => ("video_complete", 100),
    };
    let mut params = Vec::new();
    for (key, text) in [("video_title", &facts.title), ("video_url", &facts.url)] {
        if !text.is_empty() {
            params.push((key.to_owned(), Value::Str(text.clone())));
        }
    }
    params.push(("video_provider".to_owned(), Value::from("html5")));
    // A tenth of a second is as exact as the reports come.
    let tenths = |seconds: f64| (seconds * 10.0).round() / 10.0;
    params.push(number("video_current_time", tenths(media.at_s)));
    if media.duration_s.is_finite() {
        params.push(number("video_duration", tenths(media.duration_s)));
    }
    params.push(number("video_percent", f64::from(percent)));
    conversion(name, params)
}

fn conversion(name: &str, params: Entries) -> Conversion {
    Conversion {
        name: name.to_owned(),
        params,
    }
}

fn number(key: &str, number: f64) -> (String, Value) {
    (key.to_owned(), Value::Num(number))
}
