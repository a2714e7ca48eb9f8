//! What functions of the language keep between calls. Owned by the session, handed out through `Host`.

/// One slot for each family that remembers something.
#[derive(Debug, Default)]
pub struct State {
    /// `tic`: microseconds since the epoch.
    pub tic: Option<u64>,
    /// The error a `catch` held last (`lasterr`).
    pub last_error: Option<LastError>,
    /// Set by `exit`: the process ends with this code once the walker has unwound.
    pub exit: Option<i32>,
}

/// An error that was caught.
#[derive(Debug, Clone, Default)]
pub struct LastError {
    pub message: String,
    pub id: String,
}
