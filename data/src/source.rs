use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The document a figure is from, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// Its title.
    pub document: String,
    /// Who published it.
    pub publisher: String,
    /// When.
    #[serde(with = "crate::period::day")]
    #[cfg_attr(feature = "schema", schemars(with = "chrono::NaiveDate"))]
    pub published: NaiveDate,
    /// Where in it: section and paragraph, or sheet and cell.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub place: String,
}

/// What a figure is from beside its first [`Source`]: a derived or rolled-up figure may be from many documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OtherSources {
    /// Nothing else.
    #[default]
    None,
    /// The other documents, which are few.
    Named(Vec<Source>),
    /// Too many to name: how many documents there are in all.
    Counted(usize),
}

/// The most documents a figure names; a reader who wants more looks at the figures it was made from.
pub const MOST_NAMED: usize = 3;

impl Source {
    fn key(&self) -> (&str, &str, NaiveDate) {
        (&self.document, &self.publisher, self.published)
    }

    fn add_place(&mut self, place: &str) {
        if place.is_empty() || self.place.split('；').any(|other| other == place) {
            return;
        }
        if !self.place.is_empty() {
            self.place.push('；');
        }
        self.place.push_str(place);
    }

    /// The sources of what was made from a few figures with these, each document once with every place in it; `None`
    /// where there is none.
    pub fn together(sources: &[&Source]) -> Option<(Source, OtherSources)> {
        let (mut named, documents) = distinct(sources.iter().copied());
        for source in sources {
            let same = named.iter_mut().find(|other| other.key() == source.key());
            if let Some(same) = same {
                same.add_place(&source.place);
            }
        }
        split(named, documents)
    }

    /// The documents of what was made from many figures with these: where in a document the figure of a unit stands
    /// says nothing of the whole. `None` where there is none.
    pub fn documents<'a>(sources: impl Iterator<Item = &'a Source>) -> Option<(Source, OtherSources)> {
        let (named, documents) = distinct(sources);
        split(named, documents)
    }
}

/// The first documents, without places, and how many there are.
fn distinct<'a>(sources: impl Iterator<Item = &'a Source>) -> (Vec<Source>, usize) {
    let mut seen = HashSet::new();
    let mut named: Vec<Source> = Vec::new();
    for source in sources {
        if seen.insert(source.key()) && named.len() < MOST_NAMED {
            let place = String::new();
            let (document, publisher) = (source.document.clone(), source.publisher.clone());
            let published = source.published;
            named.push(Source {
                document,
                publisher,
                published,
                place,
            });
        }
    }
    (named, seen.len())
}

fn split(named: Vec<Source>, documents: usize) -> Option<(Source, OtherSources)> {
    let mut named = named.into_iter();
    let first = named.next()?;
    let others = match documents {
        1 => OtherSources::None,
        few if few <= MOST_NAMED => OtherSources::Named(named.collect()),
        many => OtherSources::Counted(many),
    };
    Some((first, others))
}

impl OtherSources {
    /// The documents named beside the first one.
    pub fn named(&self) -> &[Source] {
        match self {
            OtherSources::Named(others) => others,
            OtherSources::None | OtherSources::Counted(_) => &[],
        }
    }

    /// How many documents there are in all, where they are too many to name.
    pub fn count(&self) -> Option<usize> {
        match self {
            OtherSources::Counted(documents) => Some(*documents),
            OtherSources::None | OtherSources::Named(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(document: &str, place: &str) -> Source {
        Source {
            document: document.into(),
            publisher: "工商联".into(),
            published: NaiveDate::MIN,
            place: place.into(),
        }
    }

    fn check(sources: &[(&str, &str)], first: (&str, &str), others: OtherSources) {
        let sources: Vec<Source> = sources
            .iter()
            .map(|(document, place)| source(document, place))
            .collect();
        let found = Source::together(&sources.iter().collect::<Vec<_>>());
        assert_eq!(found, Some((source(first.0, first.1), others)), "{sources:?}");
    }

    #[test]
    fn every_document_is_named_once_with_each_place_in_it() {
        let one = &[("甲", "一"), ("甲", "一"), ("甲", "二")];
        check(one, ("甲", "一；二"), OtherSources::None);
        let two = &[("甲", ""), ("乙", "表3"), ("甲", "")];
        check(two, ("甲", ""), OtherSources::Named(vec![source("乙", "表3")]));
    }

    #[test]
    fn more_than_three_documents_are_counted() {
        let four = &[("甲", ""), ("乙", ""), ("丙", ""), ("丁", ""), ("甲", "")];
        check(four, ("甲", ""), OtherSources::Counted(4));
        assert_eq!(Source::together(&[]), None);
    }
}
