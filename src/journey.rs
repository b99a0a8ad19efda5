//! What a visit has reached over its pages and tabs: steps of funnels, goals, orders, and the pages just before.
//!
//! Enters: each conversion as it is told. Leaves: what follows from it: `funnel_step`, goals, `checkout_abandon`, `quick_back`.
//! What must outlive the page stands in lines of text that the session saves along.

use crate::{
    config::{Config, Goal},
    conversion::Conversion,
    json::write_int,
    page::is_at,
    text::{append, concat, parts, read_int},
    time::Millis,
    value::Value,
};

/// Orders remembered, so that a thank-you page opened again is no second purchase.
const MAX_ORDERS: usize = 8;
/// Who comes back from a page within this did not find there what was looked for.
const QUICK_MS: u64 = 8000;
/// Separates the words of a saved line.
const WORD: u8 = 0x1f;

/// How far one funnel was followed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Progress {
    /// Steps reached; 0 for none, or all.
    reached: usize,
    at: Millis,
    /// Whether it was told that it was given up here.
    told: bool,
}

/// What the visit has reached.
#[derive(Clone, Debug, Default)]
pub struct Journey {
    funnels: Vec<Progress>,
    goals: Vec<bool>,
    orders: Vec<u64>,
    /// The page in view and the one before: path, and when it was opened.
    pages: [(String, Millis); 2],
    /// The field entered last and the last error, on the page at which the visit stands.
    pub field: String,
    /// See `field`.
    pub error: String,
}

impl Journey {
    /// Returns what `lines` say, which [`Journey::save`] wrote under the same config.
    #[must_use]
    pub fn resume(config: &Config, lines: &[String]) -> Self {
        let mut journey = Self::default();
        journey.renew(config);
        for line in lines {
            let mut words = parts(line, WORD);
            let mut word = || words.next().unwrap_or_default();
            let (kind, name) = (word(), word());
            match kind {
                "~f" => {
                    let place = config.funnels.iter().position(|funnel| funnel.name == name);
                    if let Some(progress) = place.and_then(|at| journey.funnels.get_mut(at)) {
                        progress.reached = read_int(word()).unwrap_or(0) as usize;
                        progress.at = Millis(read_int(word()).unwrap_or(0));
                        progress.told = !word().is_empty();
                    }
                }
                "~g" => {
                    let place = config.goals.iter().position(|goal| goal.name == name);
                    if let Some(told) = place.and_then(|at| journey.goals.get_mut(at)) {
                        *told = true;
                    }
                }
                "~o" => journey.orders.extend(read_int(name)),
                "~p" => {
                    journey.pages.swap(0, 1);
                    journey.pages[0] = (name.to_owned(), Millis(read_int(word()).unwrap_or(0)));
                }
                "~e" => {
                    name.clone_into(&mut journey.field);
                    word().clone_into(&mut journey.error);
                }
                _ => {}
            }
        }
        journey
    }

    /// Returns the lines to save.
    #[must_use]
    pub fn save(&self, config: &Config) -> Vec<String> {
        let mut out = Vec::new();
        for (funnel, progress) in config.funnels.iter().zip(&self.funnels) {
            if progress.reached > 0 {
                let mut line = concat(&["~f\x1f", &funnel.name, "\x1f"]);
                write_int(&mut line, progress.reached as u64);
                line.push('\x1f');
                write_int(&mut line, progress.at.0);
                append(&mut line, &["\x1f", if progress.told { "t" } else { "" }]);
                out.push(line);
            }
        }
        for (goal, told) in config.goals.iter().zip(&self.goals) {
            if *told {
                out.push(concat(&["~g\x1f", &goal.name]));
            }
        }
        for order in &self.orders {
            let mut line = "~o\x1f".to_owned();
            write_int(&mut line, *order);
            out.push(line);
        }
        for (path, at) in self.pages.iter().rev() {
            let mut line = concat(&["~p\x1f", path, "\x1f"]);
            write_int(&mut line, at.0);
            out.push(line);
        }
        if !self.field.is_empty() {
            out.push(concat(&["~e\x1f", &self.field, "\x1f", &self.error]));
        }
        out
    }

    /// Begins a new visit: orders stay known, all else is reached anew.
    pub fn renew(&mut self, config: &Config) {
        self.funnels = vec![Progress::default(); config.funnels.len()];
        self.goals = vec![false; config.goals.len()];
        self.field.clear();
        self.error.clear();
    }

