//! Reads the config. Enters: whatever JavaScript gave to `init`. Leaves: rules that hold, or every fault at once.

use crate::{
    config::{
        BUILT_INS, Config, Consent, Field, Funnel, Goal, Rule, Source, Trigger, built_in,
        is_event_name,
    },
    error::Faults,
    json::write_int,
    text::{concat, find_str, is_listed},
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
}

impl Reader<'_> {
    fn config(&mut self, value: &Value) {
        for (key, value) in self.entries("config", value) {
            match key.as_str() {
                "collector" => self.config.collector = self.text(key, value),
                "site" => self.config.site = self.text(key, value),
                "item" => self.item(value),
                "track" => self.track(value),
                "funnels" => self.funnels(value),
                "goals" => self.goals(value),
                "heatmap" => self.config.heat_clicks = self.heatmap(value),
                "consent" => {
                    self.config.consent =
                        match self.choice(key, value, "granted denied required cookieless") {
                            1 => Consent::Denied,
                            2 => Consent::Required,
                            3 => Consent::Cookieless,
                            _ => Consent::Granted,
                        }
                }
                "identity" => {
                    self.config.without_identity = self.choice(key, value, "storage none") == 1;
                }
                "bots" => self.config.without_bots = self.choice(key, value, "mark drop") == 1,
                "sample" => self.config.sample = self.number(key, value, 1.0),
                "privacy" => self.privacy(value),
                "exclude" => self.config.exclude = self.texts(key, value),
                // Obeyed before the Wasm is even loaded, in js/start.js.
                "preset" => {}
                "gpc" | "dnt" => _ = self.flag(key, value),
                _ => self.faults.add_unknown(key, key, OPTIONS),
            }
        }
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
            rule.selector = inner.to_owned();
            if name != "view_item" && name != "share" {
                if self.config.card.is_empty() {
                    let path = join("track", name);
                    self.faults.add(
                        &path,
                        &["needs item.card, the selector of what holds one item"],
                    );
                }
                rule.selector = concat(&[":is(", &self.config.card, ")", inner]);
            }
            self.config.rules.push(rule);
        }
    }

    fn item(&mut self, value: &Value) {
        let mut fields = Vec::new();
        for (key, value) in self.entries("item", value) {
            let path = join("item", key);
            if key == "card" {
                self.config.card = self.selector(&path, value);
            } else {
                self.field(&path, key, value, true, &mut fields);
            }
        }
        self.config.item = fields;
    }

    fn track(&mut self, value: &Value) {
        for (name, value) in self.entries("track", value) {
            let path = join("track", name);
            if let Value::Bool(false) = value {
                continue;
            }
            if name == "video" {
                self.video(&path, value);
            } else if name == "scroll" {
                self.config.scroll = self.milestones(&path, value, &SCROLL_MILESTONES);
            } else if let Value::Bool(_) = value {
                let bit = built_in(name);
                if bit == 0 {
                    self.faults
                        .add(&path, &["needs a selector; true are only: ", BUILT_INS]);
                }
                self.config.built_ins |= bit;
            } else {
                if !is_event_name(name) {
                    self.faults.add(
                        &path,
                        &["no event name; use up to 40 letters, digits and _"],
                    );
                }
                if let Value::List(rules) = value {
                    for (index, rule) in rules.iter().enumerate() {
                        self.rule(&nth(&path, index), name, rule);
                    }
                } else {
                    self.rule(&path, name, value);
                }
            }
        }
    }

    fn rule(&mut self, path: &str, name: &str, value: &Value) {
        let mut rule = seen_rule(name);
        if name == "add_to_wishlist" {
            rule.toggle = PRESSED.to_owned();
        }
        let mut triggers = 0;
        if value.as_str().is_some() {
            triggers = 1;
            rule.selector = self.selector(path, value);
        } else {
            for (key, value) in self.entries(path, value) {
                let path = join(path, key);
                match key.as_str() {
                    "selector" | "form" | "shown" | "seen" => {
                        triggers += 1;
                        rule.trigger = match key.as_str() {
                            "selector" => Trigger::Click,
                            "form" => Trigger::Submit,
                            "shown" => Trigger::Page,
                            _ => Trigger::Seen,
                        };
                        rule.selector = self.selector(&path, value);
                    }
                    "url" => rule.url = self.text(&path, value),
                    "success" => {
                        rule.success = self.text(&path, value);
                        if !rule.success.starts_with(['/', '*']) {
                            self.check_selector(&path, &rule.success);
                        }
                    }
                    "toggle" => {
                        rule.toggle = match value {
                            Value::Bool(true) => PRESSED.to_owned(),
                            Value::Bool(false) => String::new(),
                            _ => self.selector(&path, value),
                        }
                    }
                    "share" => rule.share = (self.number(&path, value, 1.0) * 100.0) as u32,
                    "seconds" => rule.dwell_ms = (self.number(&path, value, 60.0) * 1000.0) as u32,
                    "item" | "params" => {
                        for (name, value) in self.entries(&path, value) {
                            self.field(
                                &join(&path, name),
                                name,
                                value,
                                key == "item",
                                &mut rule.fields,
                            );
                        }
                    }
                    _ if is_listed(RULE_OPTIONS, key) => {
                        self.field(&path, key, value, false, &mut rule.fields)
                    }
                    _ => self.faults.add_unknown(&path, key, RULE_OPTIONS),
                }
            }
        }
        if triggers == 0 && !rule.url.is_empty() {
            rule.trigger = Trigger::Page;
            rule.selector.push_str(":root");
            triggers = 1;
        }
        if name == "promotion" {
            return self.promotion(rule);
        }
        if triggers != 1 {
            self.faults.add(
                path,
                &["needs one of \"selector\" (clicks), \"form\" (submits), \"url\" or \"shown\" (pages) and \"seen\" (views)"],
            );
        }
        self.config.rules.push(rule);
    }

    /// Makes two rules of one: seen, and clicked.
    fn promotion(&mut self, mut rule: Rule) {
        if rule.fields.is_empty() {
            for (key, text) in PROMOTION {
                let source = self.expression("", key, text);
                rule.fields.push(Field {
                    of_item: false,
                    key: key.to_owned(),
                    source,
                });
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

    fn field(
        &mut self,
        path: &str,
        key: &str,
        value: &Value,
        of_item: bool,
        fields: &mut Vec<Field>,
    ) {
        let source =
            match value {
                Value::Str(text) => self.expression(path, key, text),
                Value::Num(_) | Value::Bool(_) => Source::Literal(value.clone()),
                _ => return self.faults.add(
                    path,
                    &["must be a text such as \"@data-sku\", \".price\" or \"=EUR\", or a number"],
                ),
            };
        fields.push(Field {
            of_item,
            key: key.to_owned(),
            source,
        });
    }

    /// Reads `@attribute`, `selector`, `selector@attribute` or `=text`; words where no selector can be meant are texts.
    fn expression(&mut self, path: &str, key: &str, text: &str) -> Source {
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
            self.check_selector(path, &concat(&["[", attribute, "]"]));
        } else {
            self.check_selector(path, selector);
        }
        Source::Read {
            selector: selector.to_owned(),
            attribute: attribute.to_owned(),
        }
    }

    fn video(&mut self, path: &str, value: &Value) {
        self.config.video_milestones = VIDEO_MILESTONES.to_vec();
        if value.as_str().is_some() {
            self.config.video = self.selector(path, value);
            return;
        }
        self.config.video = "video,iframe".to_owned();
        if let Value::Bool(_) = value {
            return;
        }
        for (key, value) in self.entries(path, value) {
            let path = join(path, key);
            match key.as_str() {
                "selector" => self.config.video = self.selector(&path, value),
                "milestones" => {
                    self.config.video_milestones = self.milestones(&path, value, &VIDEO_MILESTONES)
                }
                _ => self.faults.add_unknown(&path, key, "selector milestones"),
            }
        }
    }

    fn milestones(&mut self, path: &str, value: &Value, default: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        match value {
            Value::Bool(true) => out.extend_from_slice(default),
            Value::Bool(false) => {}
            Value::List(items) => {
                let mut last = 0;
                for item in items {
                    let percent = item.as_num().unwrap_or(0.0);
                    // A number that is no whole one from 1 to 100 comes back another.
                    if percent as u8 <= last
                        || percent > 100.0
                        || f64::from(percent as u8) != percent
                    {
                        return self.no_milestones(path);
                    }
                    last = percent as u8;
                    out.push(last);
                }
            }
            _ => return self.no_milestones(path),
        }
        out
    }

    fn no_milestones(&mut self, path: &str) -> Vec<u8> {
        self.faults.add(
            path,
            &["must be whole percentages from 1 to 100, rising, such as [25, 50, 75, 90]"],
        );
        Vec::new()
    }

    fn funnels(&mut self, value: &Value) {
        for (name, steps) in self.entries("funnels", value) {
            let steps = self.texts(&join("funnels", name), steps);
            self.config.funnels.push(Funnel {
                name: name.to_owned(),
                steps,
            });
        }
    }

    fn goals(&mut self, value: &Value) {
        for (index, value) in self.items("goals", value).iter().enumerate() {
            let path = nth("goals", index);
            let mut goal = Goal::default();
            for (key, value) in self.entries(&path, value) {
                let path = join(&path, key);
                match key.as_str() {
                    "name" => goal.name = self.text(&path, value),
                    "when" if value.as_str().is_some() => goal.when = self.text(&path, value),
                    "when" => {
                        for (key, value) in self.entries(&path, value) {
                            if key == "event" {
                                goal.when = self.text(&path, value);
                            } else {
                                goal.with.push((key.clone(), value.clone()));
                            }
                        }
                    }
                    "once" => goal.each = self.choice(&path, value, "visit each") == 1,
                    "value" | "currency" => goal.params.push((key.clone(), value.clone())),
                    _ => self
                        .faults
                        .add_unknown(&path, key, "name when value currency once"),
                }
            }
            if !is_event_name(&goal.name) || goal.when.is_empty() {
                self.faults.add(&path, &["needs a \"name\" of letters, digits and _, and \"when\", an event's name or a path"]);
            }
            self.config.goals.push(goal);
        }
    }

    fn privacy(&mut self, value: &Value) {
        for (key, value) in self.entries("privacy", value) {
            let path = join("privacy", key);
            match key.as_str() {
                "query" => self.config.scrub.query = self.texts(&path, value),
                "paths" => self.config.scrub.paths = self.texts(&path, value),
                _ => self.faults.add_unknown(&path, key, "query paths"),
            }
        }
    }

    fn heatmap(&mut self, value: &Value) -> bool {
        if let Value::Bool(on) = value {
            return *on;
        }
        let mut clicks = true;
        for (key, value) in self.entries("heatmap", value) {
            let path = join("heatmap", key);
            match key.as_str() {
                "clicks" => clicks = self.flag(&path, value),
                _ => self.faults.add_unknown(&path, key, "clicks"),
            }
        }
        clicks
    }

    fn entries<'v>(&mut self, path: &str, value: &'v Value) -> &'v [(String, Value)] {
        if let Value::Map(entries) = value {
            return entries;
        }
        self.faults.add(path, &["must be an object"]);
        &[]
    }

    fn items<'v>(&mut self, path: &str, value: &'v Value) -> &'v [Value] {
        if let Value::List(items) = value {
            return items;
        }
        self.faults.add(path, &["must be a list"]);
        &[]
    }

    fn texts(&mut self, path: &str, value: &Value) -> Vec<String> {
        let mut out = Vec::new();
        for item in self.items(path, value) {
            out.push(self.text(path, item));
        }
        out
    }

    fn text(&mut self, path: &str, value: &Value) -> String {
        if value.as_str().is_none() {
            self.faults.add(path, &["must be a text"]);
        }
        value.as_str().unwrap_or_default().to_owned()
    }

    fn flag(&mut self, path: &str, value: &Value) -> bool {
        if let Value::Bool(flag) = value {
            return *flag;
        }
        self.faults.add(path, &["must be true or false"]);
        false
    }

    /// Returns a number above 0 up to `most`.
    fn number(&mut self, path: &str, value: &Value, most: f64) -> f64 {
        let number = value.as_num().unwrap_or_default();
        if number <= 0.0 || number > most {
            let mut bound = String::new();
            write_int(&mut bound, most as u64);
            self.faults
                .add(path, &["must be a number above 0 up to ", &bound]);
        }
        number
    }

    /// Returns the place of a word in `words`, which spaces separate.
    fn choice(&mut self, path: &str, value: &Value, words: &str) -> usize {
        let word = value.as_str().unwrap_or_default();
        let place = crate::text::parts(words, b' ').position(|known| known == word);
        if place.is_none() {
            self.faults.add(path, &["must be one of: ", words]);
        }
        place.unwrap_or(0)
    }

    fn selector(&mut self, path: &str, value: &Value) -> String {
        let selector = self.text(path, value);
        self.check_selector(path, &selector);
        selector
    }

    fn check_selector(&mut self, path: &str, selector: &str) {
        if !(self.is_selector)(selector) {
            self.faults.add(
                path,
                &[
                    "not a valid selector: \"",
                    selector,
                    "\"; a text is written \"=text\"",
                ],
            );
        }
    }
}

fn join(path: &str, key: &str) -> String {
    concat(&[path, ".", key])
}

fn nth(path: &str, index: usize) -> String {
    let mut path = concat(&[path, "["]);
    write_int(&mut path, index as u64);
    path.push(']');
    path
}

fn seen_rule(name: &str) -> Rule {
    Rule {
        name: name.to_owned(),
        share: (SEEN_SHARE * 100.0) as u32,
        dwell_ms: (SEEN_S * 1000.0) as u32,
        ..Rule::default()
    }
}
