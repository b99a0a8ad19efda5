//! Listens until it is told to stop, then finishes what it accepted.

use std::{io::Write, time::Duration};

use tokio::net::TcpListener;

use super::{Error, Options, Store, app, connections::Connections};

/// How long connections may take to finish once the collector is stopping.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// Runs the collector until SIGINT or SIGTERM.
///
/// # Errors
/// Where it cannot start.
pub async fn serve(options: &Options) -> Result<(), Error> {
    let stop = stop_signal().map_err(Error::System)?;
    survive_file_size_limit().map_err(Error::System)?;
    let store = Store::open(options)?;
    let app = app(store.clone(), options)?;
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|error| Error::Listen(options.listen, error))?;
    let address = listener.local_addr().map_err(Error::System)?;
    // Whoever started the collector waits for the line; where nobody reads it, nobody misses it.
    let mut out = std::io::stdout();
    let _ = writeln!(out, "listening on http://{address}").and_then(|()| out.flush());

    let (stopping, stopped) = tokio::sync::oneshot::channel::<()>();
    let feeds = store.clone();
    let connections = Connections::new(app, options);
    let served = connections.answer(listener, async move {
        stop.await;
        feeds.end_feeds();
        drop(stopping);
    });
    tokio::select! {
        () = served => {}
        () = async { let _ = stopped.await; tokio::time::sleep(STOP_TIMEOUT).await; } => {}
    }
    // The writer's thread is waited for.
    let _ = tokio::task::spawn_blocking(move || store.close()).await;
    Ok(())
}

/// Makes a limit on the size of files (`ulimit -f`) a disk that refuses, where it would end the process.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn survive_file_size_limit() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    const SIGXFSZ: i32 = 25;
    // What tokio handles once it handles until the process ends.
    signal(SignalKind::from_raw(SIGXFSZ)).map(drop)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn survive_file_size_limit() -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
