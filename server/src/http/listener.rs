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

/// Most systems allow a process 1,024 open files; some are needed for the database and the log. Further connections wait
/// in the system's queue until one ends.
const MOST_CONNECTIONS: usize = 960;

/// A head that is not there after this time is an attack or a broken line. It bounds the wait between two requests of a
/// connection as well.
const HEAD_DEADLINE: Duration = Duration::from_secs(30);

/// No address we have needs more; a longer head is answered with 431.
const LONGEST_HEAD: usize = 32 << 10;

/// How long answers under way may take after the program was asked to end.
const DRAIN: Duration = Duration::from_secs(10);

/// Accepts connections until `end`, then waits for the answers under way.
///
/// The loop is our own because axum's sets no deadline for heads and no bound on connections.
pub async fn serve(listener: TcpListener, app: Arc<App>, router: Router, end: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut end = std::pin::pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut end => break,
        };
        let Some((stream, place)) = accepted else { continue };
        let connection = graceful.watch(connection(stream, app.clone(), router.clone()));
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
) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => {
            let _ = stream.set_nodelay(true);
            Some((stream, place))
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
    stream: TcpStream,
    app: Arc<App>,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    let service = service_fn(move |request: Request<Incoming>| {
        let kept = match app.kept(&request) {
            Some(kept) => Either::Left(kept),
            None => Either::Right(router.clone().oneshot(request.map(Body::new))),
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
        .serve_connection(TokioIo::new(stream), service)
}
