//! Is it a conversion, and is it new?
//!
//! Enters: signals of rules, markup, media and scrolling. Leaves: conversions. Does not queue, name ids or keep time.

use crate::{
    config::Config,
    conversion::Conversion,
    json::write_entries,
    signal::{Media, MediaFacts},
    text::{concat, find_str},
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
    /// Names and parameters of the last conversions by clicks, and when the first of them was: one click may tell several.
    last: String,
    last_at: Millis,
    scroll_told: usize,
    videos: Vec<Watch>,
}

impl Recognizer {
    /// Forgets what belongs to the page that was left; videos that play on are followed on.
    pub fn begin_page(&mut self) {
        self.scroll_told = 0;
    }

    /// Returns whether a conversion of a click or submit at `now` repeats one of just before.
    pub fn repeats(&mut self, conversion: &Conversion, now: Millis) -> bool {
        if now.since(self.last_at) >= REPEAT_MS {
            self.last.clear();
            self.last_at = now;
        }
        // The line break keeps a name from being found at the end of a longer one.
        let mut text = concat(&["\n", &conversion.name]);
        write_entries(&mut text, &conversion.params);
        let repeats = find_str(&self.last, &text).is_some();
        if !repeats {
            self.last.push_str(&text);
        }
        repeats
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
        let mut out = Vec::new();
        let index = media.element as usize;
        if index == self.videos.len() && media.element < MAX_VIDEOS {
            self.videos.push(Watch::default());
        }
        let Some(watch) = self.videos.get_mut(index) else {
            return out;
        };
        if let Some(facts) = facts {
            watch.facts = facts;
        }
        for step in watch.observe(media, &config.video_milestones) {
            out.push(video(step, media, &watch.facts));
        }
        out
    }
}

fn video(step: Step, media: Media, facts: &MediaFacts) -> Conversion {
    let (name, percent) = match step {
        Step::Start => ("video_start", 0),
        Step::Progress(percent) => ("video_progress", percent),
        Step::Complete => ("video_complete", 100),
    };
    let mut params = Vec::new();
    for (key, text) in [
        ("video_title", facts.title.as_str()),
        ("video_url", &facts.url),
        ("video_provider", "html5"),
    ] {
        if !text.is_empty() {
            params.push((key.to_owned(), Value::from(text)));
        }
    }
    // A tenth of a second is as exact as the reports come. A stream has no duration: its number is written as null.
    let tenths = |seconds: f64| (seconds * 10.0).round() / 10.0;
    for (key, value) in [
        ("video_current_time", tenths(media.at_s)),
        ("video_duration", tenths(media.duration_s)),
        ("video_percent", f64::from(percent)),
    ] {
        params.push(number(key, value));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_click_that_tells_two_conversions_tells_each_once() {
        let mut recognizer = Recognizer::default();
        let [share, wish] =
            ["share", "add_to_wishlist"].map(|name| conversion(name, Entries::new()));
        for (conversion, at, repeats) in [
            (&share, 0, false),
            (&wish, 0, false),
            (&share, 150, true),
            (&wish, 150, true),
            (&share, REPEAT_MS, false),
            (&share, REPEAT_MS + 300, true),
            (&share, REPEAT_MS + 600, false),
        ] {
            assert_eq!(
                recognizer.repeats(conversion, Millis(at)),
                repeats,
                "{} at {at}",
                conversion.name
            );
        }
    }
}
