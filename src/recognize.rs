//! Is it a conversion, and is it new?
//!
//! Enters: signals of rules, links, media, scrolling, forms. Leaves: conversions. Does not queue, name ids or keep time.

use crate::{
    attention::Attention,
    config::{Config, Rule, Trigger},
    conversion::{Conversion, Found},
    form::Forms,
    frustration::Frustration,
    json::write_entries,
    link,
    offer::Offer,
    options::COPY_LINK,
    page::is_at,
    signal::{Media, MediaFacts},
    text::{concat, find_str, is_listed},
    time::Millis,
    value::Value,
    video::{Step, Watch},
    viewing::Viewing,
};

/// A second click on the same thing within this is a double click, not a second conversion.
const REPEAT_MS: u64 = 400;
/// Videos followed on one page; a page with more shows them as pictures.
const MAX_VIDEOS: u32 = 32;
/// Scrollers followed on one page, beside the document.
const MAX_SCROLLERS: usize = 8;
/// Events that are nothing without the item they are about.
const NEEDS_ITEM: &str = "view_item select_item view_item_list";

/// What was recognised on the page so far.
#[derive(Clone, Debug, Default)]
pub struct Recognizer {
    /// What the page says of itself.
    pub offer: Offer,
    /// How long each part of it was in view.
    pub attention: Attention,
    /// What is filled in on it.
    pub forms: Forms,
    /// What goes wrong on it.
    pub frustration: Frustration,
    /// What is in view of it.
    pub viewing: Viewing,
    /// Names and parameters of the last conversions by clicks, and when the first of them was: one click may tell several.
    last: String,
    last_at: Millis,
    /// Rules told on this page already, of those that tell once.
    told: Vec<usize>,
    /// How many milestones each scroller has told; the document's stand first, under no name.
    scrolled: Vec<(String, usize)>,
    videos: Vec<Watch>,
    /// The network that the last link shared to, and when.
    shared: (&'static str, Millis),
}

impl Recognizer {
    /// Forgets what belongs to the page that was left; videos that play on are followed on.
    pub fn begin_page(&mut self) {
        let videos = core::mem::take(&mut self.videos);
        *self = Self {
            videos,
            last_at: self.last_at,
            ..Self::default()
        };
    }

    /// Returns the conversion of what a rule has found on the page at `url`, where it is one.
    pub fn rule(
        &mut self,
        config: &Config,
        index: usize,
        found: Found,
        url: &str,
        language: &str,
        now: Millis,
    ) -> Option<Conversion> {
        let rule = config.rules.get(index)?;
        if rule.trigger == Trigger::Page && self.is_done(config, index, url) {
            return None;
        }
        let mut told = Conversion::of_rule(rule, config, found, &self.offer, language);
        if is_listed(NEEDS_ITEM, &rule.name)
            && rule.fields.is_empty()
            && told.get("items").is_none()
        {
            return None;
        }
        if rule.name == "share" && told.get("method").is_none() {
            let (network, at) = self.shared;
            told.text("method", if at == now { network } else { "copy_link" });
        }
        match rule.trigger {
            Trigger::Page => self.told.push(index),
            Trigger::Seen => {}
            _ if self.repeats(&told, now) => return None,
            _ => {}
        }
        Some(told)
    }

    /// Returns whether a rule that tells once a page has told, or belongs to another page than that at `url`.
    #[must_use]
    pub fn is_done(&self, config: &Config, index: usize, url: &str) -> bool {
        self.told.contains(&index)
            || config
                .rules
                .get(index)
                .is_none_or(|rule| !is_at(&rule.url, url))
    }

    /// Returns the conversion that a click on a link makes by where it leads.
    pub fn link(
        &mut self,
        config: &Config,
        to: &str,
        download: bool,
        page: &str,
        now: Millis,
    ) -> Option<Conversion> {
        let network = link::network(to);
        let told = if !network.is_empty() {
            self.shared = (network, now);
            self.share(config, network)
        } else if config.has("file_download")
            && let Some(file) = link::download(to, download)
        {
            Some(file)
        } else if config.has("click") {
            link::outbound(to, page)
        } else {
            None
        };
        told.filter(|told| !self.repeats(told, now))
    }

