//! Takes connections, as many as may be, and answers their requests until the collector stops.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderValue, Request, header},
};
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};

use super::{Options, app::crowded, stream::ClientStream};

/// Connections beyond the bound that are told so at one time; those beyond these are closed without a word.
const MAX_REFUSED: usize = 64;
/// A browser's headers have one or two KiB; cookies of the shop's domain may come with them.
const MAX_HEADER_BYTES: usize = 32 * 1024;
/// Pause where the system has no file left for a connection.
const NO_FILE_PAUSE: Duration = Duration::from_millis(100);

/// Connections, and what answers them.
pub struct Connections {
    served: Arc<Class>,
    refused: Arc<Class>,
    client_timeout: Duration,
}

/// Connections that are answered alike.
struct Class {
    app: TowerToHyperService<Router>,
    /// Permits to connect.
    free: Arc<Semaphore>,
    /// While fewer are free, a connection ends with its answer, so that idle ones do not keep others out.
    scarce_below: usize,
}

impl Connections {
    /// Returns what answers by `app` within the bounds that `options` set.
    pub fn new(app: Router, options: &Options) -> Self {
        let most = options.max_connections.min(Semaphore::MAX_PERMITS);
        Self {
            served: Arc::new(Class::new(app, most, most / 2)),
            refused: Arc::new(Class::new(crowded(options), MAX_REFUSED, MAX_REFUSED + 1)),
            client_timeout: Duration::from_secs(options.client_timeout),
        }
    }

    /// Answers what comes to `listener` until `stop`, then finishes what was begun.
    pub async fn answer(&self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let open = GracefulShutdown::new();
        let accept = async {
            loop {
                match listener.accept().await {
                    Ok((stream, peer)) => self.take(stream, peer, &open),
                    Err(error) if is_of_client(&error) => {}
                    Err(_) => tokio::time::sleep(NO_FILE_PAUSE).await,
                }
            }
        };
        tokio::select! { () = accept => {}, () = stop => {} }
        drop(listener);
        open.shutdown().await;
    }

    fn take(&self, stream: TcpStream, peer: SocketAddr, open: &GracefulShutdown) {
        let enter = |class: &Arc<Class>| class.enter().map(|permit| (Arc::clone(class), permit));
        let entered = enter(&self.served).or_else(|| enter(&self.refused));
        let Some((class, permit)) = entered else {
            return;
        };
        // Small answers go out at once. Fails only on a connection that is gone.
        let _ = stream.set_nodelay(true);
        let stream = TokioIo::new(ClientStream::new(stream, self.client_timeout));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.client_timeout)
            .max_header_size(MAX_HEADER_BYTES)
            .serve_connection(
                stream,
                service_fn(move |request| class.clone().answer(peer, request)),
            );
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // Fails where the client breaks off or lets it hang; there is nobody to tell.
            let _ = connection.await;
            drop(permit);
        });
    }
}

impl Class {
    fn new(app: Router, most: usize, scarce_below: usize) -> Self {
        Self {
            app: TowerToHyperService::new(app),
            free: Arc::new(Semaphore::new(most)),
            scarce_below,
        }
    }

    fn enter(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.free).try_acquire_owned().ok()
    }

    async fn answer(
        self: Arc<Self>,
        peer: SocketAddr,
        request: Request<Incoming>,
    ) -> Result<axum::response::Response, std::convert::Infallible> {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let mut answer = self.app.call(request).await?;
        if self.free.available_permits() < self.scarce_below {
            answer
                .headers_mut()
                .insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(answer)
    }
}

/// Tells whether a client went before it was taken.
fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}
