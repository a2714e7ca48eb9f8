//! What functions of the language keep between calls. Owned by the session, handed out through `Host`.

/// One slot for each family that remembers something.
#[derive(Debug, Default)]
pub struct State {
    /// `tic`: microseconds since the epoch.
    pub tic: Option<u64>,
}
