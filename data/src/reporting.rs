//! Who has reported a year, in time or late: arithmetic over the tree, the deadlines and what was sent. It knows no clock:
//! the day is an argument.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::api::{Share, Standing, SubmissionState, Timing, UnitReport};
use crate::{Level, OrgUnit, OrgUnits};

/// A submission as far as it counts here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// Names it.
    pub id: String,
    /// The unit whose report it is.
    pub org_unit: String,
    /// Where it is.
    pub state: SubmissionState,
    /// The day in China on which it was first sent.
    pub sent_on: Option<NaiveDate>,
}

/// What is known of a year.
#[derive(Debug, Default)]
pub struct Known {
    /// The deadlines that were set, by the code of the unit.
    pub deadlines: HashMap<String, NaiveDate>,
    /// What was sent or is being made for the year, what changed last first.
    pub filings: Vec<Filing>,
    /// The units that have reported figures of the year among those published.
    pub published: HashSet<String>,
    /// The units that have reported in any year.
    pub ever: HashSet<String>,
}

/// Whether a unit has to report a year: it is an area that existed on the last day of it, and stands on the level of
/// counties, or above it with no area below (东莞 has no counties). Those above are the sums of these, and what is below a
/// county reports through it.
pub fn is_expected(unit: &OrgUnit, year: i32, tree: &OrgUnits) -> bool {
    let existed = NaiveDate::from_ymd_opt(year, 12, 31).is_some_and(|day| unit.exists_on(day));
    let has_areas = || {
        tree.children(&unit.code)
            .any(|below| below.level <= Level::County)
    };
    existed && (unit.level == Level::County || (unit.level < Level::County && !has_areas()))
}

/// The deadline of a unit, and where it was set: its own, or that of the nearest unit above.
pub fn due<'a>(
    code: &str,
    deadlines: &HashMap<String, NaiveDate>,
    tree: &'a OrgUnits,
) -> Option<(NaiveDate, &'a OrgUnit)> {
    let mut step = tree.get(code);
    while let Some(unit) = step {
        if let Some(due) = deadlines.get(&unit.code) {
            return Some((*due, unit));
        }
        step = unit.parent.as_deref().and_then(|parent| tree.get(parent));
    }
    None
}

/// How a report stands to its deadline.
pub fn timing(
    standing: Standing,
    sent_on: Option<NaiveDate>,
    due: Option<NaiveDate>,
    today: NaiveDate,
) -> Timing {
    let Some(due) = due else {
        return Timing::Unmeasured;
    };
    let of = |day: NaiveDate| (day - due).num_days();
    match (standing.is_reported(), sent_on) {
        (true, Some(sent_on)) if sent_on <= due => Timing::InTime,
        (true, Some(sent_on)) => Timing::Late { days: of(sent_on) },
        (true, None) => Timing::Unmeasured,
        (false, _) if today <= due => Timing::DueIn { days: -of(today) },
        (false, _) => Timing::Overdue { days: of(today) },
    }
}

/// The reports of these units, what needs somebody first. A unit that need not report is left out unless it sent something.
pub fn reports<'a>(
    units: impl IntoIterator<Item = &'a OrgUnit>,
    year: i32,
    today: NaiveDate,
    known: &Known,
    tree: &OrgUnits,
) -> Vec<UnitReport> {
    let mut filings: HashMap<&str, Vec<&Filing>> = HashMap::new();
    for filing in &known.filings {
        filings.entry(&filing.org_unit).or_default().push(filing);
    }
    let mut reports: Vec<UnitReport> = units
        .into_iter()
        .filter_map(|unit| {
            let filings = filings.get(unit.code.as_str()).map_or(&[][..], Vec::as_slice);
            let is_expected = is_expected(unit, year, tree);
            let is_there = is_expected || filings.iter().any(|filing| standing(filing.state).is_some());
            is_there.then(|| report(unit, is_expected, filings, today, known, tree))
        })
        .collect();
    reports.sort_by_cached_key(urgency);
    reports
}

