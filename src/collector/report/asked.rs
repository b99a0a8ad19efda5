//! The parameters of a query, each read once, each fault named with its remedy.

use std::{collections::HashMap, ops::RangeInclusive};

use axum::{
    extract::{FromRequestParts, Query},
    http::{StatusCode, request::Parts},
};

use crate::collector::refusal::Refusal;

/// What a query asks for.
#[derive(Debug)]
pub struct Asked(HashMap<String, String>);

/// Which visits: from when to when, in milliseconds since 1970, the end not part of it; and whether those of bots too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    pub from: i64,
    pub to: i64,
    pub bots: bool,
}

/// 9999-12-31: for ever.
const MAX_TIME: i64 = 253_402_300_799_999;

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        match Query::try_from_uri(&parts.uri) {
            Ok(Query(parameters)) => Ok(Self(parameters)),
            Err(error) => Err(Refusal::new(StatusCode::BAD_REQUEST, error.body_text())),
        }
    }
}

impl Asked {
    /// Refuses parameters that are not among `known`: a mistyped one would else be passed over.
    pub fn only(self, known: &[&str]) -> Result<Self, Refusal> {
        match self.0.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(self),
            Some(name) => Err(refuse(
                name,
                format!(
                    "\"{name}\" is not asked for here; known: {}",
                    known.join(", ")
                ),
            )),
        }
    }

    /// Returns a text; `None` where it is absent or empty.
    pub fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).filter(|text| !text.is_empty()).cloned()
    }

    /// Returns a text that must be there.
    pub fn required(&self, name: &str, example: &str) -> Result<String, Refusal> {
        self.text(name).ok_or_else(|| {
            refuse(
                name,
                format!("{name} is missing; give it, such as {name}={example}"),
            )
        })
    }

    /// Returns the site, which must be named.
    pub fn site(&self) -> Result<String, Refusal> {
        self.required("site", "demo-shop")
    }

    /// Returns a whole number within `range`, `default` where it is absent.
    pub fn number(
        &self,
        name: &str,
        default: i64,
        range: RangeInclusive<i64>,
    ) -> Result<i64, Refusal> {
        let Some(text) = self.text(name) else {
            return Ok(default);
        };
        let number = text.parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| {
            let (least, most) = (range.start(), range.end());
            let remedy = format!("give a whole number from {least} to {most}");
            refuse(name, format!("{name}={text} is not taken; {remedy}"))
        })
    }

    /// Returns what a word stands for among `known`; `None` where it is absent.
    pub fn choice<T: Copy>(
        &self,
        name: &str,
        known: &[(&'static str, T)],
    ) -> Result<Option<T>, Refusal> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let found = known.iter().find(|(word, _)| *word == text);
        let (_, meant) = found.ok_or_else(|| {
            let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            let remedy = format!("give {}", words.join(" or "));
            refuse(name, format!("{name}={text} is not known; {remedy}"))
        })?;
        Ok(Some(*meant))
    }

    /// Returns what `from`, `to` and `bots` choose, by default all time without bots.
    pub fn scope(&self) -> Result<Scope, Refusal> {
        let bots = self.choice("bots", &[("true", true), ("false", false)])?;
        let bots = bots.unwrap_or(false);
        let from = self.number("from", 0, 0..=MAX_TIME)?;
        let to = self.number("to", MAX_TIME, 0..=MAX_TIME)?;
        if from < to {
            Ok(Scope { from, to, bots })
        } else {
            let reason = format!("from={from} is not before to={to}; give a later `to`");
            Err(refuse("from", reason))
        }
    }
}

/// Returns the refusal of the parameter `name`.
pub fn refuse(name: &str, reason: String) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, reason).field(name)
}
