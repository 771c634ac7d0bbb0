//! What happens around every handler, from the outside in: id, answer, panic guard, conditions, patience.

mod answers;
mod conditions;
mod headers;
mod panics;
mod patience;
mod request_id;

pub(crate) use answers::layer as answers;
pub(crate) use conditions::layer as conditions;
pub(crate) use headers::layer as headers;
pub(crate) use panics::layer as panics;
pub(crate) use patience::layer as patience;
pub(crate) use request_id::layer as request_id;
