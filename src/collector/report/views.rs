//! Which views of a page a report is asked for: of which period, on which devices, of which visits.
//!
//! Enters: a query's parameters. Leaves: the conditions of a statement, and what is bound in them. Reads nothing but the
//! rows that names stand for.

use rusqlite::{Connection, OptionalExtension, ToSql};

use super::{
    asked::{Asked, Scope},
    conversions::DEFAULT_GOAL,
    site_row,
};
use crate::collector::refusal::Refusal;

/// A kind of device by the width of its viewport, from `least` up to `below`: CSS pixels.
#[derive(Clone, Copy, Debug)]
pub struct Device {
    pub name: &'static str,
    pub least: i64,
    pub below: i64,
}

/// All of them, parted at the widths where most shops change their layout.
pub const DEVICES: [Device; 3] = [
    Device::new("phone", 0, 600),
    Device::new("tablet", 600, 1024),
    Device::new("desktop", 1024, i64::MAX),
];

impl Device {
    const fn new(name: &'static str, least: i64, below: i64) -> Self {
        Self { name, least, below }
    }

    /// Tells whether a viewport of this width is one's.
    pub fn has(&self, viewport_width: i64) -> bool {
        (self.least..self.below).contains(&viewport_width)
    }
}

/// GA4's name for a variant of an experiment that was shown.
const IMPRESSION: &str = "experience_impression";

/// Reads views, as `pages`, with their visits, as `sessions`, before any other table.
pub const FROM: &str = "pages CROSS JOIN sessions ON sessions.id = pages.session";
/// Keeps the views that are asked for, on any device.
pub const WHERE: &str = "pages.path = :path AND pages.opened_at >= :from AND pages.opened_at < :to
    AND (:bots OR sessions.bot = '')
    AND (:campaign IS NULL OR sessions.source ->> '$.utm_campaign' = :campaign)
    AND (:converted IS NULL OR :converted = EXISTS (
        SELECT 1 FROM events INDEXED BY events_by_name WHERE events.session = sessions.id AND events.name = :goal))
    AND (:variant IS NULL OR EXISTS (
        SELECT 1 FROM events WHERE events.session = sessions.id AND events.name = :impression
            AND events.params ->> '$.exp_variant_string' = :variant))";

/// Which views.
#[derive(Debug)]
pub struct Views {
    site: String,
    /// Of the page, as stored.
    pub path: String,
    scope: Scope,
    /// Any where it is absent.
    pub device: Option<Device>,
    goal: String,
    /// Whether the goal was reached in the visit; either where it is absent.
    converted: Option<bool>,
    campaign: Option<String>,
    variant: Option<String>,
}

/// The rows that the names stand for; absent where nothing of that name has come.
#[derive(Debug, Default)]
pub struct Rows {
    site: Option<i64>,
    path: Option<i64>,
    goal: Option<i64>,
    impression: Option<i64>,
}

impl Views {
    /// The parameters by which they are chosen.
    pub const PARAMETERS: [&str; 10] = [
        "site",
        "path",
        "from",
        "to",
        "bots",
        "device",
        "goal",
        "converted",
        "campaign",
        "variant",
    ];

    /// Returns those that are asked for.
    pub fn of(asked: &Asked) -> Result<Self, Refusal> {
        let goal = asked.text("goal");
        Ok(Self {
            site: asked.site()?,
            path: asked.required("path", "/shop/index.html")?,
            scope: asked.scope()?,
            device: asked.choice("device", &DEVICES.map(|device| (device.name, device)))?,
            goal: goal.unwrap_or_else(|| DEFAULT_GOAL.to_owned()),
            converted: asked.choice("converted", &[("yes", true), ("no", false)])?,
            campaign: asked.text("campaign"),
            variant: asked.text("variant"),
        })
    }

    /// Returns the rows that its names stand for.
    pub fn rows(&self, from: &Connection) -> rusqlite::Result<Rows> {
        let name = |name: &str| {
            from.query_row("SELECT id FROM names WHERE name = ?", [name], |row| {
                row.get(0)
            })
            .optional()
        };
        let site = site_row(from, &self.site)?;
        let path = from
            .query_row(
                "SELECT id FROM paths WHERE site = ? AND path = ?",
                rusqlite::params![site, self.path],
                |row| row.get(0),
            )
            .optional()?;
        Ok(Rows {
            site,
            path,
            goal: name(&self.goal)?,
            impression: name(IMPRESSION)?,
        })
    }

    /// Returns what [`WHERE`] names.
    pub fn bound<'a>(&'a self, rows: &'a Rows) -> Vec<(&'static str, &'a dyn ToSql)> {
        vec![
            (":path", &rows.path),
            (":from", &self.scope.from),
            (":to", &self.scope.to),
            (":bots", &self.scope.bots),
            (":campaign", &self.campaign),
            (":converted", &self.converted),
            (":goal", &rows.goal),
            (":variant", &self.variant),
            (":impression", &rows.impression),
        ]
    }

    /// Returns the visitors who reached the goal in a visit that began within the period, whatever they saw.
    pub fn buyers(&self, from: &Connection, rows: &Rows) -> rusqlite::Result<Vec<i64>> {
        let mut statement = from.prepare_cached(
            "SELECT DISTINCT sessions.visitor
             FROM events INDEXED BY events_by_name CROSS JOIN sessions ON sessions.id = events.session
             WHERE sessions.site = ? AND sessions.started_at >= ? AND sessions.started_at < ? AND (? OR sessions.bot = '')
                AND events.name = ?",
        )?;
        let Scope {
            from: since,
            to,
            bots,
        } = self.scope;
        let bound = rusqlite::params![rows.site, since, to, bots, rows.goal];
        let visitors = statement.query_map(bound, |row| row.get(0))?;
        visitors.collect()
    }
}