fn report(
    unit: &OrgUnit,
    is_expected: bool,
    filings: &[&Filing],
    today: NaiveDate,
    known: &Known,
    tree: &OrgUnits,
) -> UnitReport {
    // A correction that was begun or came back takes nothing from what is there already: the furthest counts.
    let furthest = filings
        .iter()
        .filter_map(|filing| Some((rank(standing(filing.state)?), *filing)))
        // Of several that are as far the one that changed last, which comes first.
        .rev()
        .max_by_key(|(rank, _)| *rank)
        .map(|(_, filing)| filing);
    let filed = furthest.and_then(|filing| standing(filing.state));
    let is_published = known.published.contains(&unit.code);
    let standing = match filed {
        Some(filed) if filed.is_reported() => filed,
        // What was published without a submission is a report as well; a draft beside it is a correction.
        _ if is_published => Standing::Imported,
        Some(filed) => filed,
        None => Standing::NotBegun,
    };
    // What came back or was undone was sent all the same: sending it again makes nobody late.
    let reported = filings.iter().filter(|filing| {
        use SubmissionState::{Draft, Withdrawn};
        !matches!(filing.state, Draft | Withdrawn)
    });
    let sent_on = reported.filter_map(|filing| filing.sent_on).min();
    let sent_on = sent_on.filter(|_| standing != Standing::Imported);
    let due = due(&unit.code, &known.deadlines, tree).map(|(due, _)| due);
    UnitReport {
        org_unit: unit.clone(),
        is_expected,
        standing,
        timing: if is_expected {
            timing(standing, sent_on, due, today)
        } else {
            Timing::Unmeasured
        },
        due,
        sent_on,
        never: !standing.is_reported() && !known.ever.contains(&unit.code),
        submission: furthest.map(|filing| filing.id.clone()),
    }
}

/// How far a submission brings its unit; one that was taken back brings it nowhere, nor does one whose publication was: what
/// it said is not there any more.
fn standing(state: SubmissionState) -> Option<Standing> {
    Some(match state {
        SubmissionState::Withdrawn | SubmissionState::Undone => return None,
        SubmissionState::Draft => Standing::Draft,
        SubmissionState::Returned => Standing::Returned,
        SubmissionState::Accepted => Standing::Accepted,
        // Whoever of those above it waits for has the report.
        SubmissionState::Submitted | SubmissionState::Endorsed => Standing::Submitted,
    })
}

fn rank(standing: Standing) -> usize {
    Standing::ALL
        .iter()
        .position(|known| *known == standing)
        .unwrap_or_default()
}

/// First what is overdue, the longest first; then what came back, what is due soon, what has no deadline; last what is done.
fn urgency(report: &UnitReport) -> (u8, i64, bool, String) {
    let (class, days) = match (report.timing, report.standing) {
        (Timing::Overdue { days }, _) => (0, -days),
        (_, Standing::Returned) => (1, 0),
        (Timing::DueIn { days }, _) => (2, days),
        (_, standing) if !standing.is_reported() => (3, 0),
        (_, Standing::Submitted) => (4, 0),
        (Timing::Late { days }, _) => (5, -days),
        _ => (6, 0),
    };
    (class, days, !report.never, report.org_unit.code.clone())
}

/// Of each of these units, how many of the reports at and below it are there, of those that have to be.
pub fn shares<'a>(
    units: impl IntoIterator<Item = &'a OrgUnit>,
    reports: &[UnitReport],
    tree: &OrgUnits,
) -> Vec<Share> {
    let none = |unit: &OrgUnit| Share {
        org_unit: unit.clone(),
        reported: 0,
        late: 0,
        overdue: 0,
        of: 0,
    };
    let mut shares: Vec<Share> = units.into_iter().map(none).collect();
    let places = shares.iter().enumerate();
    let places: HashMap<String, usize> = places
        .map(|(at, share)| (share.org_unit.code.clone(), at))
        .collect();
    for report in reports.iter().filter(|report| report.is_expected) {
        let mut step = Some(report.org_unit.code.as_str());
        while let Some(code) = step {
            if let Some(at) = places.get(code) {
                count(&mut shares[*at], report);
            }
            step = tree.get(code).and_then(|unit| unit.parent.as_deref());
        }
    }
    shares
}

