//! Where a chart is: at its own address, or at the short one under which it was saved. All are without their origin.

use data::chart::{ChartFormat, ChartRequest, Look};

use super::Chart;

impl Chart {
    /// Its page, however it looks elsewhere.
    pub fn page_href(&self) -> String {
        self.href("/charts/", "/c/", Look::default(), ChartFormat::Page)
    }

    /// The bare page to be framed, in its look.
    pub fn embed_href(&self) -> String {
        self.href("/embed/", "/embed/", self.request.look, ChartFormat::Page)
    }

    /// One of its files, in a look.
    pub fn file_href(&self, format: ChartFormat, look: Look) -> String {
        self.href("/charts/", "/c/", look, format)
    }

    fn href(&self, folder: &str, short: &str, look: Look, format: ChartFormat) -> String {
        let request = self.request.with_look(look);
        let Some(saved) = &self.saved else {
            let name = request.kind.name();
            return with_query(folder, name, format, request.to_query_string());
        };
        let chosen = ChartRequest {
            look,
            ..ChartRequest::new(request.kind, Default::default())
        };
        let mut query = chosen.to_query_string();
        // A reader may have chosen another language than the one that was saved.
        if request.lang != saved.request.lang {
            let and = if query.is_empty() { "" } else { "&" };
            query = format!("{query}{and}lang={}", request.lang.code());
        }
        with_query(short, &saved.id, format, query)
    }
}

fn with_query(folder: &str, name: &str, format: ChartFormat, query: String) -> String {
    let and = if query.is_empty() { "" } else { "?" };
    format!("{folder}{name}{}{and}{query}", format.ending())
}
