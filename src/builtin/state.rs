//! What functions of the language keep between calls. Owned by the session, handed out through `Host`.

use crate::value::Func;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// Functions of `onCleanup` objects that are gone, which the session calls once it may.
pub type Cleanups = Rc<RefCell<Vec<Arc<Func>>>>;

/// One slot for each family that remembers something.
#[derive(Debug, Default)]
pub struct State {
    /// `tic`: microseconds since the epoch.
    pub tic: Option<u64>,
    /// The error a `catch` held last (`lasterr`).
    pub last_error: Option<LastError>,
    /// Which warnings are shown, and the last one.
    pub warnings: Warnings,
    /// The random number generators.
    pub random: Random,
    /// Set by `exit`: the process ends with this code once the walker has unwound.
    pub exit: Option<i32>,
    /// Variables of the environment that the program set, or took out.
    pub environment: BTreeMap<String, Option<String>>,
    /// Functions of `onCleanup` objects that are gone.
    pub cleanups: Cleanups,
    /// Open files.
    pub streams: super::files::streams::stream::Streams,
    /// Compiled regular expressions.
    pub regexes: super::text::regexp::matcher::Cache,
}

/// An error that was caught.
#[derive(Debug, Clone, Default)]
pub struct LastError {
    pub message: String,
    pub id: String,
}

/// What happens to warnings of an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    #[default]
    On,
    Off,
    /// They become errors.
    Error,
}

impl Level {
    pub fn name(self) -> &'static str {
        match self {
            Level::On => "on",
            Level::Off => "off",
            Level::Error => "error",
        }
    }

    pub fn from_name(name: &str) -> Option<Level> {
        Some(match name {
            "on" => Level::On,
            "off" => Level::Off,
            "error" => Level::Error,
            _ => return None,
        })
    }
}

/// The levels that were set, and the last warning (message, identifier).
#[derive(Debug, Default)]
pub struct Warnings {
    all: Level,
    by_id: BTreeMap<String, Level>,
    pub last: (String, String),
}

impl Warnings {
    pub fn level(&self, id: &str) -> Level {
        if self.all == Level::Off && !id.is_empty() {
            return self.by_id.get(id).copied().filter(|l| *l != Level::On).unwrap_or(Level::Off);
        }
        self.by_id.get(id).copied().unwrap_or(self.all)
    }

    pub fn set(&mut self, id: &str, level: Level) {
        if id == "all" {
            self.all = level;
            self.by_id.clear();
        } else {
            self.by_id.insert(id.to_owned(), level);
        }
    }

    /// All that were set, `all` first.
    pub fn levels(&self) -> Vec<(String, Level)> {
        let all = std::iter::once(("all".to_owned(), self.all));
        all.chain(self.by_id.iter().map(|(id, level)| (id.clone(), *level))).collect()
    }

    /// Takes note of a warning; `false` if it is not to be shown.
    pub fn note(&mut self, id: &str, message: &str) -> bool {
        if self.level(id) == Level::Off {
            return false;
        }
        self.last = (message.to_owned(), id.to_owned());
        true
    }
}

/// What draws of random numbers depend on: arrays are keyed by seed and number of the call, so that any part of a
/// large one can be made at any time.
#[derive(Debug, Clone, Copy)]
pub struct Random {
    pub seed: u64,
    /// Number of the next call.
    pub call: u64,
}

impl Default for Random {
    fn default() -> Random {
        Random { seed: 42, call: 0 }
    }
}
