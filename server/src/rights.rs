//! Rights as types: who may do what, and where in the tree.
//!
//! A handler asks for the narrowest of them. Each can only be made by asking [`Person`], which looks at the tree, so that
//! what was not asked cannot be called: the functions of the store that write take a right as an argument.

use data::OrgUnits;

/// Who signs in, or whose token it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// 128 random bits in hexadecimal.
    pub id: String,
    /// What the person types to sign in.
    pub name: String,
    /// What others are shown.
    pub display_name: String,
}

/// What a person may do at an org unit and below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Sends reports of the unit and of those below it.
    Reporter,
    /// Accepts reports of units below it, never what they sent themselves.
    Reviewer,
    /// Gives roles at the unit and below it, and sets deadlines.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Role::Reporter, Role::Reviewer, Role::Administrator];

    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Role::Reporter => "reporter",
            Role::Reviewer => "reviewer",
            Role::Administrator => "administrator",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// An account with its roles: what a request by somebody who is signed in carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: Account,
    /// The roles and the codes of the units they are held at.
    pub assignments: Vec<(String, Role)>,
}

/// Why somebody may not do something; said to them and noted in the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// They hold no role that reaches the unit.
    #[error("{} has no right to this at {org_unit}", .who.name)]
    OutOfReach {
        /// Who.
        who: Account,
        /// Which role they would need.
        role: Role,
        /// Where.
        org_unit: String,
    },
    /// They sent what they would accept.
    #[error("{} sent this and cannot decide on it", .who.name)]
    OwnSubmission {
        /// Who.
        who: Account,
        /// Whose report it is.
        org_unit: String,
    },
    /// They took back what they would publish again, where that takes two.
    #[error("{} undid this and cannot publish it again", .who.name)]
    OwnUndoing {
        /// Who.
        who: Account,
        /// Whose figures they are.
        org_unit: String,
    },
    /// They endorsed what they would accept, or stand no higher than who did.
    #[error("{} does not stand above {above}, where this was endorsed", .who.name)]
    SameStep {
        /// Who.
        who: Account,
        /// Whose report it is.
        org_unit: String,
        /// The unit at which it was endorsed.
        above: String,
    },
}

impl Refused {
    /// Who was refused.
    pub fn who(&self) -> &Account {
        match self {
            Refused::OutOfReach { who, .. }
            | Refused::OwnSubmission { who, .. }
            | Refused::OwnUndoing { who, .. }
            | Refused::SameStep { who, .. } => who,
        }
    }

    /// At which unit.
    pub fn org_unit(&self) -> &str {
        match self {
            Refused::OutOfReach { org_unit, .. }
            | Refused::OwnSubmission { org_unit, .. }
            | Refused::OwnUndoing { org_unit, .. }
            | Refused::SameStep { org_unit, .. } => org_unit,
        }
    }

    /// What was missing, in a word for the log.
    pub fn lacks(&self) -> &'static str {
        match self {
            Refused::OutOfReach { role, .. } => role.code(),
            Refused::OwnSubmission { .. } => "another sender",
            Refused::OwnUndoing { .. } => "another person",
            Refused::SameStep { .. } => "a higher step",
        }
    }
}

macro_rules! right {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            account: Account,
            org_unit: String,
        }

        impl $name {
            /// Who has it.
            pub fn account(&self) -> &Account {
                &self.account
            }

            /// The unit it is for.
            pub fn org_unit(&self) -> &str {
                &self.org_unit
            }
        }
    };
}

right! {
    /// May send the reports of a unit.
    Reporter
}
right! {
    /// May accept or return a report of a unit that somebody else sent.
    Reviewer
}
right! {
    /// May give roles at a unit, and set its deadlines.
    Administrator
}

/// May decide what holds for the whole program: an administrator of the unit above all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopAdministrator(Administrator);

impl TopAdministrator {
    /// Who, and at which unit.
    pub fn administrator(&self) -> &Administrator {
        &self.0
    }
}

/// May endorse a report of a unit that somebody else sent: the first of two steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endorser {
    reviewer: Reviewer,
    held_at: String,
}

impl Endorser {
    /// Who, and for the report of which unit.
    pub fn reviewer(&self) -> &Reviewer {
        &self.reviewer
    }

    /// The unit at which they hold the role by which they endorse; of several the one nearest to the report, so that
    /// as many as possible stand above it.
    pub fn held_at(&self) -> &str {
        &self.held_at
    }
}

