//! Reads the config. Enters: whatever JavaScript gave to `init`. Leaves: rules that hold, or every fault at once.

use crate::{error::Faults, value::Value};

/// What spoor does on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Address of the collector: absolute, or from the page's origin.
    pub collector: String,
    /// Name of the shop; empty for the page's host.
    pub site: String,
    /// Rules on clicks.
    pub clicks: Vec<Rule>,
    /// Rules on submitted forms.
    pub forms: Vec<Rule>,
    /// Which videos are followed.
    pub video: Option<VideoRule>,
    /// Percentages of the document at which `scroll` is told, rising.
    pub scroll: Vec<u8>,
    /// Whether clicks become heatmap points.
    pub heat_clicks: bool,
    /// When a batch is sent.
    pub batch: BatchLimits,
}

/// A conversion told by an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Name of the event.
    pub name: String,
    /// Which elements.
    pub selector: String,
    /// Where its parameters stand on the page.
    pub fields: Vec<Field>,
}

/// One parameter of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Whether it describes the item or the event.
    pub scope: Scope,
    /// Name of the parameter.
    pub key: String,
    /// Where its value comes from.
    pub source: Source,
}

/// What a parameter describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The item of the conversion.
    Item,
    /// The conversion itself.
    Params,
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

/// Which videos are followed, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct VideoRule {
    /// Which elements.
    pub selector: String,
    /// Percentages of the video at which `video_progress` is told, rising.
    pub milestones: Vec<u8>,
}

/// A batch is sent when the first of these is reached, and when the page is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchLimits {
    /// Events in a batch.
    pub max_events: usize,
    /// Estimated bytes of a batch.
    pub max_bytes: usize,
    /// Age of its first event.
    pub max_age_ms: u64,
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

const OPTIONS: [&str; 6] = ["collector", "site", "track", "heatmap", "batch", "gpc"];
const RULE_OPTIONS: [&str; 6] = ["selector", "form", "item", "params", "method", "value"];
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
        };
        let config = reader.config(value);
        if reader.faults.is_empty() {
            Ok(config)
        } else {
            Err(reader.faults)
        }
    }
}

