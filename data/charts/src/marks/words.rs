use plotters::element::Text;
use plotters::style::text_anchor::HPos;

use crate::frame::{Anchor, TextBox};
use crate::svg::{Drawn, Extra, Paper, at, letters};

/// Every line of text, standing on its baseline.
pub(super) fn draw(texts: &[TextBox], paper: &Paper) -> Drawn {
    for text in texts {
        let side = match text.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style = letters(text.font, text.color, side);
        if text.halo {
            paper.draw(&Extra::Halo)?;
        }
        paper.draw(&Text::new(
            text.text.as_str(),
            at(text.x, text.baseline.round()),
            style,
        ))?;
    }
    Ok(())
}
