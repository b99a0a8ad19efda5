//! Reads the config. Enters: whatever JavaScript gave to `init`. Leaves: rules that hold, or every fault at once.

use crate::{
    error::Faults,
    json::write_int,
    text::{concat, find_str, is_listed},
    value::Value,
};

/// What spoor does on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Address of the collector: absolute, or from the page's origin.
    pub collector: String,
    /// Name of the shop; empty for the page's host.
    pub site: String,
    /// Conversions told by clicks and submitted forms.
    pub rules: Vec<Rule>,
    /// Which videos are followed; empty for none.
    pub video: String,
    /// Percentages of a video at which `video_progress` is told, rising.
    pub video_milestones: Vec<u8>,
    /// Percentages of the document at which `scroll` is told, rising.
    pub scroll: Vec<u8>,
    /// Whether clicks become heatmap points.
    pub heat_clicks: bool,
    /// When a batch is sent.
    pub batch: BatchLimits,
}

/// A conversion told by an element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    /// Name of the event.
    pub name: String,
    /// Which elements.
    pub selector: String,
    /// Whether they are forms, and it is told when they are submitted; else when they are clicked.
    pub form: bool,
    /// Where its parameters stand on the page.
    pub fields: Vec<Field>,
}

/// One parameter of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Whether it describes the item, and not the event itself.
    pub of_item: bool,
    /// Name of the parameter.
    pub key: String,
    /// Where its value comes from.
    pub source: Source,
}

/// Where a parameter's value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// From the config itself.
    Literal(Value),
    /// From the page, near the element that was acted on.
    Read {
        /// The element to read, in the nearest ancestor that holds one; empty for the nearest ancestor with the attribute.
        selector: String,
        /// The attribute to read; empty for the text.
        attribute: String,
    },
}

/// A batch is sent when the first of these is reached, and when the page is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchLimits {
    /// Events in a batch.
    pub max_events: usize,
    /// Estimated bytes of a batch.
    pub max_bytes: usize,
    /// Age of its first event.
    pub max_age_ms: usize,
}

impl Default for BatchLimits {
    fn default() -> Self {
        // Two batches of 24 KiB and their frame pass together through the 64 KiB that a leaving page may have in flight.
        Self {
            max_events: 50,
            max_bytes: 24 * 1024,
            max_age_ms: 5000,
        }
    }
}

const OPTIONS: &str = "collector site track heatmap gpc";
const RULE_OPTIONS: &str = "selector form item params method value currency transaction_id";
/// Parameters that are words by themselves, where no selector can be meant.
const WORDS: &str = "method currency content_type";
const VIDEO_MILESTONES: [u8; 4] = [10, 25, 50, 75];
const SCROLL_MILESTONES: [u8; 4] = [25, 50, 75, 90];
/// GA4 takes no longer event names; other collectors' limits lie above.
const MAX_NAME: usize = 40;

impl Config {
    /// Returns the config that `value` says. `is_selector` tells whether the browser takes a selector.
    ///
    /// # Errors
    /// Every fault, each with its path, the value and the remedy.
    pub fn read(value: &Value, is_selector: &dyn Fn(&str) -> bool) -> Result<Self, Faults> {
        let mut reader = Reader {
            faults: Faults::default(),
            is_selector,
            config: Self::default(),
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
                "track" => self.track(value),
                "heatmap" => self.config.heat_clicks = self.heatmap(value),
                // Obeyed before the Wasm is even loaded, in js/start.js.
                "gpc" => _ = self.flag(key, value),
                _ => self.faults.add_unknown(key, key, OPTIONS),
            }
        }
        let url = &self.config.collector;
        if !url.starts_with('/') && find_str(url, "://").is_none() {
            let said = ["must be an address such as \"/collect\", not \"", url, "\""];
            self.faults.add("collector", &said);
        }
    }

    fn track(&mut self, value: &Value) {
        for (name, value) in self.entries("track", value) {
            let path = join("track", name);
            if name == "video" {
                self.video(&path, value);
            } else if name == "scroll" {
                self.config.scroll = self.milestones(&path, value, &SCROLL_MILESTONES);
            } else {
                if !is_event_name(name) {
                    self.faults.add(
                        &path,
                        &["no event name; use up to 40 letters, digits and _"],
                    );
                }
                if let Value::List(rules) = value {
                    for (index, rule) in rules.iter().enumerate() {
                        let mut path = concat(&[&path, "["]);
                        write_int(&mut path, index as u64);
                        path.push(']');
                        self.rule(&path, name, rule);
                    }
                } else {
                    self.rule(&path, name, value);
                }
            }
        }
    }

    fn rule(&mut self, path: &str, name: &str, value: &Value) {
        let mut rule = Rule {
            name: name.to_owned(),
            ..Rule::default()
        };
        if value.as_str().is_some() {
            rule.selector = self.selector(path, value);
        } else {
            for (key, value) in self.entries(path, value) {
                let path = join(path, key);
                match key.as_str() {
                    "selector" => rule.selector = self.selector(&path, value),
                    "form" => {
                        rule.form = true;
                        rule.selector = self.selector(&path, value);
                    }
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
            if value.get("selector").is_some() == value.get("form").is_some() {
                self.faults.add(
                    path,
                    &["needs either \"selector\" (clicks) or \"form\" (submits)"],
                );
            }
        }
        self.config.rules.push(rule);
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
        self.config.video = "video".to_owned();
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

/// Returns whether collectors take `name` for an event.
#[must_use]
pub fn is_event_name(name: &str) -> bool {
    name.len() <= MAX_NAME
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
}