struct Reader<'a> {
    faults: Faults,
    is_selector: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    fn config(&mut self, value: &Value) -> Config {
        let mut config = Config {
            collector: String::new(),
            site: String::new(),
            clicks: Vec::new(),
            forms: Vec::new(),
            video: None,
            scroll: Vec::new(),
            heat_clicks: false,
            batch: BatchLimits::default(),
        };
        for (key, value) in self.entries("config", value) {
            match key.as_str() {
                "collector" => config.collector = self.text(key, value),
                "site" => config.site = self.text(key, value),
                "track" => self.track(value, &mut config),
                "heatmap" => config.heat_clicks = self.heatmap(value),
                "batch" => config.batch = self.batch(value),
                // Obeyed before the Wasm is even loaded, in js/index.js.
                "gpc" => _ = self.flag(key, value),
                _ => self.faults.add_unknown(key, key, &OPTIONS),
            }
        }
        let url = &config.collector;
        if !["/", "http://", "https://"]
            .iter()
            .any(|start| url.starts_with(start))
        {
            let said = [
                "must be an address such as \"/collect\" or \"https://collect.example/in\", not \"",
                url,
                "\"",
            ];
            self.faults.add("collector", &said);
        }
        config
    }

    fn track(&mut self, value: &Value, config: &mut Config) {
        for (name, value) in self.entries("track", value) {
            let path = join("track", name);
            match name.as_str() {
                "video" => config.video = self.video(&path, value),
                "scroll" => config.scroll = self.milestones(&path, value, &SCROLL_MILESTONES),
                _ => {
                    if !is_event_name(name) {
                        self.faults.add(&path, &["an event's name has letters, digits and _, begins with a letter, and has at most 40 of them"]);
                    }
                    match value {
                        Value::List(rules) => {
                            for (index, rule) in rules.iter().enumerate() {
                                let mut path = path.clone();
                                path.push('[');
                                crate::json::write_int(&mut path, index as u64);
                                path.push(']');
                                self.rule(&path, name, rule, config);
                            }
                        }
                        rule => self.rule(&path, name, rule, config),
                    }
                }
            }
        }
    }

    fn rule(&mut self, path: &str, name: &str, value: &Value, config: &mut Config) {
        let mut rule = Rule {
            name: name.to_owned(),
            selector: String::new(),
            fields: Vec::new(),
        };
        if let Value::Str(_) = value {
            rule.selector = self.selector(path, value);
            config.clicks.push(rule);
            return;
        }
        let mut is_form = false;
        for (key, value) in self.entries(path, value) {
            let path = join(path, key);
            match key.as_str() {
                "selector" => rule.selector = self.selector(&path, value),
                "form" => {
                    is_form = true;
                    rule.selector = self.selector(&path, value);
                }
                "item" => self.fields(&path, value, Scope::Item, &mut rule.fields),
                "params" => self.fields(&path, value, Scope::Params, &mut rule.fields),
                "method" | "value" | "currency" | "transaction_id" => {
                    self.field(&path, key, value, Scope::Params, &mut rule.fields)
                }
                _ => self.faults.add_unknown(&path, key, &RULE_OPTIONS),
            }
        }
        if value.get("selector").is_some() == value.get("form").is_some() {
            self.faults.add(
                path,
                &["needs either \"selector\" (clicks) or \"form\" (submits)"],
            );
        }
        if is_form {
            config.forms.push(rule)
        } else {
            config.clicks.push(rule)
        }
    }

    fn fields(&mut self, path: &str, value: &Value, scope: Scope, fields: &mut Vec<Field>) {
        for (key, value) in self.entries(path, value) {
            self.field(&join(path, key), key, value, scope, fields);
        }
    }

    fn field(
        &mut self,
        path: &str,
        key: &str,
        value: &Value,
        scope: Scope,
        fields: &mut Vec<Field>,
    ) {
        let source = match value {
            Value::Str(text) => self.expression(path, key, text),
            Value::Num(_) | Value::Bool(_) => Source::Literal(value.clone()),
            _ => {
                self.faults.add(
                    path,
                    &["must be a text such as \"@data-sku\", \".price\" or \"=EUR\", or a number"],
                );
                return;
            }
        };
        fields.push(Field {
            scope,
            key: key.to_owned(),
            source,
        });
    }

    /// Reads `@attribute`, `selector`, `selector@attribute` or `=text`; words where no selector can be meant are texts.
    fn expression(&mut self, path: &str, key: &str, text: &str) -> Source {
        let word = matches!(key, "method" | "currency" | "content_type")
            && !text.starts_with(['@', '.', '#', '[']);
        if let Some(literal) = text.strip_prefix('=').or(word.then_some(text)) {
            return Source::Literal(Value::from(literal));
        }
        // An @ within brackets belongs to the selector: a[href^="mailto:me@"].
        let at = text.rfind('@').filter(|at| {
            text.get(*at..)
                .is_some_and(|rest| !rest.contains([']', '"', '\'']))
        });
        let (selector, attribute) = at
            .and_then(|at| text.split_at_checked(at))
            .unwrap_or((text, ""));
        let attribute = attribute.trim_start_matches('@').trim();
        let selector = selector.trim();
        if selector.is_empty() && !attribute.is_empty() {
            self.check_selector(path, &["[", attribute, "]"].concat());
        } else {
            self.check_selector(path, selector);
        }
        Source::Read {
            selector: selector.to_owned(),
            attribute: attribute.to_owned(),
        }
    }

    fn video(&mut self, path: &str, value: &Value) -> Option<VideoRule> {
        if let Value::Str(_) = value {
            return Some(VideoRule {
                selector: self.selector(path, value),
                milestones: VIDEO_MILESTONES.to_vec(),
            });
        }
        let mut rule = VideoRule {
            selector: "video".to_owned(),
            milestones: VIDEO_MILESTONES.to_vec(),
        };
        for (key, value) in self.entries(path, value) {
            let path = join(path, key);
            match key.as_str() {
                "selector" => rule.selector = self.selector(&path, value),
                "milestones" => rule.milestones = self.milestones(&path, value, &VIDEO_MILESTONES),
                _ => self
                    .faults
                    .add_unknown(&path, key, &["selector", "milestones"]),
            }
        }
        Some(rule)
    }

    fn milestones(&mut self, path: &str, value: &Value, default: &[u8]) -> Vec<u8> {
        let mut out = match value {
            Value::Bool(true) => return default.to_vec(),
            Value::Bool(false) => return Vec::new(),
            Value::List(items) => items.iter().filter_map(percent).collect::<Vec<u8>>(),
            _ => Vec::new(),
        };
        if !matches!(value, Value::List(items) if items.len() == out.len()) {
            self.faults.add(
                path,
                &["must be a list of whole percentages from 1 to 100, such as [25, 50, 75, 90]"],
            );
        }
        out.sort_unstable();
        out.dedup();
        out
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
                _ => self.faults.add_unknown(&path, key, &["clicks"]),
            }
        }
        clicks
    }

    fn batch(&mut self, value: &Value) -> BatchLimits {
        let mut limits = BatchLimits::default();
        for (key, value) in self.entries("batch", value) {
            let path = join("batch", key);
            match key.as_str() {
                "max_events" => limits.max_events = self.count(&path, value, 1, 500),
                "max_bytes" => limits.max_bytes = self.count(&path, value, 1024, 60 * 1024),
                "max_age_ms" => limits.max_age_ms = self.count(&path, value, 0, 600_000) as u64,
                _ => {
                    self.faults
                        .add_unknown(&path, key, &["max_events", "max_bytes", "max_age_ms"])
                }
            }
        }
        limits
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
        if !matches!(value, Value::Bool(_)) {
            self.faults.add(path, &["must be true or false"]);
        }
        *value == Value::Bool(true)
    }

    fn count(&mut self, path: &str, value: &Value, least: u32, most: u32) -> usize {
        let number = value.as_num().unwrap_or(-1.0);
        if number >= f64::from(least) && number <= f64::from(most) {
            return number as usize;
        }
        let mut range = String::new();
        crate::json::write_int(&mut range, u64::from(least));
        range.push_str(" to ");
        crate::json::write_int(&mut range, u64::from(most));
        self.faults.add(path, &["must be a number from ", &range]);
        0
    }

    fn selector(&mut self, path: &str, value: &Value) -> String {
        let selector = self.text(path, value);
        if value.as_str().is_some() {
            self.check_selector(path, &selector);
        }
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
    [path, ".", key].concat()
}

fn percent(value: &Value) -> Option<u8> {
    value
        .as_num()
        .filter(|n| (1.0..=100.0).contains(n) && n.trunc() == *n)
        .map(|n| n as u8)
}

/// Returns whether collectors take `name` for an event.
#[must_use]
pub fn is_event_name(name: &str) -> bool {
    name.len() <= MAX_NAME
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
}
