//! A session: everything that lives between statements, and the doors for whoever runs programs (the command line,
//! the prompt, tests, other Rust programs).

use crate::builtin::{Arrays, Host, Settings, Variable};
use crate::diag::{Fault, Sources};
use crate::eval::{Interp, Output};
use console::Term;
use std::cell::Cell;
use std::io::{self, BufWriter, IsTerminal, LineWriter, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Output that knows whether it stands at the start of a line, and whether its reader has gone away. Long output ends when
/// Ctrl-C is pressed.
struct Lines {
    out: Output,
    interrupt: Arc<AtomicBool>,
    at_start: Rc<Cell<bool>>,
    unread: Rc<Cell<bool>>,
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.noting(|out| out.write(bytes))?;
        if let Some(last) = bytes[..written].last() {
            self.at_start.set(*last == b'\n');
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.noting(|out| out.flush())
    }
}

impl Lines {
    fn noting<T>(&mut self, action: impl FnOnce(&mut Output) -> io::Result<T>) -> io::Result<T> {
        if self.interrupt.load(Ordering::Relaxed) {
            return Err(io::Error::other("interrupted"));
        }
        action(&mut self.out).inspect_err(|error| {
            if error.kind() == io::ErrorKind::BrokenPipe {
                self.unread.set(true);
            }
        })
    }
}

/// Bytes of printed text that wait for a write when output is no terminal.
const BUFFER: usize = 1 << 16;

/// What is computed at once has at most one part in so many of the memory budget.
const DENSE_SHARE: u64 = 4;

/// Variables, functions, settings and output of one running program or prompt.
///
/// Not `Send`: make, use and drop it on one thread, best one from [`crate::eval::with_deep_stack`].
pub struct Session {
    interp: Interp,
    /// What was printed last ended a line.
    line_start: Rc<Cell<bool>>,
    /// Nobody reads the output any more.
    unread: Rc<Cell<bool>>,
    /// The terminal that shows the output, if one does.
    terminal: Option<Term>,
    /// Set it to stop the running program at its next call or turn of a loop.
    pub interrupt: Arc<AtomicBool>,
}

impl Session {
    /// A session that prints to the process's standard output and error.
    pub fn new(settings: Settings, arrays: Box<dyn Arrays>, interrupt: Arc<AtomicBool>) -> Session {
        let stdout = std::io::stdout();
        let terminal = stdout.is_terminal().then(Term::stdout);
        let out: Output = match terminal {
            Some(_) => Box::new(LineWriter::new(stdout)),
            None => Box::new(BufWriter::with_capacity(BUFFER, stdout)),
        };
        Session { terminal, ..Session::with_output(settings, arrays, interrupt, out, Box::new(std::io::stderr())) }
    }

    /// A session that prints to given writers: text, and warnings. Its `dense_limit` is lowered where the budget of
    /// `arrays` is small.
    pub fn with_output(
        settings: Settings,
        arrays: Box<dyn Arrays>,
        interrupt: Arc<AtomicBool>,
        out: Output,
        warnings: Output,
    ) -> Session {
        let dense_limit = settings.dense_limit.min(arrays.budget() / DENSE_SHARE);
        let line_start = Rc::new(Cell::new(true));
        let unread = Rc::<Cell<bool>>::default();
        let out =
            Box::new(Lines { out, interrupt: interrupt.clone(), at_start: line_start.clone(), unread: unread.clone() });
        let mut interp = Interp::new(arrays, out, warnings, interrupt.clone());
        *interp.settings_mut() = Settings { dense_limit, ..settings };
        Session { interp, line_start, unread, terminal: None, interrupt }
    }

    /// Says which file the program is: functions in files beside it can be called, and `argv ()` gives `arguments`.
    pub fn set_script(&mut self, file: &Path, arguments: Vec<String>) {
        let beside = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        self.interp.add_directory(beside.to_owned());
        if let Some(stem) = file.file_stem() {
            self.interp.exclude_file(&stem.to_string_lossy());
        }
        self.interp.set_arguments(arguments);
    }

    /// Runs a text in the session's scope, `name` being what messages call it. Everything printed has been written
    /// when this returns.
    ///
    /// # Errors
    /// All syntax errors, before anything ran; or the one that ended the run. An `exit` is none: see
    /// [`Session::exit_code`].
    pub fn run_source(&mut self, name: &str, text: &str) -> Result<(), Vec<Fault>> {
        if let Some(terminal) = &self.terminal {
            // It may have been resized since the last text.
            self.interp.settings_mut().columns = usize::from(terminal.size().1);
        }
        let outcome = self.interp.run_text(name, text);
        // A reader that went away is no error of the program.
        let _ = self.interp.output().flush();
        if self.exit_code().is_some() { Ok(()) } else { outcome }
    }

    /// Lets go of all variables: what waits for that (`onCleanup`, files with something to write) happens now.
    pub fn finish(&mut self) {
        self.interp.finish();
        let _ = self.interp.output().flush();
    }

    /// Everything wrong with a text that shows without running it, warnings among it. Use a session that has run
    /// nothing and whose engine computes nothing ([`crate::eval::check::NOT_COMPUTED`]).
    pub fn check_source(&mut self, name: &str, text: &str) -> Vec<Fault> {
        self.interp.check_text(name, text)
    }

    /// Functions in files of this directory can be called.
    pub fn add_directory(&mut self, directory: &Path) {
        self.interp.add_directory(directory.to_owned());
    }

    /// Whether whoever read the output went away: then nobody need be told that it could not be written.
    pub fn is_unread(&self) -> bool {
        self.unread.get()
    }

    /// The code given to `exit`, once the program has called it.
    pub fn exit_code(&self) -> Option<i32> {
        self.interp.exit_code()
    }

    /// Whether what was printed so far ends with a whole line.
    pub fn is_at_line_start(&self) -> bool {
        self.line_start.get()
    }

    /// The texts that faults point into.
    pub fn sources(&self) -> &Sources {
        &self.interp.sources
    }

    /// The variables of the prompt, by name.
    pub fn variables(&self) -> Vec<Variable> {
        self.interp.variables()
    }

    /// Names of all functions that can be called, sorted.
    pub fn functions(&self) -> Vec<String> {
        self.interp.function_names()
    }

    pub fn settings_mut(&mut self) -> &mut Settings {
        self.interp.settings_mut()
    }
}
