//! Makes the selector by which an element is found again on another day.
//!
//! Enters: the element and its ancestors as the edge described them. Leaves: one selector, stable names first: ids and data
//! attributes, then classes that a person chose, `nth-of-type` last. Hashed classes and counted ids are passed over.

/// Separates the facts of one element in the edge's description.
pub const FACT: char = '\u{1f}';
/// Separates the elements; the innermost stands first.
pub const STEP: char = '\u{1e}';
/// Stands as an element of its own where a shadow root lies between two.
pub const SHADOW: &str = "^";
/// Classes kept of one element: more only make the selector longer.
const MAX_CLASSES: usize = 2;
/// A name longer than this was not chosen by a person.
const MAX_NAME: usize = 40;

/// Returns the selector of the first element of `description`.
///
/// The description holds per element: tag, id, class attribute, `data-testid` or the like as `name=value`, and its
/// `nth-of-type` number, empty where it is the only one of its type; separated by [`FACT`], elements by [`STEP`].
#[must_use]
pub fn build(description: &str) -> String {
    let mut out = String::new();
    let mut anchored = false; // an id was reached: nothing above it says more
    let mut after_shadow = false;
    for step in description.split(STEP) {
        if step == SHADOW {
            after_shadow = true;
            anchored = false;
            continue;
        }
        if anchored {
            continue;
        }
        let mut name = String::new();
        anchored = name_of(step, &mut name);
        let joint = if out.is_empty() {
            ""
        } else if after_shadow {
            " >>> "
        } else {
            " > "
        };
        after_shadow = false;
        name.push_str(joint);
        out.insert_str(0, &name);
    }
    out
}

/// Writes the name of one element; `true` where the name alone should find it in its tree.
fn name_of(step: &str, out: &mut String) -> bool {
    let mut facts = step.split(FACT);
    let mut fact = || facts.next().unwrap_or_default();
    let (tag, id, classes, data, nth) = (fact(), fact(), fact(), fact(), fact());
    if is_stable(id) {
        out.push('#');
        out.push_str(id);
        return true;
    }
    out.push_str(tag);
    if let Some((name, value)) = data.split_once('=').filter(|(_, value)| is_plain(value)) {
        for part in ["[", name, "=\"", value, "\"]"] {
            out.push_str(part);
        }
    } else {
        for class in classes
            .split_ascii_whitespace()
            .filter(|class| is_stable(class))
            .take(MAX_CLASSES)
        {
            out.push('.');
            out.push_str(class);
        }
    }
    if !nth.is_empty() {
        for part in [":nth-of-type(", nth, ")"] {
            out.push_str(part);
        }
    }
    false
}

/// Returns whether `text` can stand in a selector as it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_NAME
        && text
            .bytes()
            .all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_')
}

/// Returns whether a person chose this id or class, and no build step or counter.
///
/// What tools write has digits mixed among letters (`css-1x2y3z`, `sc-bdVaJa`), or counts (`input-17`, `:r3:`); what
/// tells of state (`is-active`, `hover`) is gone at the next look.
fn is_stable(name: &str) -> bool {
    if !is_plain(name) || name.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return false;
    }
    let mut words = name.split(['-', '_']);
    let state = name.starts_with("is-") || name.starts_with("has-");
    let mixed = words.any(|word| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        digits > 2 || (digits > 0 && (digits == word.len() || word.len() >= 5)) || flips_case(word)
    });
    !state && !mixed && !["active", "open", "hover", "focus", "selected"].contains(&name)
}

/// Returns whether upper and lower case alternate as in a hash: `bdVaJa`, but not `addToCart`.
fn flips_case(word: &str) -> bool {
    let bytes = word.as_bytes();
    let flips = bytes
        .windows(3)
        .filter(|part| matches!(part, [a, b, c] if a.is_ascii_lowercase() && b.is_ascii_uppercase() && c.is_ascii_lowercase()))
        .count();
    let ends_upper = bytes.last().is_some_and(u8::is_ascii_uppercase);
    word.len() <= 8 && (flips >= 2 || (ends_upper && bytes.iter().any(u8::is_ascii_lowercase)))
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
