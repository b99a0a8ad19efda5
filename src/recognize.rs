//! Is it a conversion, and is it new?
//!
//! Enters: signals of rules, links, media, scrolling, forms. Leaves: conversions. Does not queue, name ids or keep time.

use crate::{
    attention::Attention,
    config::{CLICK, Config, FILE_DOWNLOAD, SHARE},
    conversion::{Conversion, Found, add},
    form::Forms,
    frustration::Frustration,
    json::write_entries,
    link,
    offer::Offer,
    privacy::{clean_path, clean_text},
    signal::{Media, MediaFacts},
    text::{concat, find_str, is_listed, nth_int},
    time::Millis,
    value::Value,
    video::Watch,
};

/// A second click on the same thing within this is a double click, not a second conversion.
const REPEAT_MS: u64 = 400;
/// Videos followed on one page; a page with more shows them as pictures.
const MAX_VIDEOS: u32 = 32;
/// Scrollers followed on one page, beside the document.
const MAX_SCROLLERS: usize = 8;
/// What several items that are seen together make.
const LIST: &str = "view_item_list";
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
    /// Items seen on it that were not told yet.
    seen: Vec<Value>,
    /// Names and parameters of the last conversions by clicks, and when the first of them was: one click may tell several.
    last: String,
    last_at: Millis,
    /// How many milestones each scroller has told; the document's stand first, under no name.
    scrolled: Vec<(String, usize)>,
    videos: Vec<Watch>,
    /// When a click fell on what is there to be clicked often: a stepper's plus is no double click.
    spared_at: Option<Millis>,
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

    /// Tells the conversion that `found` says; returns whether it is one.
    pub fn rule(&mut self, found: Found<'_>, now: Millis, out: &mut Vec<Conversion>) -> bool {
        let mut told = Conversion::of(found, &self.offer);
        if found.is_derived && is_listed(NEEDS_ITEM, &told.name) && told.get("items").is_none() {
            return false;
        }
        if told.name == "share" && told.get("method").is_none() {
            let (network, at) = self.shared;
            told.text("method", if at == now { network } else { "copy_link" });
        }
        if told.name == LIST && found.is_shown {
            self.seen.extend(told.into_items());
            return true;
        }
        if found.is_shown || self.spared_at == Some(now) || !self.repeats(&told, now) {
            out.push(told);
        }
        true
    }

    /// Notes whether the click in hand is on what is there to be clicked often.
    pub fn spare(&mut self, spared: bool, now: Millis) {
        self.spared_at = spared.then_some(now);
    }

    /// Tells the conversion that a click on a link makes by where it leads.
    pub fn link(
        &mut self,
        config: &Config,
        to: &str,
        download: bool,
        page: &str,
        now: Millis,
        out: &mut Vec<Conversion>,
    ) {
        let before = out.len();
        let network = link::network(to);
        if !network.is_empty() {
            self.shared = (network, now);
            self.share(config, network, out);
        } else if !(config.has(FILE_DOWNLOAD) && link::download(to, download, out))
            && config.has(CLICK)
        {
            link::outbound(to, page, out);
        }
        if let Some(told) = out.get(before)
            && self.repeats(told, now)
        {
            out.truncate(before);
        }
    }

    /// Tells that the page was shared by `method`.
    pub fn share(&self, config: &Config, method: &str, out: &mut Vec<Conversion>) {
        if config.has(SHARE) {
            let told = add(out, "share");
            told.text("method", method);
            let item_id = self.offer.item_id();
            if !item_id.is_empty() {
                told.text("content_type", "product");
                told.text("item_id", item_id);
            }
        }
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

    /// Returns whether items were seen that were not told yet.
    #[must_use]
    pub fn has_seen(&self) -> bool {
        !self.seen.is_empty()
    }

    /// Tells the items that were seen since the last time as one list.
    pub fn seen(&mut self, out: &mut Vec<Conversion>) {
        if self.has_seen() {
            add(out, LIST).put("items", Value::List(core::mem::take(&mut self.seen)));
        }
    }

    /// Tells the milestones of scrolling that are reached where `percent` of the scroller has been in view.
    pub fn scroll(
        &mut self,
        config: &Config,
        scroller: &str,
        percent: f64,
        out: &mut Vec<Conversion>,
    ) {
        let known = self.scrolled.iter().position(|(name, _)| name == scroller);
        let index = known.unwrap_or(self.scrolled.len());
        if known.is_none() && index <= MAX_SCROLLERS {
            self.scrolled.push((scroller.to_owned(), 0));
        }
        let Some((name, told)) = self.scrolled.get_mut(index) else {
            return;
        };
        // Zoomed pages end a fraction of a pixel early.
        while let Some(milestone) = nth_int(&config.scroll, *told)
            && percent + 0.5 >= milestone as f64
        {
            *told += 1;
            let step = add(out, "scroll");
            step.num("percent_scrolled", milestone as f64);
            step.text("element", name);
        }
    }

    /// Tells what a media element's report completes. `facts` come with its first report.
    pub fn media(
        &mut self,
        config: &Config,
        media: Media,
        facts: Option<MediaFacts<'_>>,
        out: &mut Vec<Conversion>,
    ) {
        let index = media.element as usize;
        if index == self.videos.len() && media.element < MAX_VIDEOS {
            self.videos.push(Watch::default());
        }
        let Some(watch) = self.videos.get_mut(index) else {
            return;
        };
        if let Some(facts) = facts {
            watch.title = clean_text(facts.title);
            watch.url = clean_path(facts.url);
            watch.provider = facts.provider;
        }
        watch.observe(media, &config.video_milestones, out);
    }
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
