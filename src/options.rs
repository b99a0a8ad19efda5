//! Reads the config. Enters: whatever JavaScript gave to `init`. Leaves: rules that hold, or every fault at once.

use crate::{
    config::{
        BUILT_INS, Config, Consent, Field, Funnel, Goal, Rule, Source, Trigger, built_in,
        is_event_name,
    },
    error::Faults,
    json::write_int,
    text::{concat, find_str, is_listed, parts},
    value::Value,
};

const OPTIONS: &str = "collector site preset item track funnels goals heatmap consent identity bots sample privacy exclude gpc dnt";
const RULE_OPTIONS: &str = "selector form url shown seen success toggle share seconds item params method value currency transaction_id";
/// Parameters that are words by themselves, where no selector can be meant.
const WORDS: &str = "method currency content_type";
const VIDEO_MILESTONES: [u8; 4] = [10, 25, 50, 75];
const SCROLL_MILESTONES: [u8; 4] = [25, 50, 75, 90];
/// What half of it in view for a second is by the Media Rating Council called seen.
/// <https://mediaratingcouncil.org/standards-and-guidelines>
const SEEN_SHARE: f64 = 0.5;
const SEEN_S: f64 = 1.0;
/// Stands for the states of a pressed button that src/web/dom.js knows.
const PRESSED: &str = "*";
/// Buttons that copy the page's address.
pub const COPY_LINK: &str =
    "[data-clipboard-text],[data-copy-url],[data-share=copy],.copy-link,.share-button__copy";
/// What says which promotion an element is, where its rule does not.
const PROMOTION: [(&str, &str); 2] = [
    ("promotion_id", "@data-promotion-id"),
    ("promotion_name", "@data-promotion-name"),
];

impl Config {
    /// Returns the config that `value` says. `is_selector` tells whether the browser takes a selector.
    ///
    /// # Errors
    /// Every fault, each with its path, the value and the remedy.
    pub fn read(value: &Value, is_selector: &dyn Fn(&str) -> bool) -> Result<Self, Faults> {
        let mut reader = Reader {
            faults: Faults::default(),
            is_selector,
            config: Self {
                sample: 1.0,
                ..Self::default()
            },
            path: String::new(),
        };
        reader.config(value);
        if reader.faults.is_empty() {
            Ok(reader.config)
        } else {
            Err(reader.faults)
        }
    }
}

struct Reader<'a> {
    faults: Faults,
    is_selector: &'a dyn Fn(&str) -> bool,
    config: Config,
    /// Path of the member that is being read: `track.add_to_cart.selector`.
    path: String,
}

/// Reads one member of an object: its key and value; returns whether there is such a member.
type Member<'m, 'a> = &'m mut dyn FnMut(&mut Reader<'a>, &str, &Value) -> bool;

impl<'a> Reader<'a> {
    fn config(&mut self, value: &Value) {
        self.each(value, OPTIONS, &mut |reader, key, value| {
            match key {
                "collector" => reader.config.collector = reader.text(value),
                "site" => reader.config.site = reader.text(value),
                "item" => reader.item(value),
                "track" => reader.track(value),
                "funnels" => reader.funnels(value),
                "goals" => reader.goals(value),
                "heatmap" => reader.heatmap(value),
                "consent" => {
                    reader.config.consent =
                        match reader.choice(value, "granted denied required cookieless") {
                            1 => Consent::Denied,
                            2 => Consent::Required,
                            3 => Consent::Cookieless,
                            _ => Consent::Granted,
                        }
                }
                "identity" => {
                    reader.config.without_identity = reader.choice(value, "storage none") == 1;
                }
                "bots" => reader.config.without_bots = reader.choice(value, "mark drop") == 1,
                "sample" => reader.config.sample = reader.number(value, 1.0),
                "privacy" => reader.privacy(value),
                "exclude" => reader.config.exclude = reader.texts(value),
                // Obeyed before the Wasm is even loaded, in js/start.js.
                "preset" => {}
                "gpc" | "dnt" => _ = reader.flag(value),
                _ => return false,
            }
            true
        });
        self.lists();
        let url = &self.config.collector;
        if !url.starts_with('/') && find_str(url, "://").is_none() {
            let said = ["must be an address such as \"/collect\", not \"", url, "\""];
            self.faults.add("collector", &said);
        }
    }