/// A report that waits for the second of two steps: who endorsed it, and where they hold the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endorsed<'a> {
    /// The account.
    pub by: &'a str,
    /// The unit.
    pub at: &'a str,
}

/// May undo a publication: of each of its units they review the reports or administer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoer {
    account: Account,
    org_units: Vec<String>,
}

/// A right over every unit of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overseer {
    account: Account,
    org_units: Vec<String>,
}

impl Overseer {
    /// The right to undo the publication. `senders` sent the reports of which figures would come back by it: nobody
    /// publishes what they sent themselves. `undone_by` is who undid those, where that must be somebody else.
    pub fn undoer(self, senders: &[String], undone_by: Option<&str>) -> Result<Undoer, Refused> {
        let org_unit = || self.org_units.first().cloned().unwrap_or_default();
        if senders.contains(&self.account.id) {
            return Err(Refused::OwnSubmission {
                org_unit: org_unit(),
                who: self.account,
            });
        }
        if undone_by == Some(self.account.id.as_str()) {
            return Err(Refused::OwnUndoing {
                org_unit: org_unit(),
                who: self.account,
            });
        }
        Ok(Undoer {
            account: self.account,
            org_units: self.org_units,
        })
    }
}

impl Undoer {
    /// Who has it.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The unit of the publication, where it is of one alone.
    pub fn org_unit(&self) -> Option<&str> {
        match self.org_units.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

impl Person {
    /// The right to send the reports of a unit.
    pub fn reporter(&self, org_unit: &str, tree: &OrgUnits) -> Result<Reporter, Refused> {
        self.reaching(Role::Reporter, org_unit, tree)?;
        Ok(Reporter {
            account: self.account.clone(),
            org_unit: org_unit.to_owned(),
        })
    }

    /// The right to decide on a report of a unit that `sender` sent: from above the unit, and not on one's own.
    pub fn reviewer(&self, org_unit: &str, sender: &str, tree: &OrgUnits) -> Result<Reviewer, Refused> {
        Ok(self.endorser(org_unit, sender, tree)?.reviewer)
    }

    /// The right to endorse a report of a unit that `sender` sent: that of a reviewer, with the place where it is held.
    pub fn endorser(&self, org_unit: &str, sender: &str, tree: &OrgUnits) -> Result<Endorser, Refused> {
        let held_at = self
            .held(Role::Reviewer, above(org_unit, tree), tree)
            .ok_or_else(|| self.out_of_reach(Role::Reviewer, org_unit))?;
        if sender == self.account.id {
            return Err(Refused::OwnSubmission {
                who: self.account.clone(),
                org_unit: org_unit.to_owned(),
            });
        }
        Ok(Endorser {
            held_at: held_at.to_owned(),
            reviewer: Reviewer {
                account: self.account.clone(),
                org_unit: org_unit.to_owned(),
            },
        })
    }

    /// The right to decide on a report that was endorsed: somebody else's than who endorsed it, and held strictly above
    /// the unit where that was done. Above the nation there is nobody: what was endorsed there, another of its reviewers
    /// decides.
    pub fn second_reviewer(
        &self,
        org_unit: &str,
        sender: &str,
        endorsed: Endorsed<'_>,
        tree: &OrgUnits,
    ) -> Result<Reviewer, Refused> {
        let right = self.reviewer(org_unit, sender, tree)?;
        let holds = self.held(Role::Reviewer, above(endorsed.at, tree), tree);
        if endorsed.by == self.account.id || holds.is_none() {
            return Err(Refused::SameStep {
                who: self.account.clone(),
                org_unit: org_unit.to_owned(),
                above: endorsed.at.to_owned(),
            });
        }
        Ok(right)
    }

    /// A right over all units of a publication: a reviewer's or an administrator's at each. Whether it goes as far as
    /// undoing that, [`Overseer::undoer`] says.
    pub fn overseer(&self, org_units: Vec<String>, tree: &OrgUnits) -> Result<Overseer, Refused> {
        for org_unit in &org_units {
            let reviews = self.held(Role::Reviewer, above(org_unit, tree), tree);
            let administers = self.held(Role::Administrator, org_unit, tree);
            if reviews.or(administers).is_none() {
                return Err(self.out_of_reach(Role::Reviewer, org_unit));
            }
        }
        Ok(Overseer {
            account: self.account.clone(),
            org_units,
        })
    }

    /// The right to give roles at a unit.
    pub fn administrator(&self, org_unit: &str, tree: &OrgUnits) -> Result<Administrator, Refused> {
        self.reaching(Role::Administrator, org_unit, tree)?;
        Ok(Administrator {
            account: self.account.clone(),
            org_unit: org_unit.to_owned(),
        })
    }

    /// The right to decide what holds for the whole program.
    pub fn top_administrator(&self, tree: &OrgUnits) -> Result<TopAdministrator, Refused> {
        match tree.top() {
            Some(top) => self.administrator(&top.code, tree).map(TopAdministrator),
            None => Err(self.out_of_reach(Role::Administrator, "")),
        }
    }

    /// Whether any role reaches a unit.
    pub fn reaches(&self, org_unit: &str, tree: &OrgUnits) -> bool {
        let mut held = Role::ALL.into_iter();
        held.any(|role| self.held(role, org_unit, tree).is_some())
    }

    /// Whether the reports of a unit open for them: as one of its reporters, or as a reviewer above it.
    pub fn opens_reports(&self, org_unit: &str, tree: &OrgUnits) -> bool {
        let reports = self.held(Role::Reporter, org_unit, tree);
        let reviews = || self.held(Role::Reviewer, above(org_unit, tree), tree);
        reports.or_else(reviews).is_some()
    }

    fn reaching(&self, role: Role, org_unit: &str, tree: &OrgUnits) -> Result<(), Refused> {
        let held = self.held(role, org_unit, tree);
        held.map(drop).ok_or_else(|| self.out_of_reach(role, org_unit))
    }

    /// The nearest unit at which a role is held that reaches this one: it reaches its own unit and everything below.
    fn held<'a>(&self, role: Role, org_unit: &str, tree: &'a OrgUnits) -> Option<&'a str> {
        let holds = |code: &str| {
            self.assignments
                .iter()
                .any(|(at, held)| *held == role && at == code)
        };
        let mut step = tree.get(org_unit);
        while let Some(unit) = step {
            if holds(&unit.code) {
                return Some(&unit.code);
            }
            step = unit.parent.as_deref().and_then(|parent| tree.get(parent));
        }
        None
    }

