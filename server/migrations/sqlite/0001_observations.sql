-- Names the program, together with the application_id in the file's header, so that no other program's file is taken
-- for ours ("FDSH" in ASCII).
pragma application_id = 1178882888;

create table program (name text not null primary key) strict, without rowid;
insert into program (name) values ('federation-dashboard');

-- A published state. Each builds on the one before; nothing published is ever changed.
create table vintage (
    id integer not null primary key,
    published_at text not null,
    reason text not null,
    -- SHA-256 over the hash of the vintage before and the observations of this one: what `check` verifies.
    hash text not null
) strict;

create table source (
    id integer not null primary key,
    document text not null,
    publisher text not null,
    published text not null,
    place text not null,
    unique (document, publisher, published, place)
) strict;

create table comment (
    id integer not null primary key,
    text text not null unique
) strict;

-- Units beyond those of the definitions: chambers and townships, and units made up for tests.
create table org_unit (
    code text not null primary key,
    position integer not null,
    name_zh text not null,
    name_en text not null,
    level text not null,
    parent text,
    opened text,
    closed text
) strict, without rowid;

-- Append-only. What counts is the observation of a key with the highest vintage, unless it is a withdrawal. Numbers are
-- exact decimals and dates ISO 8601, both as text. The table is its own index, in the order in which it is loaded.
create table observation (
    indicator text not null,
    org_unit text not null,
    period text not null,
    vintage integer not null references vintage (id),
    withdrawn integer not null check (withdrawn in (0, 1)),
    value text,
    slack text,
    denominator text,
    qualifier text not null,
    status text not null,
    origin text not null,
    period_basis text not null,
    source integer not null references source (id),
    comment integer references comment (id),
    primary key (indicator, org_unit, period, vintage)
) strict, without rowid;