    /// Makes the rules of what was switched on by its name alone.
    fn lists(&mut self) {
        for (name, trigger, inner) in [
            ("view_item", Trigger::Page, ":root"),
            ("select_item", Trigger::Click, " a[href]"),
            ("view_item_list", Trigger::Seen, ""),
            ("share", Trigger::Click, COPY_LINK),
        ] {
            if !self.config.has(name) {
                continue;
            }
            let mut rule = seen_rule(name);
            rule.trigger = trigger;
            rule.selector.push_str(inner);
            if name != "view_item" && name != "share" {
                if self.config.card.is_empty() {
                    self.faults.add(
                        &concat(&["track.", name]),
                        &["needs item.card, the selector of what holds one item"],
                    );
                }
                rule.selector = concat(&[":is(", &self.config.card, ")", inner]);
            }
            self.config.rules.push(rule);
        }
    }

    fn item(&mut self, value: &Value) {
        self.each(value, "", &mut |reader, key, value| {
            if key == "card" {
                reader.config.card = reader.selector(value);
            } else if let Some(field) = reader.field(key, value, true) {
                reader.config.item.push(field);
            }
            true
        });
    }

    fn track(&mut self, value: &Value) {
        self.each(value, "", &mut |reader, name, value| {
            if let Value::Bool(false) = value {
            } else if name == "video" {
                reader.video(value);
            } else if name == "scroll" {
                reader.config.scroll = reader.milestones(value, &SCROLL_MILESTONES);
            } else if let Value::Bool(_) = value {
                let bit = built_in(name);
                if bit == 0 {
                    reader.fault(&["needs a selector; true are only: ", BUILT_INS]);
                }
                reader.config.built_ins |= bit;
            } else {
                if !is_event_name(name) {
                    reader.fault(&["no event name; use up to 40 letters, digits and _"]);
                }
                if let Value::List(_) = value {
                    reader.items(value, &mut |reader, rule| reader.rule(name, rule));
                } else {
                    reader.rule(name, value);
                }
            }
            true
        });
    }

    fn rule(&mut self, name: &str, value: &Value) {
        let mut rule = seen_rule(name);
        if name == "add_to_wishlist" {
            rule.toggle.push_str(PRESSED);
        }
        let mut triggers = 0;
        if value.as_str().is_some() {
            triggers = 1;
            rule.selector = self.selector(value);
        } else {
            self.each(value, RULE_OPTIONS, &mut |reader, key, value| {
                match key {
                    "selector" | "form" | "shown" | "seen" => {
                        triggers += 1;
                        rule.trigger = match key {
                            "selector" => Trigger::Click,
                            "form" => Trigger::Submit,
                            "shown" => Trigger::Page,
                            _ => Trigger::Seen,
                        };
                        rule.selector = reader.selector(value);
                    }
                    "url" => rule.url = reader.text(value),
                    "success" => {
                        rule.success = reader.text(value);
                        if !rule.success.starts_with(['/', '*']) {
                            reader.check_selector(&rule.success);
                        }
                    }
                    "toggle" => {
                        rule.toggle = match value {
                            Value::Bool(true) => PRESSED.to_owned(),
                            Value::Bool(false) => String::new(),
                            _ => reader.selector(value),
                        }
                    }
                    "share" => rule.share = (reader.number(value, 1.0) * 100.0) as u32,
                    "seconds" => rule.dwell_ms = (reader.number(value, 60.0) * 1000.0) as u32,
                    "item" | "params" => {
                        let of_item = key == "item";
                        reader.each(value, "", &mut |reader, name, value| {
                            rule.fields.extend(reader.field(name, value, of_item));
                            true
                        });
                    }
                    _ => {
                        let known = is_listed(RULE_OPTIONS, key);
                        if known {
                            rule.fields.extend(reader.field(key, value, false));
                        }
                        return known;
                    }
                }
                true
            });
        }
        if triggers == 0 && !rule.url.is_empty() {
            rule.trigger = Trigger::Page;
            rule.selector.push_str(":root");
            triggers = 1;
        }
        if triggers != 1 {
            self.fault(&[
                "needs one of \"selector\" (clicks), \"form\" (submits), \"url\" or \"shown\" (pages) and \"seen\" (views)",
            ]);
        }
        if name == "promotion" {
            self.promotion(rule);
        } else {
            self.config.rules.push(rule);
        }
    }

