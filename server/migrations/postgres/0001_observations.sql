-- Names the program, so that no other program's database is taken for ours.
create table program (name text not null primary key);
insert into program (name) values ('federation-dashboard');

-- A published state. Each builds on the one before; nothing published is ever changed.
create table vintage (
    id bigint not null primary key,
    published_at text not null,
    reason text not null,
    -- SHA-256 over the hash of the vintage before and the observations of this one: what `check` verifies.
    hash text not null
);

create table source (
    id bigint generated always as identity primary key,
    document text not null,
    publisher text not null,
    published text not null,
    place text not null,
    unique (document, publisher, published, place)
);

create table comment (
    id bigint generated always as identity primary key,
    text text not null unique
);

-- Units beyond those of the definitions: chambers and townships, and units made up for tests.
create table org_unit (
    code text collate "C" not null primary key,
    position bigint not null,
    name_zh text not null,
    name_en text not null,
    level text not null,
    parent text,
    opened text,
    closed text
);

-- Append-only. What counts is the observation of a key with the highest vintage, unless it is a withdrawal. Numbers are
-- exact decimals and dates ISO 8601, both as text. Keys are ordered by their bytes, as SQLite orders them, so that both
-- databases give the same hashes.
create table observation (
    indicator text collate "C" not null,
    org_unit text collate "C" not null,
    period text collate "C" not null,
    vintage bigint not null references vintage (id),
    withdrawn bigint not null check (withdrawn in (0, 1)),
    value text,
    slack text,
    denominator text,
    qualifier text not null,
    status text not null,
    origin text not null,
    period_basis text not null,
    source bigint not null references source (id),
    comment bigint references comment (id),
    primary key (indicator, org_unit, period, vintage)
);
