use crate::http::asked::Asked;
use crate::http::assets::Inline;
use crate::http::published::Published;
pub fn page(_published: &Published, _asked: &Asked) -> (Vec<u8>, Inline) {
    (Vec::new(), Inline::default())
}
