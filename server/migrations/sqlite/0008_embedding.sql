-- Charts in pages of others.

-- The hosts that may frame charts, in the order in which an administrator listed them; none at all where any may.
create table embedding_host (
    position integer not null primary key,
    host text not null unique
) strict;

-- Charts under short addresses. Rows are never changed: the id is made from the rest, so the same chart has the same one.
create table saved_chart (
    id text not null primary key,
    -- The canonical address of the chart, without the state that it is of.
    address text not null,
    -- The vintage whose figures it keeps to; none where it follows the newest.
    vintage integer references vintage (id),
    saved_at text not null
) strict, without rowid;