fn count(share: &mut Share, report: &UnitReport) {
    share.of += 1;
    share.reported += usize::from(report.standing.is_reported());
    share.late += usize::from(matches!(report.timing, Timing::Late { .. }));
    share.overdue += usize::from(matches!(report.timing, Timing::Overdue { .. }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{BUILT_IN, Catalogue};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn tree() -> OrgUnits {
        Catalogue::read(BUILT_IN).0.org_units
    }

    fn filing(org_unit: &str, state: SubmissionState, sent_on: Option<&str>) -> Filing {
        Filing {
            id: format!("{org_unit}-{}", state.code()),
            org_unit: org_unit.into(),
            state,
            sent_on: sent_on.map(day),
        }
    }

    /// Dezhou's counties on 2 April, with the deadline of 31 March.
    fn dezhou(known: &mut Known) -> (Vec<UnitReport>, Share) {
        known.deadlines.insert("370000".into(), day("2026-03-31"));
        let tree = tree();
        let unit = tree.get("371400").unwrap();
        let reports = reports(tree.children("371400"), 2025, day("2026-04-02"), known, &tree);
        let share = shares([unit], &reports, &tree).remove(0);
        (reports, share)
    }

    fn one<'a>(reports: &'a [UnitReport], code: &str) -> &'a UnitReport {
        reports
            .iter()
            .find(|report| report.org_unit.code == code)
            .unwrap()
    }

    #[test]
    fn a_report_whose_publication_was_undone_is_not_there_and_its_correction_is_in_time() {
        let mut known = Known::default();
        let undone = filing("371482", SubmissionState::Undone, Some("2026-03-01"));
        known.filings.push(undone);
        let (reports, share) = dezhou(&mut known);
        let of = one(&reports, "371482");
        assert_eq!(
            (of.standing, of.timing),
            (Standing::NotBegun, Timing::Overdue { days: 2 })
        );
        assert_eq!((&of.submission, share.reported), (&None, 0));
        let corrected = filing("371482", SubmissionState::Submitted, Some("2026-04-02"));
        known.filings.insert(0, corrected);
        let (reports, _) = dezhou(&mut known);
        assert_eq!(one(&reports, "371482").timing, Timing::InTime);
    }

    #[test]
    fn of_two_reports_that_are_as_far_the_one_that_changed_last_is_told() {
        let mut known = Known::default();
        for id in ["b", "a", "c"] {
            let draft = filing("371482", SubmissionState::Draft, None);
            known.filings.push(Filing {
                id: id.into(),
                ..draft
            });
        }
        let (reports, _) = dezhou(&mut known);
        assert_eq!(one(&reports, "371482").submission.as_deref(), Some("b"));
    }

    #[test]
    fn a_report_stands_to_its_deadline_in_whole_days() {
        let due = Some(day("2026-03-31"));
        let check = |standing, sent_on: Option<&str>, today: &str, expected| {
            assert_eq!(timing(standing, sent_on.map(day), due, day(today)), expected);
        };
        check(Standing::NotBegun, None, "2026-03-26", Timing::DueIn { days: 5 });
        check(Standing::Draft, None, "2026-03-31", Timing::DueIn { days: 0 });
        check(
            Standing::NotBegun,
            None,
            "2026-04-01",
            Timing::Overdue { days: 1 },
        );
        check(
            Standing::Returned,
            Some("2026-03-01"),
            "2026-04-03",
            Timing::Overdue { days: 3 },
        );
        check(
            Standing::Submitted,
            Some("2026-03-31"),
            "2026-05-01",
            Timing::InTime,
        );
        check(
            Standing::Accepted,
            Some("2026-04-03"),
            "2026-05-01",
            Timing::Late { days: 3 },
        );
        check(Standing::Imported, None, "2026-05-01", Timing::Unmeasured);
        assert_eq!(
            timing(Standing::NotBegun, None, None, day("2030-01-01")),
            Timing::Unmeasured
        );
    }

    #[test]
    fn the_nearest_deadline_holds() {
        let tree = tree();
        let mut deadlines = HashMap::from([("100000".to_owned(), day("2026-03-31"))]);
        let check = |deadlines: &HashMap<String, NaiveDate>, expected: &str, at: &str| {
            let (due, set_at) = due("371482", deadlines, &tree).unwrap();
            assert_eq!((due, set_at.code.as_str()), (day(expected), at));
        };
        check(&deadlines, "2026-03-31", "100000");
        deadlines.insert("371400".into(), day("2026-02-28"));
        check(&deadlines, "2026-02-28", "371400");
        deadlines.insert("371482".into(), day("2026-03-02"));
        check(&deadlines, "2026-03-02", "371482");
        assert_eq!(due("371482", &HashMap::new(), &tree), None);
    }

    #[test]
    fn a_draft_is_no_report_and_an_import_is_one() {
        let mut known = Known {
            filings: vec![
                filing("371482", SubmissionState::Draft, None),
                filing("371425", SubmissionState::Withdrawn, Some("2026-03-01")),
                filing("371426", SubmissionState::Submitted, Some("2026-03-30")),
                filing("371427", SubmissionState::Accepted, Some("2026-04-01")),
            ],
            published: ["371428".to_owned()].into(),
            ..Known::default()
        };
        let (reports, share) = dezhou(&mut known);
        let standing = |code| one(&reports, code).standing;
        assert_eq!(standing("371482"), Standing::Draft);
        assert_eq!(standing("371425"), Standing::NotBegun);
        assert_eq!(standing("371426"), Standing::Submitted);
        assert_eq!(standing("371428"), Standing::Imported);
        assert_eq!(one(&reports, "371427").timing, Timing::Late { days: 1 });
        assert_eq!(
            (share.reported, share.late, share.overdue, share.of),
            (3, 1, 9, 12)
        );
        assert_eq!(reports[0].timing, Timing::Overdue { days: 2 });
        assert!(one(&reports, "371482").never && !one(&reports, "371428").never);
    }

    #[test]
    fn a_correction_takes_nothing_from_what_was_reported_and_a_second_sending_does_not_make_it_late() {
        let mut known = Known {
            filings: vec![
                filing("371482", SubmissionState::Accepted, Some("2026-03-30")),
                filing("371482", SubmissionState::Draft, None),
                filing("371425", SubmissionState::Returned, Some("2026-03-30")),
                filing("371425", SubmissionState::Submitted, Some("2026-04-02")),
            ],
            ..Known::default()
        };
        let (reports, _) = dezhou(&mut known);
        assert_eq!(one(&reports, "371482").standing, Standing::Accepted);
        assert_eq!(one(&reports, "371425").timing, Timing::InTime);
    }

    #[test]
    fn counties_report_and_what_has_none_below_it() {
        let tree = tree();
        let check = |code, expected| {
            assert_eq!(
                is_expected(tree.get(code).unwrap(), 2025, &tree),
                expected,
                "{code}"
            )
        };
        check("371482", true);
        check("371400", false);
        check("370000", false);
        check("100000", false);
        let expected = tree.all().iter().filter(|unit| is_expected(unit, 2025, &tree));
        assert!(expected.clone().count() > 2_800, "{}", expected.count());
    }
}
