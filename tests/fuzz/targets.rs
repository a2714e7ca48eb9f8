//! What is fuzzed: each target takes any text and panics where the project breaks a promise. Shared by the driver
//! here and by the targets of cargo fuzz in `fuzz/`.

use arr::diag::Sources;
use arr::diag::render::render;
use arr::engine::{Config, Observer, Parallel};
use arr::force::LargeArrays;
use arr::session::Session;
use arr::syntax::dump::dump;
use arr::syntax::lexer::lex;
use arr::syntax::parse;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// A program is interrupted after this long, as by Ctrl-C; it must then end at once.
const PATIENCE: Duration = Duration::from_secs(2);

/// Bytes the engine may use.
const BUDGET: u64 = 256 << 20;

/// A program that prints more than this is interrupted.
const MOST_OUTPUT: usize = 4 << 20;

/// Every token lies in the text and follows the one before it.
pub fn lexer(text: &str) {
    let mut end = 0;
    for token in lex(text, 0, &|name| name.len() == 1).tokens {
        assert!(token.start >= end && token.start <= token.end, "token {token:?} stands before byte {end}");
        end = token.end;
    }
    assert!(end <= text.len(), "the last token ends at {end}, the text at {}", text.len());
}

/// Whatever the text, there is a tree, every span lies in the text, and every fault can be shown.
pub fn parser(text: &str) {
    let found = parse(text, 0, &|_| false);
    let mut sources = Sources::default();
    sources.add("fuzz", text);
    assert_eq!(dump(&found.program).is_empty(), found.program.body.is_empty());
    for fault in found.errors.iter().chain(&found.warnings) {
        let label = fault.labels.first().expect("a syntax error has a place");
        assert!(label.span.start <= label.span.end && label.span.end as usize <= text.len(), "{fault:?}");
        assert!(render(fault, &sources, false).contains(&fault.message), "{fault:?}");
    }
}

/// A program ends, in a result or in faults that can be shown, and heeds an interrupt.
pub fn evaluator(text: &str) {
    arr::eval::with_deep_stack(|| {
        let interrupt = Arc::new(AtomicBool::new(false));
        let (done, over) = channel::<()>();
        let watched = interrupt.clone();
        let watch = std::thread::spawn(move || {
            while let Err(RecvTimeoutError::Timeout) = over.recv_timeout(PATIENCE) {
                // Again and again: an `unwind_protect` may go on after the first.
                watched.store(true, Ordering::Relaxed);
            }
        });
        let config = Config { memory: BUDGET, threads: 2, temp_dir: std::env::temp_dir() };
        let arrays = LargeArrays::new(config, Box::new(Parallel::default()), Arc::new(Quiet), interrupt.clone());
        let out = Counted { bytes: 0, interrupt: interrupt.clone() };
        let mut session =
            Session::with_output(Default::default(), Box::new(arrays), interrupt, Box::new(out), Box::new(io::sink()));
        for fault in session.run_source("fuzz", text).err().into_iter().flatten() {
            assert!(render(&fault, session.sources(), false).contains(&fault.message), "{fault:?}");
        }
        drop(done);
        let _ = watch.join();
    });
}

/// Tells nobody how far a computation is.
struct Quiet;

impl Observer for Quiet {}

/// Keeps nothing, and stops a program that prints too much.
struct Counted {
    bytes: usize,
    interrupt: Arc<AtomicBool>,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len();
        if self.bytes > MOST_OUTPUT {
            self.interrupt.store(true, Ordering::Relaxed);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