    /// Returns that the page was shared by `method`, unless a rule of the shop's own tells it.
    #[must_use]
    pub fn share(&self, config: &Config, method: &str) -> Option<Conversion> {
        let own = |rule: &Rule| rule.name == "share" && rule.selector != COPY_LINK;
        if !config.has("share") || config.rules.iter().any(own) {
            return None;
        }
        let mut told = Conversion::new("share");
        told.text("method", method);
        if let Some((_, id)) = self.offer.item.iter().find(|(key, _)| key == "item_id") {
            told.text("content_type", "product");
            told.put("item_id", id.clone());
        }
        Some(told)
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

    /// Returns what has been seen for long enough by now; items seen together are one list.
    pub fn seen(&mut self, config: &Config, language: &str, now: Millis) -> Vec<Conversion> {
        let mut out: Vec<Conversion> = Vec::new();
        for (index, found) in self.viewing.seen(now) {
            let Some(mut told) = self.rule(config, index, found, "", language, now) else {
                continue;
            };
            if told.name == "view_item_list" {
                told.params.retain(|(key, _)| key != "value");
                let list = out.iter_mut().find(|other| other.name == told.name);
                if let Some(Value::List(items)) = list.and_then(|list| list.list("items"))
                    && let Some(Value::List(more)) = told.list("items")
                {
                    items.append(more);
                    continue;
                }
            }
            out.push(told);
        }
        out
    }

    /// Returns the milestones of scrolling that are reached where `percent` of the scroller has been in view.
    pub fn scroll(&mut self, config: &Config, scroller: String, percent: f64) -> Vec<Conversion> {
        let mut out = Vec::new();
        let known = self.scrolled.iter().position(|(name, _)| *name == scroller);
        let index = known.unwrap_or(self.scrolled.len());
        if known.is_none() && index <= MAX_SCROLLERS {
            self.scrolled.push((scroller, 0));
        }
        let Some((name, told)) = self.scrolled.get_mut(index) else {
            return out;
        };
        // Zoomed pages end a fraction of a pixel early.
        while let Some(milestone) = config
            .scroll
            .get(*told)
            .filter(|told| percent + 0.5 >= f64::from(**told))
        {
            *told += 1;
            let mut reached = Conversion::new("scroll");
            reached.num("percent_scrolled", f64::from(*milestone));
            reached.text("element", name);
            out.push(reached);
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
            out.push(video(step, media, watch));
        }
        out
    }
}

fn video(step: Step, media: Media, watch: &Watch) -> Conversion {
    let (name, percent) = match step {
        Step::Start => ("video_start", 0),
        Step::Progress(percent) => ("video_progress", percent),
        Step::Complete => ("video_complete", 100),
    };
    let mut out = Conversion::new(name);
    out.text("video_title", &watch.facts.title);
    out.text("video_url", &watch.facts.url);
    out.text("video_provider", watch.facts.provider);
    // A tenth of a second is as exact as the reports come. A stream has no duration: its number is written as null.
    let tenths = |seconds: f64| (seconds * 10.0).round() / 10.0;
    for (key, value) in [
        ("video_current_time", tenths(media.at_s)),
        ("video_duration", tenths(media.duration_s)),
        ("video_percent", f64::from(percent)),
        ("video_watched_seconds", tenths(watch.watched_s())),
        ("video_visible_percent", watch.visible_percent()),
    ] {
        out.num(key, value);
    }
    out.put("video_muted", Value::Bool(media.muted));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_click_that_tells_two_conversions_tells_each_once() {
        let mut recognizer = Recognizer::default();
        let [share, wish] = ["share", "add_to_wishlist"].map(Conversion::new);
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
