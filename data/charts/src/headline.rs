//! The headline figure: one number large, with everything that makes it true beside it.

use data::{Observation, label};

use crate::build;
use crate::context::Context;
use crate::frame;
use crate::html::{element, escaped, link, of_source, text};
use crate::sentence::{self, Pair};
use crate::table;

/// The width of the line the size of a word, in pixels.
const SPARK: u32 = 120;

/// One figure as a card.
#[derive(Debug, Clone, Copy)]
pub struct Headline<'a> {
    /// The figure.
    pub observation: &'a Observation,
    /// The earlier figure it may be compared with.
    pub pair: Option<Pair<'a>>,
    /// The figures of the same indicator and unit in order of time, for a line the size of a word.
    pub series: &'a [&'a Observation],
    /// How many units it was taken together from, of how many.
    pub coverage: Option<(usize, usize)>,
}

impl Headline<'_> {
    /// The fragment; `href` leads to the page of the indicator.
    pub fn html(&self, context: &Context<'_>, href: &str) -> String {
        let name = context.indicator_name(&self.observation.key.indicator);
        let heading = element("h3", "name", &link(href, name));
        // A change up to an earlier figure is none up to a figure that is missing.
        let change = self
            .pair
            .filter(|pair| pair.to.key == self.observation.key)
            .map(|pair| element("p", "change", &self.change(context, &pair)))
            .unwrap_or_default();
        let badges: String = self
            .badges(context)
            .iter()
            .map(|badge| text("span", badge))
            .collect();
        let source = format!(
            r#"<details class="from"><summary>{}</summary><p>{}</p></details>"#,
            escaped(context.lang.words().source),
            self.source(context),
        );
        element(
            "article",
            "headline",
            &format!(
                r#"{heading}<p class="number">{}</p>{}{change}<p class="badges">{badges}</p>{source}"#,
                self.number(context),
                self.sparkline(context),
            ),
        )
    }

    fn sparkline(&self, context: &Context<'_>) -> String {
        let drawn = build::sparkline(context, self.series).map(|chart| frame::draw(&chart, SPARK).svg);
        drawn.map(|svg| element("div", "spark", &svg)).unwrap_or_default()
    }

    fn number(&self, context: &Context<'_>) -> String {
        let Some(value) = &self.observation.value else {
            return element(
                "span",
                "missing",
                &escaped(&context.value_or_reason(self.observation)),
            );
        };
        let written = context.written(&self.observation.key.indicator, value);
        let word = |word: &str| {
            if word.is_empty() {
                String::new()
            } else {
                element("span", "q", &escaped(word))
            }
        };
        let of = self
            .observation
            .denominator
            .map(|of| element("span", "of", &format!("/ {}", data::format::number(of, 0))));
        // 900多万元, more than 9 million yuan: what stands before the unit belongs to it in size.
        let unit = format!("{} {}", written.scale, written.unit);
        let unit = if context.lang == data::Lang::Zh {
            unit.replace(' ', "")
        } else {
            unit
        };
        // Read aloud, copied or broken into lines, English words are words only with spaces between them.
        let parts = [
            word(written.before),
            format!("<b>{}</b>", escaped(&written.number)),
            word(written.qualifier_after()),
            of.unwrap_or_default(),
            element("span", "unit", escaped(unit.trim()).as_ref()),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(context.lang.pick("", " "))
    }

    fn change(&self, context: &Context<'_>, pair: &Pair<'_>) -> String {
        let span = sentence::span_phrase(pair, context.lang);
        let what = sentence::change_phrase(&sentence::told(context, pair), context.lang);
        let from = pair
            .from
            .value
            .map(|v| context.short_value(&pair.from.key.indicator, &v))
            .unwrap_or_default();
        let text = match context.lang {
            data::Lang::Zh => format!("{span}由{from}{what}"),
            data::Lang::En => format!("{what} {span}, from {from}"),
        };
        escaped(&text).into_owned()
    }

    fn badges(&self, context: &Context<'_>) -> Vec<String> {
        let observation = self.observation;
        let mut badges = vec![label::short_period(
            &observation.key.period,
            observation.period_basis,
            context.lang,
        )];
        if observation.period_basis == data::PeriodBasis::Ambiguous {
            badges.push(context.lang.words().period_ambiguous.to_owned());
        }
        // Of how many is written beside the number already.
        let shown = Observation {
            denominator: None,
            ..observation.clone()
        };
        badges.extend(table::remarks(context, &shown));
        // Of how many units it is says already that it was taken together from them.
        if self.coverage.is_some() {
            badges.retain(|badge| badge != context.lang.words().rolled_up_from_below);
        }
        let covered = |(some, all)| build::covered_words(context.lang, some, all);
        badges.extend(self.coverage.map(covered));
        badges
    }

    fn source(&self, context: &Context<'_>) -> String {
        let period = label::period(
            &self.observation.key.period,
            self.observation.period_basis,
            context.lang,
        );
        let comment = self.observation.comment.as_deref().unwrap_or_default();
        let comment = if comment.is_empty() {
            String::new()
        } else {
            format!("<br>{}", of_source(context.lang, comment))
        };
        format!(
            "{}<br>{}{comment}",
            of_source(context.lang, &table::source(context, self.observation)),
            escaped(&period)
        )
    }
}
