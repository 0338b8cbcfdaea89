//! The statement that inserts many observations at once, written out by the compiler: a text for each number of rows
//! would be made at run time, and statements made at run time are how injections happen.

const HEAD: &str = "insert into observation (indicator, org_unit, period, vintage, withdrawn, value, slack, denominator, \
     qualifier, status, origin, period_basis, source, comment) values ";
const COLUMNS: usize = 14;

/// Rows in one statement. Each costs a way to the database and back, which on a busy machine is what most of the time goes to;
/// both databases take four times as many parameters in one.
pub const ROWS: usize = 256;

/// Inserts [`ROWS`] rows into PostgreSQL.
pub const POSTGRES_MANY: &str = text(&NUMBERED_MANY);
/// Inserts [`ROWS`] rows into SQLite, by parameters without a name: sqlx looks each name up in SQLite's list of them, from its
/// beginning, so that a statement with many names costs their square.
pub const SQLITE_MANY: &str = text(&NAMELESS_MANY);
/// Inserts one row into either.
pub const ONE: &str = text(&NUMBERED_ONE);

const NUMBERED_MANY: Statement = statement(ROWS, b'$');
const NAMELESS_MANY: Statement = statement(ROWS, b'?');
const NUMBERED_ONE: Statement = statement(1, b'$');

/// A text in a buffer large enough for [`ROWS`] rows: 14 parameters of up to 5 characters, their commas and brackets.
type Statement = ([u8; LONGEST], usize);

const LONGEST: usize = HEAD.len() + ROWS * (COLUMNS * 6 + 3);

/// Parameters are written as `mark`, and a `$` has its number after it.
const fn statement(rows: usize, mark: u8) -> Statement {
    let mut out = ([0; LONGEST], 0);
    push(&mut out, HEAD.as_bytes());
    let mut parameter = 0;
    while parameter < rows * COLUMNS {
        let before: &str = match (parameter, parameter % COLUMNS) {
            (0, _) => "(",
            (_, 0) => "),(",
            _ => ",",
        };
        parameter += 1;
        push(&mut out, before.as_bytes());
        push(&mut out, &[mark]);
        if mark == b'$' {
            push_number(&mut out, parameter);
        }
    }
    push(&mut out, b")");
    out
}

const fn push(out: &mut Statement, text: &[u8]) {
    let mut at = 0;
    while at < text.len() {
        out.0[out.1] = text[at];
        out.1 += 1;
        at += 1;
    }
}

const fn push_number(out: &mut Statement, number: usize) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    push(out, &[b'0' + (number % 10) as u8]);
}

const fn text(statement: &'static Statement) -> &'static str {
    let (written, _) = statement.0.split_at(statement.1);
    match std::str::from_utf8(written) {
        Ok(text) => text,
        Err(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_own_numbered_parameters() {
        assert!(ONE.ends_with(" values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)"));
        assert!(POSTGRES_MANY.ends_with(",$3583,$3584)"));
        for many in [POSTGRES_MANY, SQLITE_MANY] {
            assert_eq!(many.matches('(').count(), ROWS + 1);
        }
        assert_eq!(SQLITE_MANY.matches('?').count(), ROWS * COLUMNS);
    }
}
