//! The built app: inside the program, or in a folder while one works on it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use bytes::Bytes;
use serde::Deserialize;

use super::answer::Answer;
use super::security::Policies;

mod embedded {
    /// A file of the app: name, content, and the content in Brotli and gzip.
    pub type File = (&'static str, [&'static [u8]; 3]);
    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}

/// Where the files of the app are served.
pub const FOLDER: &str = "/assets/";

/// Which file is which: `assets.json`, written by app/finish.mjs.
#[derive(Debug, Clone, Deserialize)]
pub struct Manifest {
    /// Starts the app.
    pub loader: String,
    /// Connects the Wasm with the browser.
    pub glue: String,
    /// The app.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The icon.
    pub icon: String,
    /// The style sheet of the desk, which the public pages do without.
    pub desk_css: String,
    /// The script of the desk.
    pub desk: String,
    /// The form of a report and the worker that checks it.
    pub form: String,
    /// The Wasm of both.
    pub form_wasm: String,
}

/// What stands inside every page: as files they would cost the first chart a round trip.
#[derive(Debug, Default)]
pub struct Inline {
    /// The style sheet.
    pub style: String,
    /// Starts the app, after the first frame.
    pub loader: String,
}

/// The app, ready to be sent.
#[derive(Debug)]
pub struct Assets {
    /// Which file is which; none where the program was built without the app.
    pub manifest: Option<Manifest>,
    /// What stands inside every page.
    pub inline: Inline,
    /// What a page with these texts inside it may load.
    pub policies: Arc<Policies>,
    /// Changes whenever a file does.
    pub fingerprint: String,
    answers: HashMap<String, Arc<Answer>>,
}

impl Assets {
    /// The app that was there when the program was built.
    pub fn embedded() -> anyhow::Result<Assets> {
        let mut assets = Assets::of_manifest(embedded::MANIFEST)?;
        for (name, contents) in embedded::FILES {
            assets.insert(name, contents.map(Bytes::from_static));
        }
        Ok(assets.with_policies())
    }

    /// The app in a folder.
    pub fn from_folder(folder: &Path) -> anyhow::Result<Assets> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        let mut assets = Assets::of_manifest(&String::from_utf8(read("assets.json")?)?)?;
        let names = assets.manifest.clone().map(|m| {
            let public = [m.loader, m.glue, m.wasm, m.css, m.icon];
            let desk = [m.desk_css, m.desk, m.form, m.form_wasm];
            public.into_iter().chain(desk)
        });
        for name in names.into_iter().flatten() {
            let plain = Bytes::from(read(&name)?);
            let compressed =
                |extension: &str| Bytes::from(read(&format!("{name}.{extension}")).unwrap_or_default());
            assets.insert(&name, [plain, compressed("br"), compressed("gz")]);
        }
        Ok(assets.with_policies())
    }

    /// The file at an address, such as `/assets/main-0123456789abcdef.css`.
    pub fn get(&self, address: &str) -> Option<&Arc<Answer>> {
        self.answers.get(address)
    }

    /// No app: its pages are whole, and nothing moves in them.
    pub fn none() -> Assets {
        Assets {
            manifest: None,
            inline: Inline::default(),
            policies: Arc::new(Policies::new(&Inline::default())),
            fingerprint: String::new(),
            answers: HashMap::new(),
        }
    }

    fn of_manifest(text: &str) -> anyhow::Result<Assets> {
        if text.is_empty() {
            return Ok(Assets::none());
        }
        let manifest =
            serde_json::from_str(text).context("assets.json is not as app/finish.mjs writes it")?;
        Ok(Assets {
            manifest: Some(manifest),
            fingerprint: text.to_owned(),
            ..Assets::none()
        })
    }

    fn with_policies(self) -> Assets {
        Assets {
            policies: Arc::new(Policies::new(&self.inline)),
            ..self
        }
    }

    fn insert(&mut self, name: &str, contents: [Bytes; 3]) {
        let Inline { style, loader } = &mut self.inline;
        if let Some(manifest) = &self.manifest {
            let inline = [(&manifest.css, style), (&manifest.loader, loader)];
            for (_, text) in inline.into_iter().filter(|(known, _)| *known == name) {
                *text = String::from_utf8_lossy(&contents[0]).into_owned();
            }
        }
        // The name holds a hash of the content, so it can stand for it.
        let answer = Answer::of_asset(media_type(name), name, contents);
        self.answers.insert(format!("{FOLDER}{name}"), Arc::new(answer));
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