    /// Returns whether this purchase was told before: by its number, or without one, by the page and the visit it is told on.
    pub fn repeats(&mut self, conversion: &Conversion, page: &str, visit: u64) -> bool {
        let order = match conversion.get("transaction_id") {
            Some(Value::Str(number)) => hash(number, 0),
            _ => hash(page, visit),
        };
        if self.orders.contains(&order) {
            return true;
        }
        if self.orders.len() >= MAX_ORDERS {
            self.orders.remove(0);
        }
        self.orders.push(order);
        false
    }

    /// Notes that `conversion` was told on the page at `url`; returns what follows from it.
    pub fn follow(
        &mut self,
        config: &Config,
        conversion: &Conversion,
        url: &str,
        now: Millis,
    ) -> Vec<Conversion> {
        let mut out = Vec::new();
        for (funnel, progress) in config.funnels.iter().zip(&mut self.funnels) {
            let ahead = funnel.steps.iter().enumerate().skip(progress.reached);
            let Some((index, step)) = ahead
                .into_iter()
                .find(|(_, step)| is_step(step, conversion, url))
            else {
                continue;
            };
            let mut told = Conversion::new("funnel_step");
            told.text("funnel_name", &funnel.name);
            told.text("step_name", step);
            told.num("step_index", (index + 1) as f64);
            if progress.reached > 0 {
                told.num("seconds_since_step", (now.since(progress.at) / 1000) as f64);
            }
            if index > progress.reached {
                told.num("steps_skipped", (index - progress.reached) as f64);
            }
            if progress.told {
                told.put("resumed", Value::Bool(true));
            }
            *progress = Progress {
                reached: (index + 1) % funnel.steps.len(),
                at: now,
                told: false,
            };
            out.push(told);
        }
        for (goal, told) in config.goals.iter().zip(&mut self.goals) {
            if (goal.each || !*told)
                && is_step(&goal.when, conversion, url)
                && has(conversion, goal)
            {
                *told = true;
                let mut reached = Conversion::new(&goal.name);
                reached.params.clone_from(&goal.params);
                out.push(reached);
            }
        }
        out
    }

    /// Returns what of the checkout is given up, at the second step or later; `reason` is `idle` where the visit has ended,
    /// `left` where its page was closed. Told once until it goes on.
    pub fn abandon(&mut self, config: &Config, reason: &str, now: Millis) -> Vec<Conversion> {
        let mut out = Vec::new();
        for (funnel, progress) in config.funnels.iter().zip(&mut self.funnels) {
            let Some(step) = progress
                .reached
                .checked_sub(1)
                .and_then(|at| funnel.steps.get(at))
            else {
                continue;
            };
            if progress.told || (progress.reached < 2 && step != "begin_checkout") {
                continue;
            }
            progress.told = true;
            let mut told = Conversion::new("checkout_abandon");
            told.text("funnel_name", &funnel.name);
            told.text("last_step", step);
            told.num("step_index", progress.reached as f64);
            told.num("seconds_since_step", (now.since(progress.at) / 1000) as f64);
            told.text("last_field", &self.field);
            told.text("last_error", &self.error);
            told.text("reason", reason);
            out.push(told);
        }
        out
    }

    /// Returns whether a funnel was begun, and neither ended nor told as given up.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.funnels
            .iter()
            .any(|progress| progress.reached > 0 && !progress.told)
    }

    /// Notes that the page at `path` was opened; returns the quick way back that this is.
    pub fn open(&mut self, path: &str, now: Millis) -> Option<Conversion> {
        let [(last, opened_at), (before, _)] = &self.pages;
        if last == path {
            return None;
        }
        let quick = before == path && now.since(*opened_at) < QUICK_MS;
        let told = quick.then(|| {
            let mut told = Conversion::new("quick_back");
            told.text("page_location", last);
            told.num("seconds", (now.since(*opened_at) / 100) as f64 / 10.0);
            told
        });
        self.pages.swap(0, 1);
        self.pages[0] = (path.to_owned(), now);
        told
    }
}

/// Returns whether `conversion` on the page at `url` is a step: an event's name, or the pattern of a page's path.
fn is_step(step: &str, conversion: &Conversion, url: &str) -> bool {
    if step.starts_with(['/', '*']) {
        conversion.name == "page_view" && is_at(step, url)
    } else {
        conversion.name == step
    }
}

/// Returns whether `conversion` has what `goal` wants: numbers at least as great, texts the same.
fn has(conversion: &Conversion, goal: &Goal) -> bool {
    goal.with
        .iter()
        .all(|(key, wanted)| match (wanted, conversion.get(key)) {
            (Value::Num(least), Some(Value::Num(number))) => number >= least,
            (wanted, Some(found)) => wanted == found,
            _ => false,
        })
}

