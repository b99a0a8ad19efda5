//! Packs the clicks of a database of version 2, which had a row for each, into chunks.
//!
//! Enters: the tables `points` and `selectors`. Leaves: rows of `heat` in their place. Each click keeps its place in the page,
//! and in its element to within a pixel or so: how large that was is not known any more.

use rusqlite::{Connection, Result, Row};

use super::insert::chunk;
use crate::{
    collector::check::Heat,
    heatmap::{MAX_ANCHORS, Packer, Spot},
};

/// What a share is of.
const WHOLE: u32 = 32_767;
/// Where the number of a chunk's part stands beside the chunk's own: no browser's number is as large.
const PART_SHIFT: u32 = 32;

/// A click as it was stored.
struct Click {
    page: i64,
    seq: i64,
    page_width: u32,
    selector: String,
    t: u32,
    share: [u32; 2],
    at: [u32; 2],
}

/// Packs all clicks.
pub fn pack(change: &Connection) -> Result<()> {
    let mut statement = change.prepare(
        "SELECT points.page, points.seq, points.n, pages.document_width, selectors.selector,
            points.at - pages.opened_at, share_x, share_y, x, y
         FROM points
         JOIN pages ON pages.id = points.page
         JOIN selectors ON selectors.id = points.selector
         ORDER BY points.page, points.seq, points.n",
    )?;
    let mut rows = statement.query([])?;
    let mut packed = Packer::default();
    let mut of = (0, 0, 0);
    while let Some(row) = rows.next()? {
        let click = Click::read(row)?;
        let here = (click.page, click.seq, click.page_width);
        if here != of {
            put(change, of, &mut packed)?;
            of = here;
        }
        click.add(&mut packed);
    }
    put(change, of, &mut packed)?;
    drop(rows);
    drop(statement);
    change.execute_batch("DROP TABLE points; DROP TABLE selectors")
}

/// Writes what is packed, if anything is, and empties it.
fn put(
    change: &Connection,
    (page, seq, width): (i64, i64, u32),
    packed: &mut Packer,
) -> Result<()> {
    // What was just packed is a chunk.
    if !packed.is_empty()
        && let Ok(heat) = Heat::of(0, packed.pack())
    {
        chunk(change, page, seq, width, &heat)?;
    }
    *packed = Packer::default();
    Ok(())
}

impl Click {
    fn read(row: &Row<'_>) -> Result<Self> {
        // Each click may need an anchor to itself, of which a chunk has so many: the further ones go into chunks beside it.
        let part = row.get::<_, i64>(2)? / MAX_ANCHORS as i64;
        Ok(Self {
            page: row.get(0)?,
            seq: row.get::<_, i64>(1)? | part << PART_SHIFT,
            page_width: row.get(3)?,
            selector: row.get(4)?,
            t: row.get::<_, i64>(5)?.clamp(0, i64::from(u32::MAX)) as u32,
            share: [row.get(6)?, row.get(7)?],
            at: [row.get(8)?, row.get(9)?],
        })
    }

    fn add(&self, packed: &mut Packer) {
        let [(left, width, dx), (top, height, dy)] =
            [(self.at[0], self.share[0]), (self.at[1], self.share[1])].map(edge);
        let spot = Spot::click(&self.selector, [left, top, width, height], [dx, dy]);
        // As many as fit one are given to it, and it is new.
        let _ = packed.add(&spot, self.t);
    }
}

/// Returns the edge and size of an element in which what is at this place of the page lies at this share, and its offset there.
fn edge((at, share): (u32, u32)) -> (u32, u32, u32) {
    let offset = at.min(share);
    let size = u64::from(offset) * u64::from(WHOLE);
    // Without an offset any size has the place at its edge.
    let size = size.checked_div(u64::from(share)).unwrap_or(1).max(1);
    (at - offset, size.min(u64::from(u32::MAX)) as u32, offset)
}
