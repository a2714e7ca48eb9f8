//! The progress line: what is running, how far, bytes a second, time left, memory against budget. It appears only
//! when work has taken half a second, and is gone when the work is done.

use crate::array::amount::bytes;
use crate::diag::say;
use crate::engine::{Observer, Progress};
use console::Term;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Redrawing more often helps nobody.
const PERIOD: Duration = Duration::from_millis(100);

/// Columns of the bar.
const BAR: usize = 24;

/// Columns that stay free at the end of the line: the terminal's own `^C` must not begin another one, which nobody
/// would clear.
const ECHO: usize = 4;

/// Goes to the start of the line and empties it.
const CLEAR: &str = "\r\x1b[K";

/// Draws on standard error.
#[derive(Default)]
pub struct Bar {
    drawn: Mutex<Option<Instant>>,
}

impl Observer for Bar {
    fn progress(&self, p: &Progress) {
        // A worker that finds the line busy has better things to do than wait for it.
        let Ok(mut drawn) = self.drawn.try_lock() else { return };
        if p.tasks_done >= p.tasks || p.elapsed < PATIENCE || drawn.is_some_and(|at| at.elapsed() < PERIOD) {
            return;
        }
        *drawn = Some(Instant::now());
        let columns = usize::from(Term::stderr().size().1).saturating_sub(ECHO);
        let line: String = line(p).chars().take(columns).collect();
        say::err(format_args!("{CLEAR}{line}"));
    }

    fn ended(&self) {
        if let Ok(mut drawn) = self.drawn.lock()
            && drawn.take().is_some()
        {
            say::err(CLEAR);
        }
    }
}

/// What the line says. What is not known yet, or is nothing, is not said.
fn line(p: &Progress) -> String {
    let done = match p.flops {
        0 => p.tasks_done as f64 / p.tasks.max(1) as f64,
        flops => p.flops_done as f64 / flops as f64,
    };
    let done = done.clamp(0.0, 1.0);
    let seconds = p.elapsed.as_secs_f64();
    let left = if done > 0.01 { format!("  {:.0} s left", seconds / done - seconds) } else { String::new() };
    let rate = (p.bytes_read as f64 / seconds) as u64;
    let rate = if rate > 0 { format!("  {}/s", bytes(rate)) } else { String::new() };
    let bar = "=".repeat((done * BAR as f64) as usize) + ">";
    let percent = (done * 100.0) as u32;
    format!("{bar:BAR$} {percent:>3}%  {}{rate}{left}  memory {} of {}", p.current, bytes(p.memory), bytes(p.budget))
}

/// Shows nothing.
pub struct Silent;

impl Observer for Silent {}
