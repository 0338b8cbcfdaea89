//! `/sdmx/3.0/structure`: what the data refers to.

use data::Phrase;
use data::exchange::sdmx_json::{self, Artefact, Detail};

use super::{about, content, is_ours, names, no_results, not_implemented, segments};
use crate::http::accept::{Form, STRUCTURE};
use crate::http::answer::{Content, Keep};
use crate::http::asked::{Asked, Parameters, apart_from_lang};
use crate::http::failure::Problem;
use crate::http::published::Published;

/// The artefacts that a path names, and those that it asks for with them.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let (lang, _) = apart_from_lang(asked)?;
    let parameters = Parameters::take(asked, &["references", "detail", "lang"])?;
    let found = named(asked)?;
    let referred = references(&found, parameters.get("references").unwrap_or("none"))?;
    let (detail, of_referred) = details(parameters.get("detail").unwrap_or("full"))?;
    let artefacts: Vec<(Artefact, Detail)> = Artefact::all()
        .filter_map(|one| match (found.contains(&one), referred.contains(&one)) {
            (true, _) => Some((one, detail)),
            (false, true) => Some((one, of_referred)),
            (false, false) => None,
        })
        .collect();
    let dataset = &published.dataset;
    let body = sdmx_json::structure(&artefacts, &dataset.catalogue, about(dataset, lang));
    Ok(content(Form::Structure, body, Keep::Briefly))
}

/// The artefacts of a path, `{type}/{agency}/{id}/{version}`.
fn named(asked: &Asked) -> Result<Vec<Artefact>, Problem> {
    let segments = segments(asked, STRUCTURE);
    let [kind, agency, id, version, item] = [0, 1, 2, 3, 4].map(|at| segments.get(at));
    if item.is_some_and(|item| *item != "*") {
        return Err(not_implemented("itemID"));
    }
    if segments.len() > 5 {
        return Err(Problem::NoSuchAddress(asked.path.clone()));
    }
    let is_named = |one: &Artefact| names(kind, one.kind()) && names(id, one.id());
    let found: Vec<Artefact> = Artefact::all().filter(is_named).collect();
    match is_ours(agency, version) && !found.is_empty() {
        true => Ok(found),
        false => Err(no_results()),
    }
}

/// How much is told of what was asked for, and of what comes with it.
fn details(text: &str) -> Result<(Detail, Detail), Problem> {
    match text {
        // No code is left out of a list, so a list of those that may be used is the list.
        "full" | "raw" | "referencepartial" => Ok((Detail::Full, Detail::Full)),
        "allstubs" | "allcompletestubs" => Ok((Detail::Stub, Detail::Stub)),
        "referencestubs" | "referencecompletestubs" => Ok((Detail::Full, Detail::Stub)),
        other => Err(Problem::BadParameter {
            parameter: "detail".to_owned(),
            found: other.to_owned(),
            expected: Phrase::new(
                "full、raw、referencepartial、allstubs、allcompletestubs、referencestubs 或 referencecompletestubs",
                "full, raw, referencepartial, allstubs, allcompletestubs, referencestubs or referencecompletestubs",
            ),
        }),
    }
}

/// The artefacts that stand in this relation to others.
fn references(found: &[Artefact], relation: &str) -> Result<Vec<Artefact>, Problem> {
    let children = |of: &[Artefact]| -> Vec<Artefact> { of.iter().flat_map(|one| one.children()).collect() };
    let parents = |of: &[Artefact]| -> Vec<Artefact> { of.iter().flat_map(|one| one.parents()).collect() };
    let siblings = || [parents(found), children(&parents(found))].concat();
    Ok(match relation {
        "none" => Vec::new(),
        "children" => children(found),
        "descendants" => closure(found, children),
        "parents" => parents(found),
        "ancestors" => closure(found, parents),
        "parentsandsiblings" => siblings(),
        "all" => [siblings(), closure(found, children)].concat(),
        kinds => {
            let all = [closure(found, parents), closure(found, children)].concat();
            let kinds: Vec<&str> = kinds.split(',').collect();
            let known = ["dataflow", "datastructure", "conceptscheme", "codelist"];
            if let Some(unknown) = kinds.iter().find(|kind| !known.contains(kind)) {
                return Err(Problem::BadParameter {
                    parameter: "references".to_owned(),
                    found: (*unknown).to_owned(),
                    expected: Phrase::new(
                        "none、children、descendants、parents、parentsandsiblings、ancestors、all 或类型名",
                        "none, children, descendants, parents, parentsandsiblings, ancestors, all or a type",
                    ),
                });
            }
            all.into_iter()
                .filter(|one| kinds.contains(&one.kind()))
                .collect()
        }
    })
}

/// What is reached by taking a step again and again, until nothing new is.
fn closure(from: &[Artefact], step: impl Fn(&[Artefact]) -> Vec<Artefact>) -> Vec<Artefact> {
    let mut reached: Vec<Artefact> = Vec::new();
    let mut newest = step(from);
    while !newest.is_empty() {
        reached.extend(&newest);
        newest = step(&newest);
        newest.retain(|one| !reached.contains(one));
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_taken_until_nothing_new_is_reached() {
        // Round and round, one artefact after the other.
        let all: Vec<Artefact> = Artefact::all().collect();
        let next = |one: &Artefact| {
            all.iter()
                .position(|other| other == one)
                .map(|at| all[(at + 1) % all.len()])
        };
        let reached = closure(&all[..1], |of| of.iter().filter_map(next).collect());
        assert_eq!(reached, [&all[1..], &all[..1]].concat());
    }
}