    /// Makes two rules of one: seen, and clicked.
    fn promotion(&mut self, mut rule: Rule) {
        if rule.fields.is_empty() {
            for (key, text) in PROMOTION {
                let field = self.field(key, &Value::from(text), false);
                rule.fields.extend(field);
            }
        }
        let mut clicked = rule.clone();
        clicked.trigger = Trigger::Click;
        clicked.name = "select_promotion".to_owned();
        rule.trigger = Trigger::Seen;
        rule.name = "view_promotion".to_owned();
        self.config.rules.push(rule);
        self.config.rules.push(clicked);
    }

    fn field(&mut self, key: &str, value: &Value, of_item: bool) -> Option<Field> {
        let source = match value {
            Value::Str(text) => self.expression(key, text),
            Value::Num(_) | Value::Bool(_) => Source::Literal(value.clone()),
            _ => {
                self.fault(&[
                    "must be a text such as \"@data-sku\", \".price\" or \"=EUR\", or a number",
                ]);
                return None;
            }
        };
        Some(Field {
            of_item,
            key: key.to_owned(),
            source,
        })
    }

    /// Reads `@attribute`, `selector`, `selector@attribute` or `=text`; words where no selector can be meant are texts.
    fn expression(&mut self, key: &str, text: &str) -> Source {
        let first = text.as_bytes().first().copied().unwrap_or_default();
        if first == b'=' {
            return Source::Literal(Value::from(text.get(1..).unwrap_or_default()));
        }
        if is_listed(WORDS, key) && !b"@.#[".contains(&first) {
            return Source::Literal(Value::from(text));
        }
        let (mut selector, mut attribute) = (text, "");
        // An @ within brackets belongs to the selector: a[href^="mailto:me@"].
        if let Some(at) = text.bytes().rposition(|byte| byte == b'@' || byte == b']')
            && let Some((before, behind)) = text.split_at_checked(at)
            && let Some(name) = behind.strip_prefix('@')
        {
            (selector, attribute) = (before, name);
        }
        if selector.is_empty() {
            self.check_selector(&concat(&["[", attribute, "]"]));
        } else {
            self.check_selector(selector);
        }
        Source::Read {
            selector: selector.to_owned(),
            attribute: attribute.to_owned(),
        }
    }

    fn video(&mut self, value: &Value) {
        self.config.video_milestones = VIDEO_MILESTONES.to_vec();
        if value.as_str().is_some() {
            self.config.video = self.selector(value);
            return;
        }
        self.config.video.push_str("video,iframe");
        if let Value::Bool(_) = value {
            return;
        }
        self.each(value, "selector milestones", &mut |reader, key, value| {
            match key {
                "selector" => reader.config.video = reader.selector(value),
                "milestones" => {
                    reader.config.video_milestones = reader.milestones(value, &VIDEO_MILESTONES);
                }
                _ => return false,
            }
            true
        });
    }

    fn milestones(&mut self, value: &Value, default: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut fits = true;
        match value {
            Value::Bool(true) => out.extend_from_slice(default),
            Value::Bool(false) => {}
            Value::List(items) => {
                let mut last = 0;
                for item in items {
                    let percent = item.as_num().unwrap_or(0.0);
                    // A number that is no whole one from 1 to 100 comes back another.
                    fits &= percent as u8 > last
                        && percent <= 100.0
                        && f64::from(percent as u8) == percent;
                    last = percent as u8;
                    out.push(last);
                }
            }
            _ => fits = false,
        }
        if !fits {
            self.fault(&[
                "must be whole percentages from 1 to 100, rising, such as [25, 50, 75, 90]",
            ]);
        }
        out
    }

    fn funnels(&mut self, value: &Value) {
        self.each(value, "", &mut |reader, name, steps| {
            let steps = reader.texts(steps);
            reader.config.funnels.push(Funnel {
                name: name.to_owned(),
                steps,
            });
            true
        });
    }

