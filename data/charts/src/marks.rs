//! One file per mark: each writes its shapes down with plotters, and measures nothing.

mod axis;
mod bar;
mod from_to;
mod line;
mod spark;
mod words;

use crate::frame::{Scene, Shapes};
use crate::svg::{Drawn, Paper};

/// Draws the shapes of a scene, then its words on top.
pub(crate) fn draw(scene: &Scene, paper: &Paper) -> Drawn {
    match &scene.shapes {
        Shapes::Line(frame) => line::draw(frame, paper)?,
        Shapes::Bar(frame) => bar::draw(frame, paper)?,
        Shapes::FromTo(frame) => from_to::draw(frame, paper)?,
        Shapes::Spark(frame) => spark::draw(frame, paper)?,
        Shapes::Words => {}
    }
    words::draw(&scene.texts, paper)?;
    paper.present()
}
