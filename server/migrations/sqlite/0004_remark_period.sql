-- The period of the figure that a remark means; none for those of every period.
alter table remark add column period text;
