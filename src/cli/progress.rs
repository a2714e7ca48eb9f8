//! The progress line: what is running, how far, bytes a second, time left, memory against budget. It appears only
//! when work has taken half a second, and is gone when the work is done.

use crate::array::amount::bytes;
use crate::engine::{Observer, Progress};
use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Redrawing more often helps nobody.
const PERIOD: Duration = Duration::from_millis(100);

/// Columns of the bar and the percentage.
const BEFORE: u16 = 31;

/// Columns that stay free at the end of the line.
const ECHO: u16 = 4;

/// Draws on standard error.
#[derive(Default)]
pub struct Bar {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    bar: Option<ProgressBar>,
    drawn: Option<Instant>,
}

impl Observer for Bar {
    fn progress(&self, p: &Progress) {
        // A worker that finds the line busy has better things to do than wait for it.
        let Ok(mut state) = self.state.try_lock() else { return };
        if p.tasks_done >= p.tasks || p.elapsed < PATIENCE || state.drawn.is_some_and(|at| at.elapsed() < PERIOD) {
            return;
        }
        state.drawn = Some(Instant::now());
        // The terminal's own `^C` behind the line must not begin another one, which nobody would clear.
        let columns = Term::stderr().size().1.saturating_sub(BEFORE + ECHO) as usize;
        let bar = state.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:24} {percent:>3}%  {msg}") {
                bar.set_style(style.progress_chars("=> "));
            }
            bar
        });
        let done = if p.flops > 0 {
            p.flops_done as f64 / p.flops as f64
        } else {
            p.tasks_done as f64 / p.tasks.max(1) as f64
        };
        let seconds = p.elapsed.as_secs_f64();
        // What is not known yet, or is nothing, is not said.
        let left = if done > 0.01 { format!("  {:.0} s left", seconds / done - seconds) } else { String::new() };
        let rate = (p.bytes_read as f64 / seconds) as u64;
        let rate = if rate > 0 { format!("  {}/s", bytes(rate)) } else { String::new() };
        bar.set_position((done * 1000.0) as u64);
        let text = format!("{}{rate}{left}  memory {} of {}", p.current, bytes(p.memory), bytes(p.budget));
        bar.set_message(text.chars().take(columns).collect::<String>());
        bar.tick();
    }

    fn ended(&self) {
        if let Ok(mut state) = self.state.lock()
            && let Some(bar) = state.bar.take()
        {
            bar.finish_and_clear();
        }
    }
}

/// Shows nothing.
pub struct Silent;

impl Observer for Silent {}