/// FNV-1a. <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>
fn hash(text: &str, salt: u64) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ salt;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    // No more digits than are read back.
    hash >> 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Funnel;

    fn config() -> Config {
        let steps = [
            "view_item",
            "add_to_cart",
            "begin_checkout",
            "/pay*",
            "purchase",
        ];
        let goal = |name: &str, when: &str, with: &[(&str, Value)], each| Goal {
            name: name.to_owned(),
            when: when.to_owned(),
            with: with
                .iter()
                .map(|(key, value)| ((*key).to_owned(), value.clone()))
                .collect(),
            params: vec![("value".to_owned(), Value::Num(2.0))],
            each,
        };
        Config {
            funnels: vec![Funnel {
                name: "checkout".to_owned(),
                steps: steps.map(str::to_owned).to_vec(),
            }],
            goals: vec![
                goal(
                    "keen",
                    "scroll",
                    &[("percent_scrolled", Value::Num(75.0))],
                    false,
                ),
                goal("posted", "share", &[("method", Value::from("x"))], true),
                goal("read_about", "/about*", &[], false),
            ],
            ..Config::default()
        }
    }

    fn json(params: &crate::value::Entries) -> String {
        let mut out = String::new();
        crate::json::write_entries(&mut out, params);
        out
    }

    fn with(name: &str, key: &str, value: Value) -> Conversion {
        let mut out = Conversion::new(name);
        out.put(key, value);
        out
    }

    #[test]
    fn steps_are_told_in_order_over_pages() {
        let config = config();
        let mut journey = Journey::resume(&config, &[]);
        let mut told = Vec::new();
        for (second, name, path) in [
            (0, "page_view", "/home"),
            (1, "view_item", "/p"),
            (2, "view_item", "/q"),
            (12, "begin_checkout", "/cart"),
            (13, "add_to_cart", "/p"),
            (20, "page_view", "/pay/card"),
            (50, "purchase", "/thanks"),
            (60, "purchase", "/thanks"),
        ] {
            // Each page begins with what the one before has saved.
            journey = Journey::resume(&config, &journey.save(&config));
            let found =
                journey.follow(&config, &Conversion::new(name), path, Millis(second * 1000));
            told.extend(found.iter().map(|step| json(&step.params)));
        }
        assert_eq!(
            told,
            [
                r#"{"funnel_name":"checkout","step_name":"view_item","step_index":1}"#,
                r#"{"funnel_name":"checkout","step_name":"begin_checkout","step_index":3,"seconds_since_step":11,"steps_skipped":1}"#,
                r#"{"funnel_name":"checkout","step_name":"/pay*","step_index":4,"seconds_since_step":8}"#,
                r#"{"funnel_name":"checkout","step_name":"purchase","step_index":5,"seconds_since_step":30}"#,
                r#"{"funnel_name":"checkout","step_name":"purchase","step_index":5,"steps_skipped":4}"#,
            ]
        );
    }

    #[test]
    fn a_checkout_given_up_says_where() {
        let config = config();
        for (steps, told, case) in [
            (vec!["view_item"], None, "only looked"),
            (
                vec!["begin_checkout"],
                Some("begin_checkout"),
                "from a cart of another day",
            ),
            (
                vec!["view_item", "add_to_cart"],
                Some("add_to_cart"),
                "a full cart",
            ),
            (
                vec!["view_item", "add_to_cart", "begin_checkout", "purchase"],
                None,
                "bought",
            ),
        ] {
            let mut journey = Journey::resume(&config, &[]);
            for step in steps {
                journey.follow(&config, &Conversion::new(step), "/x", Millis(1000));
            }
            journey.field = "phone".to_owned();
            journey = Journey::resume(&config, &journey.save(&config));
            let abandoned = journey.abandon(&config, "idle", Millis(61_000));
            let step = abandoned
                .first()
                .and_then(|told| told.get("last_step")?.as_str());
            assert_eq!(step, told, "{case}");
            if let Some(first) = abandoned.first() {
                assert_eq!(
                    first.get("last_field").and_then(Value::as_str),
                    Some("phone"),
                    "{case}"
                );
                assert_eq!(
                    first.get("seconds_since_step").and_then(Value::as_num),
                    Some(60.0),
                    "{case}"
                );
            }
            journey = Journey::resume(&config, &journey.save(&config));
            assert!(
                journey.abandon(&config, "idle", Millis(62_000)).is_empty(),
                "{case}: told once"
            );
        }
    }

    #[test]
    fn a_checkout_taken_up_again_is_told_as_resumed() {
        let config = config();
        let mut journey = Journey::resume(&config, &[]);
        journey.follow(&config, &Conversion::new("begin_checkout"), "/x", Millis(0));
        assert_eq!(journey.abandon(&config, "left", Millis(1000)).len(), 1);
        let step = &journey.follow(&config, &Conversion::new("purchase"), "/x", Millis(9000))[0];
        assert_eq!(step.get("resumed"), Some(&Value::Bool(true)));
    }

    #[test]
    fn goals_are_reached_once_a_visit_or_each_time() {
        let config = config();
        let mut journey = Journey::resume(&config, &[]);
        for (conversion, path, goals, case) in [
            (
                with("scroll", "percent_scrolled", Value::Num(50.0)),
                "/",
                vec![],
                "not far enough",
            ),
            (
                with("scroll", "percent_scrolled", Value::Num(90.0)),
                "/",
                vec!["keen"],
                "farther than wanted",
            ),
            (
                with("scroll", "percent_scrolled", Value::Num(90.0)),
                "/",
                vec![],
                "once a visit",
            ),
            (
                with("share", "method", Value::from("email")),
                "/",
                vec![],
                "another method",
            ),
            (
                with("share", "method", Value::from("x")),
                "/",
                vec!["posted"],
                "each time",
            ),
            (
                with("share", "method", Value::from("x")),
                "/",
                vec!["posted"],
                "each time, again",
            ),
            (Conversion::new("share"), "/", vec![], "no such parameter"),
            (
                Conversion::new("page_view"),
                "/about/us",
                vec!["read_about"],
                "a page",
            ),
        ] {
            journey = Journey::resume(&config, &journey.save(&config));
            let told: Vec<_> = journey
                .follow(&config, &conversion, path, Millis(0))
                .into_iter()
                .map(|goal| goal.name)
                .collect();
            assert_eq!(told, goals, "{case}");
        }
        journey.renew(&config);
        let again = with("scroll", "percent_scrolled", Value::Num(90.0));
        assert_eq!(
            journey.follow(&config, &again, "/", Millis(0)).len(),
            1,
            "the next visit"
        );
    }

    #[test]
    fn an_order_is_one_purchase_however_often_its_page_is_opened() {
        let config = config();
        let mut journey = Journey::default();
        let order = |number: &str| with("purchase", "transaction_id", Value::from(number));
        for (conversion, page, visit, repeats, case) in [
            (order("A1"), "/thanks", 1, false, "first"),
            (order("A1"), "/thanks", 1, true, "reloaded"),
            (
                order("A1"),
                "/thanks?x",
                2,
                true,
                "opened again on another day",
            ),
            (order("A2"), "/thanks", 2, false, "another order"),
            (
                Conversion::new("purchase"),
                "/done/7",
                2,
                false,
                "without a number",
            ),
            (
                Conversion::new("purchase"),
                "/done/7",
                2,
                true,
                "without a number, reloaded",
            ),
            (
                Conversion::new("purchase"),
                "/done/7",
                3,
                false,
                "without a number, next visit",
            ),
        ] {
            journey = Journey::resume(&config, &journey.save(&config));
            assert_eq!(journey.repeats(&conversion, page, visit), repeats, "{case}");
        }
        for number in 0..100 {
            journey.repeats(&order(&number.to_string()), "/", 1);
        }
        assert_eq!(journey.orders.len(), MAX_ORDERS);
    }

    #[test]
    fn who_comes_back_at_once_has_not_found_it() {
        for (pages, told, case) in [
            (
                vec![("/list", 0), ("/p", 10), ("/list", 13)],
                1,
                "back after three seconds",
            ),
            (
                vec![("/list", 0), ("/p", 10), ("/list", 60)],
                0,
                "read for a while",
            ),
            (vec![("/list", 0), ("/p", 10), ("/q", 12)], 0, "went on"),
            (vec![("/p", 0), ("/p", 3)], 0, "reloaded"),
            (
                vec![("/list", 0), ("/p", 10), ("/p", 11), ("/list", 13)],
                1,
                "reloaded, then back",
            ),
        ] {
            let mut journey = Journey::default();
            let mut count = 0;
            for (path, second) in pages {
                journey = Journey::resume(&Config::default(), &journey.save(&Config::default()));
                count += usize::from(journey.open(path, Millis(second * 1000)).is_some());
            }
            assert_eq!(count, told, "{case}");
        }
    }
}
