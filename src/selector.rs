//! Makes the selector by which an element is found again on another day.
//!
//! Enters: the element and its ancestors as the edge described them. Leaves: one selector, stable names first: ids and data
//! attributes, then classes that a person chose, `nth-of-type` last. Hashed classes and counted ids are passed over.

use crate::text::{append, cut, is_listed, parts};

/// Separates the facts of one element in the edge's description.
pub const FACT: u8 = 0x1f;
/// Separates the elements; the innermost stands first.
pub const STEP: u8 = 0x1e;
/// Stands as an element of its own where a shadow root lies between two.
pub const SHADOW: &str = "^";
/// Classes kept of one element: more only make the selector longer.
const MAX_CLASSES: usize = 2;
/// A name longer than this was not chosen by a person.
const MAX_NAME: usize = 40;
/// Classes that come and go.
const STATES: &str = "active open hover focus selected disabled loading";

/// Returns the selector of the first element of `description`.
///
/// The description holds per element: tag, id, class attribute, `data-testid` or the like as `name=value`, and its
/// `nth-of-type` number, empty where it is the only one of its type; separated by [`FACT`], elements by [`STEP`].
#[must_use]
pub fn build(description: &str) -> String {
    let mut out = String::new();
    let mut joint = "";
    let mut anchored = false; // an id was reached: nothing above it in its tree says more
    for step in parts(description, STEP) {
        if step == SHADOW {
            joint = " >>> ";
            anchored = false;
        } else if !anchored {
            let mut name = String::new();
            anchored = name_of(step, &mut name);
            append(&mut name, &[joint, &out]);
            out = name;
            joint = " > ";
        }
    }
    out
}

/// Writes the name of one element; `true` where the name alone should find it in its tree.
fn name_of(step: &str, out: &mut String) -> bool {
    let mut facts = parts(step, FACT);
    let mut fact = || facts.next().unwrap_or_default();
    let (tag, id, classes, data, nth) = (fact(), fact(), fact(), fact(), fact());
    if is_stable(id) {
        append(out, &["#", id]);
        return true;
    }
    out.push_str(tag);
    if let Some((name, value)) = cut(data, b'=').filter(|(_, value)| is_plain(value)) {
        append(out, &["[", name, "=\"", value, "\"]"]);
    } else {
        let stable = parts(classes, b' ').filter(|class| is_stable(class));
        stable
            .take(MAX_CLASSES)
            .for_each(|class| append(out, &[".", class]));
    }
    if !nth.is_empty() {
        append(out, &[":nth-of-type(", nth, ")"]);
    }
    false
}

/// Returns whether `text` can stand in a selector as it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_NAME
        && text
            .bytes()
            .all(|c| c.is_ascii_alphanumeric() || is_joint(c))
}

fn is_joint(c: u8) -> bool {
    c == b'-' || c == b'_'
}

/// Returns whether a person chose this id or class, and no build step or counter.
///
/// What tools write has digits mixed among letters (`css-1x2y3z`), counts (`input-17`, `:r3:`) or flips its case
/// (`sc-bdVaJa`); what tells of state (`is-active`, `hover`) is gone at the next look.
fn is_stable(name: &str) -> bool {
    let first = name.as_bytes().first().copied().unwrap_or_default();
    if !is_plain(name)
        || first.is_ascii_digit()
        || first == b'-'
        || is_listed(STATES, name)
        || name.starts_with("is-")
    {
        return false;
    }
    let (mut len, mut digits, mut flips, mut last) = (0, 0, 0, b'-');
    for c in name.bytes().chain([b'-']) {
        if is_joint(c) {
            let counted = digits > 2 || (digits > 0 && (digits == len || len >= 5));
            if counted || (flips >= 2 && len <= 8) {
                return false;
            }
            (len, digits, flips) = (0, 0, 0);
        } else {
            len += 1;
            digits += u32::from(c.is_ascii_digit());
            flips += u32::from(last.is_ascii_lowercase() && c.is_ascii_uppercase());
        }
        last = c;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(steps: &[[&str; 5]]) -> String {
        let steps: Vec<String> = steps.iter().map(|facts| facts.join("\u{1f}")).collect();
        steps.join("\u{1e}")
    }

    #[test]
    fn stable_names_come_first_and_positions_last() {
        for (steps, expected) in [
            (
                vec![["button", "add", "btn", "", "2"], ["main", "", "", "", ""]],
                "#add",
            ),
            (
                vec![
                    ["button", "", "btn primary wide", "", "2"],
                    ["main", "", "", "", ""],
                ],
                "main > button.btn.primary:nth-of-type(2)",
            ),
            (
                vec![
                    ["a", "", "css-1x2y3z card", "", ""],
                    ["li", "", "sc-bdVaJa", "", "4"],
                    ["ul", "grid", "", "", ""],
                ],
                "#grid > li:nth-of-type(4) > a.card",
            ),
            (
                vec![["button", "input-17", "is-active", "data-testid=save", ""]],
                "button[data-testid=\"save\"]",
            ),
            (vec![["button", "", "", "data-sku=a\"b", ""]], "button"),
            (
                vec![["i", ":r3:", "addToCart", "", "1"]],
                "i.addToCart:nth-of-type(1)",
            ),
        ] {
            assert_eq!(build(&path(&steps)), expected);
        }
    }

    #[test]
    fn a_shadow_root_is_entered_by_three_arrows() {
        let inner = path(&[
            ["button", "", "buy", "", ""],
            ["div", "box", "", "", ""],
            ["p", "", "", "", ""],
        ]);
        let outer = path(&[["x-card", "", "", "", "3"], ["main", "shop", "", "", ""]]);
        assert_eq!(
            build(&format!("{inner}\u{1e}^\u{1e}{outer}")),
            "#shop > x-card:nth-of-type(3) >>> #box > button.buy"
        );
    }

    #[test]
    fn names_that_tools_wrote_are_told_from_chosen_ones() {
        for name in [
            "add-to-cart",
            "h1",
            "step-2b",
            "product_card",
            "addToCart",
            "btn",
            "mainNav",
            "Button",
        ] {
            assert!(is_stable(name), "{name}");
        }
        for name in [
            "",
            "css-1x2y3z",
            "sc-bdVaJa",
            "input-17",
            "col-2",
            ":r3:",
            "1a",
            "-x",
            "ember1234",
            "jsx-2871293847",
            "is-open",
            "a b",
            "é",
        ] {
            assert!(!is_stable(name), "{name}");
        }
    }
}