    fn out_of_reach(&self, role: Role, org_unit: &str) -> Refused {
        Refused::OutOfReach {
            who: self.account.clone(),
            role,
            org_unit: org_unit.to_owned(),
        }
    }
}

/// From where a unit's reports are decided on. Above the nation there is nobody, so its reviewers are its own.
fn above<'a>(org_unit: &'a str, tree: &'a OrgUnits) -> &'a str {
    let parent = tree.get(org_unit).and_then(|unit| unit.parent.as_deref());
    parent.unwrap_or(org_unit)
}

/// Who gives and takes accounts and roles.
#[derive(Debug, Clone, Copy)]
pub enum Authority<'a> {
    /// An administrator of the unit.
    Administrator(&'a Administrator),
    /// Whoever can run this program on the database, and so could write anything into it.
    Operator,
}

impl<'a> Authority<'a> {
    /// The account, where it is one.
    pub fn account(self) -> Option<&'a str> {
        match self {
            Authority::Administrator(administrator) => Some(&administrator.account().id),
            Authority::Operator => None,
        }
    }
}

impl Person {
    /// The right over an account as a whole (its links, whether it is enabled): an administrator's who reaches every unit
    /// at which it holds a role, so that nobody takes over who stands above them.
    pub fn in_charge_of(
        &self,
        assignments: &[(String, Role)],
        tree: &OrgUnits,
    ) -> Result<Administrator, Refused> {
        let mut right = None;
        for (org_unit, _) in assignments {
            right = Some(self.administrator(org_unit, tree)?);
        }
        // Without any role it is in nobody's part of the tree, and so a matter of its top.
        match (right, tree.top()) {
            (Some(right), _) => Ok(right),
            (None, Some(top)) => self.administrator(&top.code, tree),
            (None, None) => Err(self.out_of_reach(Role::Administrator, "")),
        }
    }
}

#[cfg(test)]
mod tests {
    use data::definitions::{BUILT_IN, Catalogue};

    use super::*;

    fn person(assignments: &[(&str, Role)]) -> Person {
        Person {
            account: Account {
                id: "1".into(),
                name: "li".into(),
                display_name: "李".into(),
            },
            assignments: assignments
                .iter()
                .map(|(at, role)| ((*at).to_owned(), *role))
                .collect(),
        }
    }

    fn tree() -> OrgUnits {
        Catalogue::read(BUILT_IN).0.org_units
    }

