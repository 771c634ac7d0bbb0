//! Other people's servers, small and in one's own process: they speak their protocol for real and
//! say what the test, or the person who tries Tertulia, wants to be said.

#[expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a double that cannot go on should stop the test there"
)]
pub mod oidc;
pub mod telegram;
