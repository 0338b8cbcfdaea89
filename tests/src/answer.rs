use std::io::Read;

use serde_json::Value;

/// What came back from an address, as it was on the wire.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    headers: ureq::http::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(mut response: ureq::http::Response<ureq::Body>) -> Answer {
        let body = response
            .body_mut()
            .with_config()
            .limit(1 << 30)
            .read_to_vec()
            .unwrap();
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        }
    }

    /// A header; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// How many bytes were sent for the body.
    pub fn sent(&self) -> usize {
        self.body.len()
    }

    /// The body, decoded.
    pub fn bytes(&self) -> Vec<u8> {
        let mut decoded = Vec::new();
        match self.header("content-encoding") {
            "br" => brotli_decompressor::BrotliDecompress(&mut self.body.as_slice(), &mut decoded).unwrap(),
            "gzip" => drop(
                flate2::read::GzDecoder::new(self.body.as_slice())
                    .read_to_end(&mut decoded)
                    .unwrap(),
            ),
            other => {
                assert_eq!(other, "", "an encoding nobody asked for");
                decoded.clone_from(&self.body);
            }
        }
        decoded
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes()).unwrap()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        let text = self.text();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }
}

/// The JSON of an answer that must be a good one.
pub fn well(answer: Answer) -> Value {
    assert!(
        (200..300).contains(&answer.status),
        "{}: {}",
        answer.status,
        answer.text()
    );
    answer.json()
}
