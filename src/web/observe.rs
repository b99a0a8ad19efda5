//! Asks the document for facts. Judges nothing.

use web_sys::Element;

use super::{convert, shim};
use crate::{
    attribution::CAMPAIGN,
    config::{Rule, Source},
    signal::{Media, MediaEvent, MediaFacts, PageFacts},
    value::Value,
};

/// Returns what the document says of itself.
pub fn page() -> PageFacts {
    let mut page = PageFacts::default();
    let Value::List(facts) = convert::value(&shim::page(CAMPAIGN)) else {
        return page;
    };
    let mut facts = facts.into_iter();
    for slot in [
        &mut page.url,
        &mut page.title,
        &mut page.referrer,
        &mut page.language,
    ] {
        if let Some(Value::Str(text)) = facts.next() {
            *slot = text;
        }
    }
    for slot in page.viewport.iter_mut().chain(&mut page.document) {
        *slot = pixels(facts.next().and_then(|fact| fact.as_num()).unwrap_or(0.0));
    }
    while let (Some(Value::Str(name)), Some(value)) = (facts.next(), facts.next()) {
        page.campaign.push((name, value));
    }
    page
}

/// Returns what the fields of `rule` find near `element`; null where they find nothing.
pub fn fields(rule: &Rule, element: &Element) -> Vec<Value> {
    let mut readings = Vec::new();
    for field in &rule.fields {
        let text = match &field.source {
            Source::Literal(_) => None,
            Source::Read {
                selector,
                attribute,
            } => shim::read(element, selector, attribute),
        };
        readings.push(text.map_or(Value::Null, Value::Str));
    }
    readings
}

/// Returns a media element's report, or `None` for a code that dom.js does not send.
pub fn media(code: u32, element: u32, at_s: f64, duration_s: f64) -> Option<Media> {
    let event = match code {
        0 => MediaEvent::Play,
        1 => MediaEvent::Progress,
        2 => MediaEvent::Seek,
        3 => MediaEvent::Ended,
        _ => return None,
    };
    Some(Media {
        element,
        event,
        at_s,
        duration_s,
    })
}

/// Returns what names a media element.
pub fn media_facts(element: &Element) -> MediaFacts {
    let read =
        |attribute: &str| shim::read(element, "*", attribute).filter(|text| !text.is_empty());
    let title = read("title")
        .or_else(|| read("aria-label"))
        .unwrap_or_default();
    let url = read("src")
        .or_else(|| shim::read(element, "source", "src"))
        .unwrap_or_default();
    MediaFacts { title, url }
}

/// Returns whole CSS pixels; 0 for what lies outside.
pub fn pixels(px: f64) -> u32 {
    px.round() as u32 // saturates
}