    fn goals(&mut self, value: &Value) {
        self.items(value, &mut |reader, value| {
            let mut goal = Goal::default();
            reader.each(value, "name when value currency once", &mut |reader, key, value| {
                match key {
                    "name" => goal.name = reader.text(value),
                    "when" if value.as_str().is_some() => goal.when = reader.text(value),
                    "when" => reader.each(value, "", &mut |reader, key, value| {
                        if key == "event" {
                            goal.when = reader.text(value);
                        } else {
                            goal.with.push((key.to_owned(), value.clone()));
                        }
                        true
                    }),
                    "once" => goal.each = reader.choice(value, "visit each") == 1,
                    "value" | "currency" => goal.params.push((key.to_owned(), value.clone())),
                    _ => return false,
                }
                true
            });
            if !is_event_name(&goal.name) || goal.when.is_empty() {
                reader.fault(&["needs a \"name\" of letters, digits and _, and \"when\", an event's name or a path"]);
            }
            reader.config.goals.push(goal);
        });
    }

    fn privacy(&mut self, value: &Value) {
        self.each(value, "query paths", &mut |reader, key, value| {
            match key {
                "query" => reader.config.scrub.query = reader.texts(value),
                "paths" => reader.config.scrub.paths = reader.texts(value),
                _ => return false,
            }
            true
        });
    }

    fn heatmap(&mut self, value: &Value) {
        self.config.heat_clicks = true;
        if let Value::Bool(on) = value {
            self.config.heat_clicks = *on;
            return;
        }
        self.each(value, "clicks", &mut |reader, key, value| {
            if key == "clicks" {
                reader.config.heat_clicks = reader.flag(value);
            }
            key == "clicks"
        });
    }

    /// Reads each member of an object; `known` are those that it may have.
    fn each(&mut self, value: &Value, known: &str, member: Member<'_, 'a>) {
        let Value::Map(entries) = value else {
            return self.fault(&["must be an object"]);
        };
        let length = self.path.len();
        for (key, value) in entries {
            if length > 0 {
                self.path.push('.');
            }
            self.path.push_str(key);
            if !member(self, key, value) {
                self.faults.add_unknown(&self.path, key, known);
            }
            self.path.truncate(length);
        }
    }

    /// Reads each item of a list.
    fn items(&mut self, value: &Value, item: &mut dyn FnMut(&mut Self, &Value)) {
        let Value::List(items) = value else {
            return self.fault(&["must be a list"]);
        };
        let length = self.path.len();
        for (index, value) in items.iter().enumerate() {
            self.path.push('[');
            write_int(&mut self.path, index as u64);
            self.path.push(']');
            item(self, value);
            self.path.truncate(length);
        }
    }

    fn texts(&mut self, value: &Value) -> Vec<String> {
        let mut out = Vec::new();
        self.items(value, &mut |reader, item| out.push(reader.text(item)));
        out
    }

    fn text(&mut self, value: &Value) -> String {
        if value.as_str().is_none() {
            self.fault(&["must be a text"]);
        }
        value.as_str().unwrap_or_default().to_owned()
    }

    fn flag(&mut self, value: &Value) -> bool {
        if let Value::Bool(flag) = value {
            return *flag;
        }
        self.fault(&["must be true or false"]);
        false
    }

    /// Returns a number above 0 up to `most`.
    fn number(&mut self, value: &Value, most: f64) -> f64 {
        let number = value.as_num().unwrap_or_default();
        if number <= 0.0 || number > most {
            let mut bound = String::new();
            write_int(&mut bound, most as u64);
            self.fault(&["must be a number above 0 up to ", &bound]);
        }
        number
    }

    /// Returns the place of a word in `words`, which spaces separate.
    fn choice(&mut self, value: &Value, words: &str) -> usize {
        let word = value.as_str().unwrap_or_default();
        let place = parts(words, b' ').position(|known| known == word);
        if place.is_none() {
            self.fault(&["must be one of: ", words]);
        }
        place.unwrap_or(0)
    }

    fn selector(&mut self, value: &Value) -> String {
        let selector = self.text(value);
        self.check_selector(&selector);
        selector
    }

    fn check_selector(&mut self, selector: &str) {
        if !(self.is_selector)(selector) {
            self.fault(&[
                "not a valid selector: \"",
                selector,
                "\"; a text is written \"=text\"",
            ]);
        }
    }

    /// Notes what is wrong with the member that is being read.
    fn fault(&mut self, words: &[&str]) {
        let path = if self.path.is_empty() {
            "config"
        } else {
            &self.path
        };
        self.faults.add(path, words);
    }
}

fn seen_rule(name: &str) -> Rule {
    Rule {
        name: name.to_owned(),
        share: (SEEN_SHARE * 100.0) as u32,
        dwell_ms: (SEEN_S * 1000.0) as u32,
        ..Rule::default()
    }
}
