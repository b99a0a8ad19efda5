//! What a config may say, and what it is told where it may not.

use spoor::{
    config::{Config, Field, Rule, Source, Trigger},
    value::Value,
};

use crate::browser::{config, value};

/// Stands for the browser's judgement: what holds `!` is no selector.
fn faults(json: &str) -> Vec<String> {
    let read = Config::read(&value(json), &|selector| !selector.contains('!'));
    let faults = read.err().unwrap_or_default();
    faults.as_str().lines().map(str::to_owned).collect()
}

fn rules(track: &str) -> Vec<Rule> {
    config(&format!(r#"{{"collector": "/c", "track": {track}}}"#)).rules
}

#[test]
fn each_fault_names_its_path_and_the_remedy() {
    const PERCENT: &str =
        "must be whole percentages from 1 to 100, rising, such as [25, 50, 75, 90]";
    const EITHER: &str = "needs one of \"selector\" (clicks), \"form\" (submits), \"url\" or \"shown\" (pages) and \"seen\" (views)";
    const ADDRESS: &str = "must be an address such as \"/collect\", not \"\"";
    const NAME: &str = "no event name; use up to 40 letters, digits and _";
    for (json, expected) in [
        (
            "null",
            &[("config", "must be an object"), ("collector", ADDRESS)][..],
        ),
        (
            "[]",
            &[("config", "must be an object"), ("collector", ADDRESS)],
        ),
        ("{}", &[("collector", ADDRESS)]),
        (
            r#"{"collector": 7}"#,
            &[("collector", "must be a text"), ("collector", ADDRESS)],
        ),
        (
            r#"{"collector": "collect"}"#,
            &[(
                "collector",
                "must be an address such as \"/collect\", not \"collect\"",
            )],
        ),
        (
            r#"{"collector": "/c", "site": 7}"#,
            &[("site", "must be a text")],
        ),
        (
            r#"{"collector": "/c", "gpc": "no"}"#,
            &[("gpc", "must be true or false")],
        ),
        (
            r#"{"collector": "/c", "trak": {}}"#,
            &[("trak", "unknown option; did you mean \"track\"?")],
        ),
        (
            r#"{"collector": "/c", "zzz": {}}"#,
            &[(
                "zzz",
                "unknown option; known are: collector site preset item track funnels goals heatmap consent identity bots sample privacy exclude gpc dnt",
            )],
        ),
        (
            r#"{"collector": "/c", "heatmap": "on"}"#,
            &[("heatmap", "must be an object")],
        ),
        (
            r#"{"collector": "/c", "heatmap": {"clicks": 1}}"#,
            &[("heatmap.clicks", "must be true or false")],
        ),
        (
            r#"{"collector": "/c", "heatmap": {"click": true}}"#,
            &[("heatmap.click", "unknown option; did you mean \"clicks\"?")],
        ),
        (
            r#"{"collector": "/c", "track": []}"#,
            &[("track", "must be an object")],
        ),
        (
            r#"{"collector": "/c", "track": {"add to cart": "a"}}"#,
            &[("track.add to cart", NAME)],
        ),
        (
            r#"{"collector": "/c", "track": {"share": "a!"}}"#,
            &[(
                "track.share",
                "not a valid selector: \"a!\"; a text is written \"=text\"",
            )],
        ),
        (
            r#"{"collector": "/c", "track": {"share": 7}}"#,
            &[
                ("track.share", "must be an object"),
                ("track.share", EITHER),
            ],
        ),
        (
            r#"{"collector": "/c", "track": {"share": {}}}"#,
            &[("track.share", EITHER)],
        ),
        (
            r#"{"collector": "/c", "track": {"share": {"selector": "a", "form": "b"}}}"#,
            &[("track.share", EITHER)],
        ),
        (
            r#"{"collector": "/c", "track": {"share": ["a", {"selector": 7}]}}"#,
            &[("track.share[1].selector", "must be a text")],
        ),
        (
            r#"{"collector": "/c", "track": {"share": {"form": "!"}}}"#,
            &[(
                "track.share.form",
                "not a valid selector: \"!\"; a text is written \"=text\"",
            )],
        ),
        (
            r#"{"collector": "/c", "track": {"share": {"selector": "a", "items": {}}}}"#,
            &[(
                "track.share.items",
                "unknown option; did you mean \"item\"?",
            )],
        ),
        (
            r#"{"collector": "/c", "track": {"share": {"selector": "a", "item": ".price"}}}"#,
            &[("track.share.item", "must be an object")],
        ),
        (
            r#"{"collector": "/c", "track": {"share": {"selector": "a", "item": {"price": []}}}}"#,
            &[(
                "track.share.item.price",
                "must be a text such as \"@data-sku\", \".price\" or \"=EUR\", or a number",
            )],
        ),
        (
            r#"{"collector": "/c", "track": {"share": {"selector": "a", "value": "19 EUR!"}}}"#,
            &[(
                "track.share.value",
                "not a valid selector: \"19 EUR!\"; a text is written \"=text\"",
            )],
        ),
        (
            r#"{"collector": "/c", "track": {"share": {"selector": "a", "params": {"x": "@!"}}}}"#,
            &[(
                "track.share.params.x",
                "not a valid selector: \"[!]\"; a text is written \"=text\"",
            )],
        ),
        (
            r#"{"collector": "/c", "track": {"scroll": [50, 25]}}"#,
            &[("track.scroll", PERCENT)],
        ),
        (
            r#"{"collector": "/c", "track": {"scroll": [0]}}"#,
            &[("track.scroll", PERCENT)],
        ),
        (
            r#"{"collector": "/c", "track": {"scroll": [101]}}"#,
            &[("track.scroll", PERCENT)],
        ),
        (
            r#"{"collector": "/c", "track": {"scroll": [2.5]}}"#,
            &[("track.scroll", PERCENT)],
        ),
        (
            r#"{"collector": "/c", "track": {"scroll": ["25"]}}"#,
            &[("track.scroll", PERCENT)],
        ),
        (
            r#"{"collector": "/c", "track": {"scroll": 25}}"#,
            &[("track.scroll", PERCENT)],
        ),
        (
            r#"{"collector": "/c", "track": {"video": 7}}"#,
            &[("track.video", "must be an object")],
        ),
        (
            r#"{"collector": "/c", "track": {"video": {"milestones": [50, 50]}}}"#,
            &[("track.video.milestones", PERCENT)],
        ),
        (
            r#"{"collector": "/c", "track": {"video": {"milestone": [50]}}}"#,
            &[(
                "track.video.milestone",
                "unknown option; did you mean \"milestones\"?",
            )],
        ),
    ] {
        let expected: Vec<_> = expected
            .iter()
            .map(|(path, what)| format!("{path}: {what}"))
            .collect();
        assert_eq!(faults(json), expected, "{json}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let json = r#"{
      "colector": "/c",
      "track": { "scroll": [0], "add_to_cart": { "selecter": ".add", "item": { "price": null } } },
      "heatmap": { "clicks": "yes" }
    }"#;
    let paths: Vec<_> = faults(json)
        .into_iter()
        .map(|line| line.split(": ").next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        paths,
        [
            "colector",
            "track.scroll",
            "track.add_to_cart.selecter",
            "track.add_to_cart.item.price",
            "track.add_to_cart",
            "heatmap.clicks",
            "collector",
        ]
    );
}

#[test]
fn expressions_say_where_a_value_comes_from() {
    let read = |selector: &str, attribute: &str| Source::Read {
        selector: selector.to_owned(),
        attribute: attribute.to_owned(),
    };
    let text = |text: &str| Source::Literal(Value::from(text));
    for (key, json, expected) in [
        ("x", r#""@data-sku""#, read("", "data-sku")),
        ("x", r#"".price""#, read(".price", "")),
        ("x", r#"".card@data-sku""#, read(".card", "data-sku")),
        ("x", r#""a[href*='@']""#, read("a[href*='@']", "")),
        (
            "x",
            r#""a[href*='@']@title""#,
            read("a[href*='@']", "title"),
        ),
        ("x", r#""=EUR""#, text("EUR")),
        ("x", r#""=""#, text("")),
        ("x", r#""==""#, text("=")),
        ("x", "2", Source::Literal(Value::Num(2.0))),
        ("x", "true", Source::Literal(Value::Bool(true))),
        ("x", r#""word""#, read("word", "")),
        ("method", r#""newsletter""#, text("newsletter")),
        ("currency", r#""EUR""#, text("EUR")),
        ("content_type", r#""product""#, text("product")),
        ("method", r##""#method""##, read("#method", "")),
        ("method", r#"".method""#, read(".method", "")),
        ("method", r#""[data-m]@data-m""#, read("[data-m]", "data-m")),
        ("currency", r#""@data-currency""#, read("", "data-currency")),
    ] {
        let track = format!(r#"{{"share": {{"selector": "a", "params": {{"{key}": {json}}}}}}}"#);
        let field = Field {
            of_item: false,
            key: key.to_owned(),
            source: expected,
        };
        assert_eq!(rules(&track)[0].fields, [field], "{key}: {json}");
    }
}

#[test]
fn one_event_may_have_several_rules() {
    let rules =
        rules(r##"{"sign_up": [".join", {"form": "#newsletter", "item": {"item_id": "@id"}}]}"##);
    let told: Vec<_> = rules
        .iter()
        .map(|rule| {
            (
                rule.name.as_str(),
                rule.selector.as_str(),
                rule.trigger == Trigger::Submit,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("sign_up", ".join", false),
            ("sign_up", "#newsletter", true)
        ]
    );
    assert!(rules[1].fields[0].of_item);
}

#[test]
fn what_is_not_said_has_a_default() {
    let read = |json: &str| config(&format!(r#"{{"collector": "/c"{json}}}"#));
    let bare = read("");
    assert_eq!(bare.collector, "/c");
    assert!(bare.rules.is_empty() && bare.scroll.is_empty() && !bare.heat_clicks);
    assert_eq!((bare.site.as_str(), bare.video.as_str()), ("", ""));
    for (json, milestones) in [
        (r#", "track": {"scroll": true}"#, &[25, 50, 75, 90][..]),
        (r#", "track": {"scroll": false}"#, &[]),
        (r#", "track": {"scroll": [100]}"#, &[100]),
    ] {
        assert_eq!(read(json).scroll, milestones, "{json}");
    }
    for (json, selector, milestones) in [
        ("\".film\"", ".film", &[10, 25, 50, 75][..]),
        ("{}", "video,iframe", &[10, 25, 50, 75]),
        ("true", "video,iframe", &[10, 25, 50, 75]),
        (
            r#"{"selector": ".film", "milestones": [50]}"#,
            ".film",
            &[50],
        ),
    ] {
        let config = read(&format!(r#", "track": {{"video": {json}}}"#));
        assert_eq!(config.video, selector, "{json}");
        assert_eq!(config.video_milestones, milestones, "{json}");
    }
    for (json, clicks) in [
        ("true", true),
        ("false", false),
        ("{}", true),
        (r#"{"clicks": false}"#, false),
    ] {
        let config = read(&format!(r#", "heatmap": {json}"#));
        assert_eq!(config.heat_clicks, clicks, "{json}");
    }
}
