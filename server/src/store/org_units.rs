use data::{Level, Names, OrgUnit};
use sqlx::FromRow;

use super::{Store, StoreError, on_reader};

#[derive(FromRow)]
struct Row {
    code: String,
    name_zh: String,
    name_en: String,
    level: String,
    parent: Option<String>,
    opened: Option<String>,
    closed: Option<String>,
}

impl Store {
    /// The org units beyond those of the definitions, in the order in which they were added.
    pub async fn org_units(&self) -> Result<Vec<OrgUnit>, StoreError> {
        let sql = "select code, name_zh, name_en, level, parent, opened, closed from org_unit order by position, code";
        let rows: Vec<Row> = on_reader!(self, pool => sqlx::query_as(sql).fetch_all(pool).await)
            .map_err(|error| self.failed(error))?;
        let damaged = |what: String| StoreError::Damaged {
            name: self.name.clone(),
            found: what,
        };
        rows.into_iter()
            .map(|row| {
                let code = row.code.clone();
                unit(row)
                    .ok_or_else(|| damaged(format!("the level or a date of org unit {code} cannot be read")))
            })
            .collect()
    }
}

fn unit(row: Row) -> Option<OrgUnit> {
    let day = |text: Option<String>| text.map(|text| text.parse()).transpose().ok();
    Some(OrgUnit {
        code: row.code,
        name: Names {
            zh: row.name_zh,
            en: row.name_en,
        },
        level: Level::from_code(&row.level)?,
        parent: row.parent,
        opened: day(row.opened)?,
        closed: day(row.closed)?,
    })
}
