use anyhow::{Context, anyhow};
use chrono::Utc;
use data::Lang;

use crate::accounts::{links, secret};
use crate::api::accounts::{check_name, check_text};
use crate::cli::{User, UserAdd, UserCommand, UserLink, UserList};
use crate::http::failure::Problem;
use crate::rights::{Authority, Role};
use crate::store::{Address, Listed, NewAccount, Purpose, Store};
use crate::{definitions, state};

/// Does what the operator wants with people. Whoever can write into the database needs no right from it.
pub async fn run(args: User) -> anyhow::Result<()> {
    match args.command {
        UserCommand::Add(args) => add(args).await,
        UserCommand::Link(args) => link(args).await,
        UserCommand::List(args) => list(args).await,
    }
}

async fn add(args: UserAdd) -> anyhow::Result<()> {
    let display_name = args.display_name.as_deref().unwrap_or(&args.name);
    check_name(&args.name).map_err(said)?;
    check_text("display-name", display_name).map_err(said)?;
    let definitions = definitions::load(args.definitions.definitions.as_deref())?;
    let store = Store::open(&Address::parse(&args.database.database_url)?).await?;
    let catalogue = state::with_stored_units(definitions.catalogue, &store).await?;
    catalogue
        .org_units
        .get(&args.org_unit)
        .with_context(|| format!("no org unit has the code `{}`", args.org_unit))?;
    let (id, token, now) = (
        secret::id().map_err(said)?,
        secret::token().map_err(said)?,
        Utc::now(),
    );
    let before = by_name(&store, &args.name).await?;
    let by = Authority::Operator;
    let mut writing = store.begin_writing().await?;
    let account = match &before {
        Some(before) => before.account.id.clone(),
        None => {
            let new = NewAccount {
                id: &id,
                name: &args.name,
                display_name,
            };
            let made = writing.create_account(new, by, now).await?;
            anyhow::ensure!(made, "somebody else took the name `{}` just now", args.name);
            links::create(&mut writing, &token, &id, Purpose::Invitation, by).await?;
            id
        }
    };
    writing
        .assign(&account, &args.org_unit, args.role, by, now)
        .await?;
    writing.commit().await?;
    store.close().await;
    match before {
        Some(_) => println!("{} is {} at {}", args.name, args.role.code(), args.org_unit),
        None => println!("{}/links/{token}", args.public_url),
    }
    Ok(())
}

async fn link(args: UserLink) -> anyhow::Result<()> {
    let store = Store::open_existing(&Address::parse(&args.database.database_url)?).await?;
    let listed = by_name(&store, &args.name).await?;
    let listed = listed.with_context(|| format!("nobody has the name `{}`", args.name))?;
    anyhow::ensure!(
        listed.disabled_at.is_none(),
        "the account `{}` is disabled",
        args.name
    );
    let purpose = match listed.has_password {
        true => Purpose::Reset,
        false => Purpose::Invitation,
    };
    let token = secret::token().map_err(said)?;
    let mut writing = store.begin_writing().await?;
    links::create(
        &mut writing,
        &token,
        &listed.account.id,
        purpose,
        Authority::Operator,
    )
    .await?;
    writing.commit().await?;
    store.close().await;
    println!("{}/links/{token}", args.public_url);
    Ok(())
}

async fn list(args: UserList) -> anyhow::Result<()> {
    let store = Store::open_existing(&Address::parse(&args.database.database_url)?).await?;
    for listed in store.accounts().await? {
        let role = |(org_unit, role): &(String, Role)| format!("{org_unit}:{}", role.code());
        let roles: Vec<String> = listed.assignments.iter().map(role).collect();
        let state = match (&listed.disabled_at, listed.has_password) {
            (Some(_), _) => "disabled",
            (None, true) => "active",
            (None, false) => "invited",
        };
        let account = &listed.account;
        println!(
            "{}\t{}\t{}\t{state}",
            account.name,
            account.display_name,
            roles.join(",")
        );
    }
    store.close().await;
    Ok(())
}

async fn by_name(store: &Store, name: &str) -> anyhow::Result<Option<Listed>> {
    let accounts = store.accounts().await?;
    Ok(accounts.into_iter().find(|listed| listed.account.name == name))
}

fn said(problem: Problem) -> anyhow::Error {
    anyhow!(problem.message(Lang::En))
}
