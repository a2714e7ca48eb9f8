//! Running code: a file, a line, a prompt, and explaining instead of running.

use super::args::Options;
use super::progress::{Bar, Silent};
use super::{color, shows_progress};
use crate::array::{allocator, memory};
use crate::builtin::Settings;
use crate::diag::render::render;
use crate::diag::{Fault, say};
use crate::engine::{Config, Observer, Parallel};
use crate::eval::with_deep_stack;
use crate::force::{Explaining, LargeArrays};
use crate::session::Session;
use crate::store::io_text;
use crate::syntax::decode;
use signal_hook::consts::SIGINT;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The file name that stands for standard input.
pub const STDIN: &str = "-";

/// Memory that was freed may wait for its next use: one part in so many of the budget, within these bytes.
const KEPT_SHARE: u64 = 16;
const KEPT: (usize, usize) = (24 << 20, 512 << 20);

/// What the options say about memory, threads and temporary files.
pub fn config(options: &Options) -> Config {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    Config {
        memory: options.memory.unwrap_or_else(default_budget),
        threads: options.threads.map_or(cores, usize::from),
        temp_dir: options.temp_dir.clone().unwrap_or_else(std::env::temp_dir),
    }
}

/// The budget when none is given: half of what the process may use.
fn default_budget() -> u64 {
    (memory::usable() / 2).max(64 << 20)
}

/// What a second Ctrl-C does while the first is not heeded yet.
enum Ending {
    /// It ends the process.
    AtOnce,
    Never,
}

/// Runs `body` with a new session on a thread with a deep stack, and gives its exit code.
fn with_session(
    options: &Options,
    settings: Settings,
    ending: Ending,
    explaining: Option<Explaining>,
    body: impl FnOnce(&mut Session) -> i32 + Send,
) -> i32 {
    let config = config(options);
    allocator::keep(((config.memory / KEPT_SHARE) as usize).clamp(KEPT.0, KEPT.1));
    let (fp, resume) = (options.fp, options.resume);
    let bar: Option<Arc<Bar>> = shows_progress(options).then(Arc::default);
    let interrupt = Arc::new(AtomicBool::new(false));
    let ended = match ending {
        Ending::AtOnce => signal_hook::flag::register_conditional_shutdown(SIGINT, 130, interrupt.clone()).map(drop),
        Ending::Never => Ok(()),
    };
    let signals = ended.and_then(|()| signal_hook::flag::register(SIGINT, interrupt.clone()));
    if let Err(error) = signals {
        say::err(format_args!("warning: Ctrl-C will end the process at once: {error}\n"));
    }
    let observer: Arc<dyn Observer> = match &bar {
        Some(bar) => bar.clone(),
        None => Arc::new(Silent),
    };
    with_deep_stack(move || {
        let mut arrays = LargeArrays::new(config, Box::new(Parallel::default()), observer, interrupt.clone());
        (arrays.fp, arrays.resume) = (fp, resume);
        let mut session = match explaining {
            Some(how) => {
                arrays.explain_instead(how);
                // Only stages are shown, not what the program prints.
                let nowhere = Box::new(std::io::sink());
                Session::with_output(settings, Box::new(arrays), interrupt, nowhere, Box::new(std::io::stderr()))
            }
            None => Session::new(settings, Box::new(arrays), interrupt),
        };
        let code = body(&mut session);
        session.finish();
        code
    })
}

/// Shows faults on standard error and says how the process ends.
fn report(session: &Session, result: Result<(), Vec<Fault>>) -> i32 {
    match result {
        Ok(()) => session.exit_code().unwrap_or(0),
        Err(faults) => {
            for fault in faults.iter().filter(|_| !session.is_unread()) {
                say::err(render(fault, session.sources(), color()));
            }
            if faults.iter().any(|f| f.interrupt) { 130 } else { 1 }
        }
    }
}

/// The text of a script; the exit code where it cannot be read, which has been said.
pub fn read(file: &Path) -> Result<String, i32> {
    let bytes = if file == Path::new(STDIN) {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    match bytes {
        Ok(bytes) => {
            let (text, guessed) = decode(bytes);
            if guessed {
                let name = file.display();
                say::err(format_args!("warning: {name} is not UTF-8; what is not is read as Latin-1\n"));
            }
            Ok(text)
        }
        Err(error) => {
            say::err(format_args!("error: cannot read {}: {}\n", file.display(), io_text(&error)));
            if file.is_dir() && crate::store::open(file).is_ok() {
                say::err(format_args!("  hint: it is an array: arr info {} tells about it\n", file.display()));
            }
            Err(if error.kind() == std::io::ErrorKind::NotFound { 2 } else { 1 })
        }
    }
}

/// `arr run FILE ARGS`.
pub fn file(options: &Options, file: &Path, args: Vec<String>) -> i32 {
    let text = match read(file) {
        Ok(text) => text,
        Err(code) => return code,
    };
    with_session(options, Settings::default(), Ending::AtOnce, None, |session| {
        session.set_script(file, args);
        let result = session.run_source(&file.display().to_string(), &text);
        report(session, result)
    })
}

/// `arr -e CODE`.
pub fn code(options: &Options, code: &str) -> i32 {
    with_session(options, Settings::default(), Ending::AtOnce, None, |session| {
        session.add_directory(Path::new("."));
        let result = session.run_source("<command line>", code);
        report(session, result)
    })
}

/// `arr` alone at a terminal, or `arr repl`. A second Ctrl-C does not end it: that would throw away all variables.
pub fn interactive(options: &Options) -> i32 {
    with_session(options, Settings::default(), Ending::Never, None, |session| {
        session.add_directory(Path::new("."));
        crate::repl::repl(session)
    })
}

/// `arr explain FILE`.
pub fn explain_file(options: &Options, file: &Path, analyze: bool, graph: Option<PathBuf>) -> i32 {
    match read(file) {
        Ok(text) => explain(options, &file.display().to_string(), &text, Some(file), analyze, graph),
        Err(code) => code,
    }
}

/// `arr explain -e CODE`.
pub fn explain_code(options: &Options, code: &str, analyze: bool, graph: Option<PathBuf>) -> i32 {
    explain(options, "<command line>", code, None, analyze, graph)
}

fn explain(
    options: &Options,
    name: &str,
    text: &str,
    file: Option<&Path>,
    analyze: bool,
    graph: Option<PathBuf>,
) -> i32 {
    let settings = Settings { dense_limit: 0, ..Settings::default() };
    with_session(options, settings, Ending::AtOnce, Some(Explaining { analyze, picture: graph }), |session| {
        if let Some(file) = file {
            session.set_script(file, Vec::new());
        }
        let result = session.run_source(name, text);
        report(session, result)
    })
}
