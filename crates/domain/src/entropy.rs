//! Randomness as a value that is passed in, so that the simulator and the tests are replayable.

/// Where random secrets come from.
pub trait Entropy: Send + Sync + 'static {
    /// Fills `bytes` with unpredictable bytes.
    fn fill(&self, bytes: &mut [u8]);
}
