use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http_body_util::Either;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt;

use super::app::App;
use super::deadline::Deadline;
use super::writes::Peer;

/// Most systems allow a process 1,024 open files; some are needed for the database and the log. Further connections wait
/// in the system's queue until one ends.
const MOST_CONNECTIONS: usize = 960;

/// A head that is not there after this time is an attack or a broken line. It bounds the wait between two requests of a
/// connection as well.
const HEAD_DEADLINE: Duration = Duration::from_secs(30);

/// How long a client may take nothing of an answer. TCP sends anew what was lost after 0.2 s, and each further time after
/// twice that, so seven attempts fit into 30 s: whoever comes out of a tunnel is still served. And since a socket counts
/// as writable again only when a third of its buffer is free, who reads a byte now and then does not hold a place for long.
const PATIENCE: Duration = Duration::from_secs(30);

/// No address we have needs more; a longer head is answered with 431.
const LONGEST_HEAD: usize = 32 << 10;

/// How long answers under way may take after the program was asked to end.
const DRAIN: Duration = Duration::from_secs(10);

/// Accepts connections until `end`, then waits for the answers under way.
///
/// The loop is our own because axum's sets no deadlines and no bound on connections.
pub async fn serve(listener: TcpListener, app: Arc<App>, router: Router, end: impl Future<Output = ()>) {
    serve_with(PATIENCE, listener, app, router, end).await;
}

async fn serve_with(
    patience: Duration,
    listener: TcpListener,
    app: Arc<App>,
    router: Router,
    end: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut end = std::pin::pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut end => break,
        };
        let Some((stream, peer, place)) = accepted else {
            continue;
        };
        let stream = Deadline::new(TokioIo::new(stream), patience);
        let connection = graceful.watch(connection(stream, peer, app.clone(), router.clone()));
        tokio::spawn(async move {
            // A client that goes away is no fault of ours.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
            drop(place);
        });
    }
    drop(listener);
    tracing::info!("ending");
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(DRAIN) => tracing::warn!("some answers were cut off after {} s", DRAIN.as_secs()),
    }
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, Peer, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            let _ = stream.set_nodelay(true);
            Some((stream, Peer(peer.ip()), place))
        }
        Err(error) => {
            // Mostly too many open files: a moment later some are closed.
            tracing::warn!(%error, "cannot accept a connection");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

fn connection(
    stream: Deadline<TokioIo<TcpStream>>,
    peer: Peer,
    app: Arc<App>,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    let service = service_fn(move |mut request: Request<Incoming>| {
        let kept = match app.kept(&request) {
            Some(kept) => Either::Left(kept),
            None => {
                request.extensions_mut().insert(peer);
                Either::Right(router.clone().oneshot(request.map(Body::new)))
            }
        };
        async move {
            let response = match kept {
                Either::Left(kept) => kept.map(Either::Left),
                Either::Right(routed) => routed.await?.map(Either::Right),
            };
            Ok::<_, Infallible>(response)
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_DEADLINE)
        .max_buf_size(LONGEST_HEAD)
        .pipeline_flush(true)
        .serve_connection(stream, service)
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use data::Dataset;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::http::assets::Assets;
    use crate::http::published::Published;
    use crate::store::{Address, Store};

    /// More than the system takes for a client that does not read: some 10 MB.
    const LARGE: usize = 64 << 20;

    /// A server without data that waits half a second for its clients.
    async fn served() -> std::net::SocketAddr {
        let folder = tempfile::tempdir().unwrap().keep();
        let store = Store::open(&Address::Sqlite(folder.join("dashboard.db")))
            .await
            .unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        let published = Published::new(Arc::new(Dataset::default()), "", Arc::new(Assets::none()));
        let app = Arc::new(App::new(published, String::new(), store, None));
        let router = Router::new()
            .route("/large", get(|| async { vec![b'x'; LARGE] }))
            .route("/small", get(|| async { "small" }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let patience = Duration::from_millis(500);
        tokio::spawn(serve_with(
            patience,
            listener,
            app,
            router,
            std::future::pending(),
        ));
        address
    }

    async fn ask(address: std::net::SocketAddr, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_does_not_read_is_cut_off_and_others_are_served() {
        let address = served().await;
        let mut idle = ask(address, "/large").await;
        tokio::time::sleep(Duration::from_secs(3)).await;
        let mut taken = Vec::new();
        // What the system had taken already may still come; the rest never does.
        let _ = tokio::time::timeout(Duration::from_secs(20), idle.read_to_end(&mut taken))
            .await
            .unwrap();
        assert!(taken.len() < LARGE / 2, "{}", taken.len());
        let mut answer = String::new();
        ask(address, "/small")
            .await
            .read_to_string(&mut answer)
            .await
            .unwrap();
        assert!(answer.ends_with("small"), "{answer}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_reads_slowly_gets_everything() {
        let mut slow = ask(served().await, "/large").await;
        let (mut taken, mut part) = (0, vec![0; 4 << 20]);
        loop {
            tokio::time::sleep(Duration::from_millis(50)).await;
            match slow.read(&mut part).await.unwrap() {
                0 => break,
                read => taken += read,
            }
        }
        assert!(taken > LARGE, "{taken}");
    }
}
