//! `GET /api/live`: the same events as they come, by server-sent events.

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::stream::{self, Stream};
use tokio::{
    sync::{OwnedSemaphorePermit, watch},
    time::Instant,
};

use super::{
    asked::Asked,
    events::{self, Order, Told},
};
use crate::collector::{
    app::Collector,
    refusal::Refusal,
    store::{News, Store},
};

/// Events read at once.
const AT_ONCE: i64 = 100;
/// Pause between two readings: a person sees no difference, and a rush of events is read in few goes.
const PAUSE: Duration = Duration::from_millis(200);

struct Feed {
    store: Store,
    news: watch::Receiver<News>,
    site: Option<String>,
    after: i64,
    waiting: VecDeque<Told>,
    read_again_at: Instant,
    /// Given back with the feed.
    _permit: OwnedSemaphorePermit,
}

/// Streams events received after `after`, or after the header `Last-Event-ID` with which a browser comes back; without
/// either, those received from now on.
pub async fn live(
    State(collector): State<Collector>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    let asked = asked.only(&["site", "after"])?;
    let news = collector.store.news();
    let newest = news.borrow().newest;
    let seen = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse().ok());
    let after = match seen {
        Some(seen) => seen,
        None => asked.number("after", newest, 0..=i64::MAX)?,
    };
    let permit = collector.feeds.try_acquire_owned().map_err(|_| {
        let reason = "as many feeds are open as may be; close one, or come again";
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, reason)
    })?;
    let feed = Feed {
        _permit: permit,
        store: collector.store,
        news,
        site: asked.text("site"),
        after,
        waiting: VecDeque::new(),
        read_again_at: Instant::now(),
    };
    Ok(Sse::new(stream::unfold(feed, next)).keep_alive(KeepAlive::default()))
}

async fn next(mut feed: Feed) -> Option<(Result<Event, Infallible>, Feed)> {
    loop {
        if let Some(told) = feed.waiting.pop_front() {
            let event = Event::default().id(told.id.to_string());
            // Numbers, texts and valid JSON always serialize.
            let event = event.json_data(&told).ok()?;
            return Some((Ok(event), feed));
        }
        let news = *feed.news.borrow_and_update();
        if news.ended {
            return None;
        }
        if news.newest <= feed.after {
            feed.news.changed().await.ok()?;
            continue;
        }
        feed.refill(news.newest).await?;
    }
}

impl Feed {
    async fn refill(&mut self, newest: i64) -> Option<()> {
        tokio::time::sleep_until(self.read_again_at).await;
        self.read_again_at = Instant::now() + PAUSE;
        let (site, after) = (self.site.clone(), self.after);
        let read = self.store.read(move |from| {
            events::read(from, site.as_deref(), after, AT_ONCE, Order::OldestFirst)
        });
        self.waiting = read.await.ok()?.into();
        // A full reading may have left some behind it; a lesser one has seen all up to the newest.
        let full = self.waiting.len() as i64 == AT_ONCE;
        self.after = match self.waiting.back() {
            Some(last) if full => last.id,
            last => newest.max(last.map_or(0, |last| last.id)),
        };
        Some(())
    }
}
