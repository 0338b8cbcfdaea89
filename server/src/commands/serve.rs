use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::accounts::first;
use crate::cli::Serve;
use crate::definitions;
use crate::following;
use crate::http::app::{App, Watched};
use crate::http::assets::Assets;
use crate::http::listener;
use crate::http::published::Published;
use crate::log;
use crate::router::router;
use crate::store::{Address, Store};

/// Serves until it is told to end.
pub async fn run(args: Serve) -> anyhow::Result<()> {
    log::start(&args.log);
    let definitions = definitions::load(args.definitions.definitions.as_deref())?;
    let address = Address::parse(&args.database.database_url)?;
    // The port first: where it is taken nothing else happens. Requests wait in its queue until the data is there.
    let listener = TcpListener::bind(args.listen)
        .await
        .with_context(|| taken(&args))?;
    let store = Store::open(&address).await?;
    if !args.empty && super::fill_with_sample(&store, &definitions.catalogue).await? {
        tracing::info!(
            database = store.name,
            "the database was empty and now holds the sample"
        );
    }
    let state = following::load(&store, definitions.catalogue.clone()).await?;
    let (assets, watched) = match args.dist {
        Some(folder) => (Assets::none(), Some(Watched::new(folder))),
        None => (Assets::embedded()?, None),
    };
    if assets.manifest.is_none() && watched.is_none() {
        tracing::info!("this program was built without the app: pages are whole, but nothing moves in them");
    }
    let hosts = Arc::new(store.embedding_hosts().await?);
    let listening = format!("http://{}", listener.local_addr()?);
    let public = args.public.public();
    let origin = public.url.clone().unwrap_or_else(|| listening.clone());
    // Another address for the same program is another answer wherever the address stands in it.
    let fingerprint = format!("{} {origin}", definitions.fingerprint);
    let published = Published::new(Arc::new(state.dataset), &fingerprint, Arc::new(assets))
        .framed_by(hosts)
        .reached_at(origin.into());
    let app = App::new(published, fingerprint, store.clone(), watched)
        .reached_by(public)
        .reviewed_in(args.review_steps.steps())
        .taking_at_most(args.upload_limit);
    let app = Arc::new(app);
    let end = end_signal()?;
    let following = tokio::spawn(following::follow(app.clone(), definitions.catalogue));
    invite_first_administrator(&app, &listening).await?;
    tracing::info!("listening on {listening}");
    listener::serve(listener, app.clone(), router(app), end).await;
    following.abort();
    store.close().await;
    Ok(())
}

/// Prints the link of the first administrator where there is no account yet: whoever reads the log runs the program.
async fn invite_first_administrator(app: &App, listening: &str) -> anyhow::Result<()> {
    let published = app.published.load_full();
    let Some(top) = published.dataset.catalogue.org_units.top() else {
        return Ok(());
    };
    let token = first::administrator(&app.store, &top.code).await;
    let token = token.map_err(|problem| anyhow::anyhow!(problem.message(data::Lang::En)))?;
    if let Some(token) = token {
        let link = app.accounts.public.link(listening, &token);
        tracing::info!("there is no account yet; choose the password of `admin` at {link}");
    }
    Ok(())
}

fn taken(args: &Serve) -> String {
    format!(
        "cannot listen on {}; choose another address with --listen",
        args.listen
    )
}

/// Resolves at Ctrl-C or SIGTERM.
fn end_signal() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
