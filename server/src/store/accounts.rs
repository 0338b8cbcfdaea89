use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::writing::{Writing, in_transaction};
use super::{Entry, Store, StoreError, on_reader, time};
use crate::rights::{Account, Authority, Role};

/// An account to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewAccount<'a> {
    /// 128 random bits in hexadecimal.
    pub id: &'a str,
    /// What the person types to sign in.
    pub name: &'a str,
    /// What others are shown.
    pub display_name: &'a str,
}

/// An account as those in charge of it see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub account: Account,
    /// The units and the roles held there.
    pub assignments: Vec<(String, Role)>,
    /// Whether the person has chosen a password.
    pub has_password: bool,
    /// When it was disabled, where it was.
    pub disabled_at: Option<String>,
}

/// What signing in needs to know.
#[derive(Debug, FromRow)]
pub struct Credentials {
    /// The id of the account.
    pub id: String,
    /// The argon2id hash.
    pub password: Option<String>,
    /// When it was disabled, where it was.
    pub disabled_at: Option<String>,
}

#[derive(FromRow)]
struct Row {
    id: String,
    name: String,
    display_name: String,
    has_password: i64,
    disabled_at: Option<String>,
    org_unit: Option<String>,
    role: Option<String>,
}

const LIST: &str = "select a.id, a.name, a.display_name, \
     cast(case when a.password is null then 0 else 1 end as bigint) as has_password, a.disabled_at, s.org_unit, s.role \
     from account a left join assignment s on s.account = a.id order by a.name, s.org_unit, s.role";

const ONE: &str = "select a.id, a.name, a.display_name, \
     cast(case when a.password is null then 0 else 1 end as bigint) as has_password, a.disabled_at, s.org_unit, s.role \
     from account a left join assignment s on s.account = a.id where a.id = $1 order by s.org_unit, s.role";

impl Store {
    /// Every account in the order of the names.
    pub async fn accounts(&self) -> Result<Vec<Listed>, StoreError> {
        let rows: Vec<Row> = on_reader!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)
            .map_err(|error| self.failed(error))?;
        Ok(listed(rows))
    }

    /// An account.
    pub async fn account(&self, id: &str) -> Result<Option<Listed>, StoreError> {
        let rows: Vec<Row> = on_reader!(self, pool => sqlx::query_as(ONE).bind(id).fetch_all(pool).await)
            .map_err(|error| self.failed(error))?;
        Ok(listed(rows).pop())
    }

    /// What is needed to sign in under a name.
    pub async fn credentials(&self, name: &str) -> Result<Option<Credentials>, StoreError> {
        let sql = "select id, password, disabled_at from account where name = $1";
        on_reader!(self, pool => sqlx::query_as(sql).bind(name).fetch_optional(pool).await)
            .map_err(|error| self.failed(error))
    }
}

fn listed(rows: Vec<Row>) -> Vec<Listed> {
    let mut all: Vec<Listed> = Vec::new();
    for row in rows {
        let assignment = row.org_unit.zip(row.role.as_deref().and_then(Role::from_code));
        match all.last_mut().filter(|last| last.account.id == row.id) {
            Some(last) => last.assignments.extend(assignment),
            None => all.push(Listed {
                account: Account {
                    id: row.id,
                    name: row.name,
                    display_name: row.display_name,
                },
                assignments: assignment.into_iter().collect(),
                has_password: row.has_password != 0,
                disabled_at: row.disabled_at,
            }),
        }
    }
    all
}

impl Writing {
    /// How many accounts there are, as nobody can change it meanwhile.
    pub async fn account_count(&mut self) -> Result<i64, StoreError> {
        let sql = "select count(*) from account";
        in_transaction!(self, connection => sqlx::query_scalar(sql).fetch_one(connection).await)
    }

    /// Makes an account without a password and without a role; false where the name is taken.
    pub async fn create_account(
        &mut self,
        new: NewAccount<'_>,
        by: Authority<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "insert into account (id, name, display_name, created_at) values ($1, $2, $3, $4) on conflict (name) do nothing";
        let made = in_transaction!(self, connection => sqlx::query(sql)
            .bind(new.id).bind(new.name).bind(new.display_name).bind(time(now))
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if made == 0 {
            return Ok(false);
        }
        let entry = Entry {
            account: by.account(),
            action: "account.create",
            org_unit: None,
            subject: new.id,
            detail: new.name,
        };
        self.audit(&entry, now).await?;
        Ok(true)
    }

    /// Gives a role at a unit; false where it is held already.
    pub async fn assign(
        &mut self,
        account: &str,
        org_unit: &str,
        role: Role,
        by: Authority<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql =
            "insert into assignment (account, org_unit, role) values ($1, $2, $3) on conflict do nothing";
        let done = in_transaction!(self, connection => sqlx::query(sql)
            .bind(account).bind(org_unit).bind(role.code())
            .execute(connection).await.map(|done| done.rows_affected()))?;
        self.audit_assignment("assignment.give", account, org_unit, role, by, done, now)
            .await
    }

    /// Takes a role at a unit; false where it was not held.
    pub async fn unassign(
        &mut self,
        account: &str,
        org_unit: &str,
        role: Role,
        by: Authority<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "delete from assignment where account = $1 and org_unit = $2 and role = $3";
        let done = in_transaction!(self, connection => sqlx::query(sql)
            .bind(account).bind(org_unit).bind(role.code())
            .execute(connection).await.map(|done| done.rows_affected()))?;
        self.audit_assignment("assignment.take", account, org_unit, role, by, done, now)
            .await
    }

    #[expect(clippy::too_many_arguments, reason = "each is a column of the log")]
    async fn audit_assignment(
        &mut self,
        action: &str,
        account: &str,
        org_unit: &str,
        role: Role,
        by: Authority<'_>,
        changed: u64,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if changed == 0 {
            return Ok(false);
        }
        let entry = Entry {
            account: by.account(),
            action,
            org_unit: Some(org_unit),
            subject: account,
            detail: role.code(),
        };
        self.audit(&entry, now).await?;
        Ok(true)
    }

    /// Disables an account, and ends its sessions and links; its tokens are refused as long as it is disabled. False
    /// where it is disabled already.
    pub async fn disable(
        &mut self,
        account: &str,
        by: Authority<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "update account set disabled_at = $1 where id = $2 and disabled_at is null";
        let done = in_transaction!(self, connection => sqlx::query(sql).bind(time(now)).bind(account)
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if done == 0 {
            return Ok(false);
        }
        self.end_sessions(account).await?;
        self.void_links(account, now).await?;
        let entry = Entry {
            account: by.account(),
            action: "account.disable",
            org_unit: None,
            subject: account,
            detail: "",
        };
        self.audit(&entry, now).await?;
        Ok(true)
    }

    /// Sets the password of an account, and ends every session that was begun with another.
    pub async fn set_password(
        &mut self,
        account: &str,
        hash: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "update account set password = $1 where id = $2";
        in_transaction!(self, connection => sqlx::query(sql).bind(hash).bind(account).execute(connection).await.map(drop))?;
        self.end_sessions(account).await?;
        let entry = Entry {
            account: Some(account),
            action: "account.password",
            org_unit: None,
            subject: account,
            detail: "",
        };
        self.audit(&entry, now).await
    }
}
