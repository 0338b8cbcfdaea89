//! Content security policies, as far as they decide on what a portal takes from us (CSP level 3, W3C).

mod address;
mod policy;
mod source;

pub use address::WebAddress;
pub use policy::{Delivery, Directive, Load, Policy, Refusal};
pub use source::{HostSource, Source};