    #[test]
    fn a_role_reaches_its_unit_and_what_is_below_and_nothing_else() {
        let (tree, clerk) = (tree(), person(&[("371400", Role::Reporter)]));
        assert!(clerk.reporter("371400", &tree).is_ok());
        assert!(clerk.reporter("371482", &tree).is_ok());
        for elsewhere in ["370000", "370100", "100000", "nowhere"] {
            assert!(clerk.reporter(elsewhere, &tree).is_err(), "{elsewhere}");
        }
        assert!(clerk.administrator("371400", &tree).is_err());
        assert!(clerk.reviewer("371482", "2", &tree).is_err());
    }

    #[test]
    fn a_reviewer_decides_from_above_and_never_on_their_own() {
        let (tree, reviewer) = (tree(), person(&[("371400", Role::Reviewer)]));
        assert!(reviewer.reviewer("371482", "2", &tree).is_ok());
        assert!(matches!(
            reviewer.reviewer("371482", "1", &tree),
            Err(Refused::OwnSubmission { .. })
        ));
        assert!(matches!(
            reviewer.reviewer("371400", "2", &tree),
            Err(Refused::OutOfReach { .. })
        ));
    }

    #[test]
    fn the_second_step_is_another_persons_who_stands_above_the_first() {
        let tree = tree();
        let check = |at: &str, endorsed_by: &str, endorsed_at: &str, expected: bool| {
            let endorsed = Endorsed {
                by: endorsed_by,
                at: endorsed_at,
            };
            let right = person(&[(at, Role::Reviewer)]).second_reviewer("371482", "3", endorsed, &tree);
            assert_eq!(right.is_ok(), expected, "{at} over {endorsed_at}");
        };
        check("370000", "2", "371400", true);
        check("100000", "2", "371400", true);
        check("371400", "2", "371400", false);
        check("370000", "2", "370000", false);
        check("100000", "2", "370000", true);
        // Above the nation there is nobody; another of its reviewers will do, but not the same.
        check("100000", "2", "100000", true);
        check("100000", "1", "100000", false);
        check("370000", "1", "371400", false);
        check("130000", "2", "371400", false);
    }

    #[test]
    fn who_endorses_does_so_from_the_nearest_unit_at_which_they_may() {
        let tree = tree();
        let both = person(&[("100000", Role::Reviewer), ("371400", Role::Reviewer)]);
        assert_eq!(both.endorser("371482", "2", &tree).unwrap().held_at(), "371400");
        assert_eq!(both.endorser("371400", "2", &tree).unwrap().held_at(), "100000");
    }

    #[test]
    fn a_publication_is_undone_by_who_has_a_right_over_all_of_it() {
        let tree = tree();
        let check = |assignments: &[(&str, Role)], units: &[&str], expected: bool| {
            let units = units.iter().map(|unit| (*unit).to_owned()).collect();
            let right = person(assignments).overseer(units, &tree);
            assert_eq!(right.is_ok(), expected, "{assignments:?}");
        };
        let above = [("371400", Role::Reviewer)];
        check(&above, &["371482", "371481"], true);
        check(&above, &["371482", "370102"], false);
        check(&above, &["371400"], false);
        check(&[("371400", Role::Administrator)], &["371400", "371482"], true);
        check(&[("371400", Role::Reporter)], &["371482"], false);
        check(
            &[("371400", Role::Reviewer), ("370102", Role::Administrator)],
            &["371482", "370102"],
            true,
        );
        let right = person(&above).overseer(vec!["371482".into()], &tree).unwrap();
        let own = right.clone().undoer(&["2".into(), "1".into()], None);
        assert!(matches!(own, Err(Refused::OwnSubmission { .. })));
        let own = right.clone().undoer(&[], Some("1"));
        assert!(matches!(own, Err(Refused::OwnUndoing { .. })));
        assert!(right.undoer(&["2".into()], Some("2")).is_ok());
    }

    #[test]
    fn nobody_takes_over_who_stands_above_or_beside_them() {
        let tree = tree();
        let check = |at: &str, roles: &[(&str, Role)], expected: bool| {
            let administrator = person(&[(at, Role::Administrator)]);
            let other = person(roles).assignments;
            let right = administrator.in_charge_of(&other, &tree);
            assert_eq!(right.is_ok(), expected, "{at} {roles:?}");
        };
        check("371400", &[("371482", Role::Reporter)], true);
        check("371400", &[("371400", Role::Administrator)], true);
        check("371482", &[("371400", Role::Administrator)], false);
        check(
            "371482",
            &[("371482", Role::Reporter), ("370102", Role::Reporter)],
            false,
        );
        check("371482", &[], false);
        check("100000", &[], true);
    }
}
