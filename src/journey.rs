//! What a visit has reached over its pages and tabs: steps of funnels, goals, orders, and the pages just before.
//!
//! Enters: each conversion as it is told. Leaves: what follows from it: `funnel_step`, goals, `checkout_abandon`, `quick_back`.
//! What must outlive the page stands in lines of text that the session saves along.

use crate::{
    config::{Config, Goal},
    conversion::{Conversion, add},
    json::write_int,
    page::is_at,
    text::{append, parts, read_int},
    time::{Millis, seconds},
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
    /// Returns what the lines of `saved` say, which [`Journey::save`] wrote under the same config.
    #[must_use]
    pub fn resume(config: &Config, saved: &str) -> Self {
        let mut journey = Self::default();
        journey.renew(config);
        for line in parts(saved, b'\n') {
            let mut words = parts(line, WORD);
            let mut word = || words.next().unwrap_or_default();
            let (kind, name) = (word(), word());
            match kind {
                "~f" => {
                    let mut known = config.funnels.iter().zip(&mut journey.funnels);
                    if let Some((_, progress)) = known.find(|(funnel, _)| funnel.name == name) {
                        progress.reached = read_int(word()).unwrap_or(0) as usize;
                        progress.at = Millis(read_int(word()).unwrap_or(0));
                        progress.told = !word().is_empty();
                    }
                }
                "~g" => {
                    let mut known = config.goals.iter().zip(&mut journey.goals);
                    if let Some((_, told)) = known.find(|(goal, _)| goal.name == name) {
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

    /// Returns the lines to save, each behind a line break.
    #[must_use]
    pub fn save(&self, config: &Config) -> String {
        let mut out = String::new();
        for (funnel, progress) in config.funnels.iter().zip(&self.funnels) {
            if progress.reached > 0 {
                append(&mut out, &["\n~f\x1f", &funnel.name, "\x1f"]);
                write_int(&mut out, progress.reached as u64);
                out.push('\x1f');
                write_int(&mut out, progress.at.0);
                append(&mut out, &["\x1f", if progress.told { "t" } else { "" }]);
            }
        }
        for (goal, told) in config.goals.iter().zip(&self.goals) {
            if *told {
                append(&mut out, &["\n~g\x1f", &goal.name]);
            }
        }
        for order in &self.orders {
            out.push_str("\n~o\x1f");
            write_int(&mut out, *order);
        }
        for (path, at) in self.pages.iter().rev() {
            append(&mut out, &["\n~p\x1f", path, "\x1f"]);
            write_int(&mut out, at.0);
        }
        if !self.field.is_empty() {
            append(&mut out, &["\n~e\x1f", &self.field, "\x1f", &self.error]);
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

    /// Notes that `conversion` was told on the page at `url`; tells what follows from it.
    pub fn follow(
        &mut self,
        config: &Config,
        conversion: &Conversion,
        url: &str,
        now: Millis,
        out: &mut Vec<Conversion>,
    ) {
        for (funnel, progress) in config.funnels.iter().zip(&mut self.funnels) {
            let mut steps = parts(&funnel.steps, b'\n');
            let mut index = 0;
            while let Some(step) = steps.next() {
                index += 1;
                if index <= progress.reached || !is_step(step, conversion, url) {
                    continue;
                }
                let told = add(out, "funnel_step");
                told.text("funnel_name", &funnel.name);
                told.text("step_name", step);
                told.num("step_index", index as f64);
                if progress.reached > 0 {
                    told.num("seconds_since_step", (now.since(progress.at) / 1000) as f64);
                }
                if index > progress.reached + 1 {
                    told.num("steps_skipped", (index - progress.reached - 1) as f64);
                }
                if progress.told {
                    told.put("resumed", Value::Bool(true));
                }
                progress.reached = if steps.next().is_none() { 0 } else { index };
                progress.at = now;
                progress.told = false;
                break;
            }
        }
        for (goal, told) in config.goals.iter().zip(&mut self.goals) {
            if (goal.each || !*told)
                && is_step(&goal.when, conversion, url)
                && has(conversion, goal)
            {
                *told = true;
                add(out, &goal.name).params = goal.params.clone();
            }
        }
    }

    /// Tells what of the checkout is given up, at the second step or later; `reason` is `idle` where the visit has ended,
    /// `left` where its page was closed. Told once until it goes on.
    pub fn abandon(
        &mut self,
        config: &Config,
        reason: &str,
        now: Millis,
        out: &mut Vec<Conversion>,
    ) {
        for (funnel, progress) in config.funnels.iter().zip(&mut self.funnels) {
            let Some(step) = progress
                .reached
                .checked_sub(1)
                .and_then(|at| parts(&funnel.steps, b'\n').nth(at))
            else {
                continue;
            };
            if progress.told || (progress.reached < 2 && step != "begin_checkout") {
                continue;
            }
            progress.told = true;
            let told = add(out, "checkout_abandon");
            told.text("funnel_name", &funnel.name);
            told.text("last_step", step);
            told.num("step_index", progress.reached as f64);
            told.num("seconds_since_step", (now.since(progress.at) / 1000) as f64);
            told.text("last_field", &self.field);
            told.text("last_error", &self.error);
            told.text("reason", reason);
        }
    }

    /// Returns whether a funnel was begun, and neither ended nor told as given up.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.funnels
            .iter()
            .any(|progress| progress.reached > 0 && !progress.told)
    }

    /// Notes that the page at `path` was opened; tells the quick way back that this is.
    pub fn open(&mut self, path: &str, now: Millis, out: &mut Vec<Conversion>) {
        let [(last, opened_at), (before, _)] = &self.pages;
        if last == path {
            return;
        }
        let stayed_ms = now.since(*opened_at);
        if before == path && stayed_ms < QUICK_MS {
            let told = add(out, "quick_back");
            told.text("page_location", last);
            told.num("seconds", seconds(stayed_ms));
        }
        self.pages.swap(0, 1);
        self.pages[0] = (path.to_owned(), now);
    }
}

/// Returns whether `conversion` on the page at `url` is a step: an event's name, or the pattern of a page's path.
fn is_step(step: &str, conversion: &Conversion, url: &str) -> bool {
    if matches!(step.as_bytes().first(), Some(b'/' | b'*')) {
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
                steps: steps.join("\n"),
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

    fn follow(
        journey: &mut Journey,
        conversion: &Conversion,
        path: &str,
        now: u64,
    ) -> Vec<Conversion> {
        let mut told = Vec::new();
        journey.follow(&config(), conversion, path, Millis(now), &mut told);
        told
    }

    fn abandon(journey: &mut Journey, reason: &str, now: u64) -> Vec<Conversion> {
        let mut told = Vec::new();
        journey.abandon(&config(), reason, Millis(now), &mut told);
        told
    }

    fn with(name: &str, key: &str, value: Value) -> Conversion {
        let mut out = Conversion::new(name);
        out.put(key, value);
        out
    }

    #[test]
    fn steps_are_told_in_order_over_pages() {
        let config = config();
        let mut journey = Journey::resume(&config, "");
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
            let found = follow(&mut journey, &Conversion::new(name), path, second * 1000);
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
            let mut journey = Journey::resume(&config, "");
            for step in steps {
                follow(&mut journey, &Conversion::new(step), "/x", 1000);
            }
            journey.field = "phone".to_owned();
            journey = Journey::resume(&config, &journey.save(&config));
            let abandoned = abandon(&mut journey, "idle", 61_000);
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
                abandon(&mut journey, "idle", 62_000).is_empty(),
                "{case}: told once"
            );
        }
    }

    #[test]
    fn a_checkout_taken_up_again_is_told_as_resumed() {
        let config = config();
        let mut journey = Journey::resume(&config, "");
        follow(&mut journey, &Conversion::new("begin_checkout"), "/x", 0);
        assert_eq!(abandon(&mut journey, "left", 1000).len(), 1);
        let step = &follow(&mut journey, &Conversion::new("purchase"), "/x", 9000)[0];
        assert_eq!(step.get("resumed"), Some(&Value::Bool(true)));
    }

    #[test]
    fn goals_are_reached_once_a_visit_or_each_time() {
        let config = config();
        let mut journey = Journey::resume(&config, "");
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
            let told: Vec<_> = follow(&mut journey, &conversion, path, 0)
                .into_iter()
                .map(|goal| goal.name)
                .collect();
            assert_eq!(told, goals, "{case}");
        }
        journey.renew(&config);
        let again = with("scroll", "percent_scrolled", Value::Num(90.0));
        assert_eq!(
            follow(&mut journey, &again, "/", 0).len(),
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
            let mut told_here = Vec::new();
            for (path, second) in pages {
                journey = Journey::resume(&Config::default(), &journey.save(&Config::default()));
                journey.open(path, Millis(second * 1000), &mut told_here);
            }
            assert_eq!(told_here.len(), told, "{case}");
        }
    }
}
