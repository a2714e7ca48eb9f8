//! What is fuzzed: each target takes any text and panics where the project breaks a promise. Shared by the driver
//! here and by the targets of cargo fuzz in `fuzz/`.

use arr::builtin::Settings;
use arr::diag::Sources;
use arr::diag::render::render;
use arr::engine::{Config, Observer, Parallel};
use arr::force::LargeArrays;
use arr::session::Session;
use arr::syntax::dump::dump;
use arr::syntax::lexer::lex;
use arr::syntax::parse;
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// A program is interrupted after this long, as by Ctrl-C; it must then end at once.
const PATIENCE: Duration = Duration::from_secs(2);

/// Bytes the engine may use.
const BUDGET: u64 = 256 << 20;

/// Bytes the engine may use where arrays wait: enough for any plan on small blocks, too little for whole arrays at once.
const SMALL_BUDGET: u64 = 1 << 20;

/// How a program for `waiting` cuts an array into chunks, and what stands there where nothing waits.
pub const CUT: &str = "rechunk (a, c)";
const UNCUT: &str = "a";

/// What a statement of such a program prints before the message it ends in.
pub const FAULT: &str = "fault: ";

/// Parts of the messages by which a waiting array refuses what one in memory does.
const REFUSED: &[&str] = &["the type of a lazy array", "more than the memory budget", "would make the result complex"];

/// Part of the message about an element that a waiting array need not have looked at.
const UNSEEN: &str = "invalid conversion from NaN to logical";

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
    run(text, BUDGET, Settings::default());
}

/// A program of `arrays` prints the same where nothing waits, and where everything waits and next to nothing fits.
pub fn waiting(text: &str) {
    let (at_once, ended) = run(&text.replacen(CUT, UNCUT, 1), BUDGET, Settings::default());
    let (later, ended_too) = run(text, SMALL_BUDGET, Settings { dense_limit: 0, ..Settings::default() });
    if !ended || !ended_too {
        return;
    }
    for (number, (a, b)) in at_once.lines().zip(later.lines()).enumerate() {
        // From a refusal on the variables may differ.
        let refused = |line: &str, parts: &[&str]| {
            line.strip_prefix(FAULT).is_some_and(|message| parts.iter().any(|part| message.contains(part)))
        };
        if a != b && (refused(b, REFUSED) || refused(a, &[UNSEEN])) {
            return;
        }
        let faults = a.starts_with(FAULT) && b.starts_with(FAULT);
        let statement = || text.lines().filter(|line| line.starts_with("try")).nth(number).unwrap_or("the end");
        assert!(a == b || faults, "differs: {}\nat once: {a}\nwaiting: {b}", statement());
    }
    assert_eq!(at_once.lines().count(), later.lines().count(), "waiting ends elsewhere");
}

/// Runs a program: what it printed, and whether it came to its end uninterrupted.
fn run(text: &str, memory: u64, settings: Settings) -> (String, bool) {
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
        let config = Config { memory, threads: 2, temp_dir: std::env::temp_dir() };
        let arrays = LargeArrays::new(config, Box::new(Parallel::default()), Arc::new(Quiet), interrupt.clone());
        let text_out = Rc::new(RefCell::new(Vec::new()));
        let out = Printed { bytes: text_out.clone(), interrupt: interrupt.clone() };
        let mut session =
            Session::with_output(settings, Box::new(arrays), interrupt.clone(), Box::new(out), Box::new(io::sink()));
        for fault in session.run_source("fuzz", text).err().into_iter().flatten() {
            assert!(render(&fault, session.sources(), false).contains(&fault.message), "{fault:?}");
        }
        drop(session);
        drop(done);
        let _ = watch.join();
        (String::from_utf8_lossy(&text_out.take()).into_owned(), !interrupt.load(Ordering::Relaxed))
    })
}

/// Tells nobody how far a computation is.
struct Quiet;

impl Observer for Quiet {}

/// Keeps what is printed, and stops a program that prints too much.
struct Printed {
    bytes: Rc<RefCell<Vec<u8>>>,
    interrupt: Arc<AtomicBool>,
}

impl Write for Printed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut kept = self.bytes.borrow_mut();
        if kept.len() + bytes.len() > MOST_OUTPUT {
            self.interrupt.store(true, Ordering::Relaxed);
        } else {
            kept.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
