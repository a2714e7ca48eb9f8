//! Functions and scripts in files: `NAME.arr` and `NAME.m` beside the script. Each is read when it is first called, and
//! once more when it has changed by the time that the prompt runs another line.

use super::call::Callee;
use super::code::Siblings;
use super::interp::Interp;
use super::resolve;
use crate::diag::{Diagnostic, Fault, Result, Span};
use crate::fault;
use crate::store::io_text;
use crate::syntax::ast::{Program, StmtKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::SystemTime;

/// A file of statements.
pub struct ScriptFile {
    pub path: PathBuf,
    pub program: Program,
    /// Why it cannot be run.
    pub errors: Vec<Fault>,
}

/// What a file held when it was read.
struct Found {
    callee: Callee,
    path: PathBuf,
    /// When it was changed last.
    changed: Option<SystemTime>,
}

/// Where functions are looked for, and what was found.
#[derive(Default)]
pub struct Files {
    directories: Vec<PathBuf>,
    /// By name; `None` for names without a file.
    known: FxHashMap<String, Option<Found>>,
    /// Names that are not looked for.
    excluded: FxHashSet<String>,
}

impl Files {
    /// Looks for functions there too. Also to be told of a directory that is known, where its path leads elsewhere now.
    pub fn add_directory(&mut self, directory: PathBuf) {
        if !self.directories.contains(&directory) {
            self.directories.push(directory);
        }
        self.refresh();
    }

    /// Says that a name has no file: the script that runs is not its own function.
    pub fn exclude(&mut self, name: &str) {
        self.excluded.insert(name.to_owned());
    }

    /// Forgets the files that have changed or gone since they were read, and which names have none. Whether there was
    /// anything to forget.
    pub fn refresh(&mut self) -> bool {
        let before = self.known.len();
        self.known.retain(|_, found| found.as_ref().is_some_and(|found| found.changed == changed(&found.path)));
        self.known.len() != before
    }

    /// The names that have a file.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let entries = self.directories.iter().filter_map(|dir| std::fs::read_dir(dir).ok()).flatten().flatten();
        entries.filter_map(|entry| {
            let path = entry.path();
            let name = path.file_stem()?.to_str()?.to_owned();
            let ours = path.extension().is_some_and(|ext| ext == "arr" || ext == "m");
            (ours && is_name(&name) && !self.excluded.contains(&name)).then_some(name)
        })
    }

    /// Whether a name has a file, known or not.
    pub fn has(&self, name: &str) -> bool {
        match self.known.get(name) {
            Some(found) => found.is_some(),
            None => self.find(name).is_some(),
        }
    }

    fn find(&self, name: &str) -> Option<PathBuf> {
        if !is_name(name) || self.excluded.contains(name) {
            return None;
        }
        let candidates =
            self.directories.iter().flat_map(|dir| ["arr", "m"].map(|ext| dir.join(name).with_extension(ext)));
        candidates.into_iter().find(|path| path.is_file())
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}

fn is_name(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

impl Interp {
    /// The function or script of this name in a file.
    pub(super) fn function_file(&mut self, name: &str) -> Option<Callee> {
        if let Some(known) = self.files.known.get(name) {
            return known.as_ref().map(|found| found.callee.clone());
        }
        let path = self.files.find(name);
        let found = path.map(|path| Found { changed: changed(&path), callee: self.read_file(&path), path });
        let callee = found.as_ref().map(|found| found.callee.clone());
        self.files.known.insert(name.to_owned(), found);
        callee
    }

    /// A file that cannot be read or parsed becomes a script that fails so.
    fn read_file(&mut self, path: &Path) -> Callee {
        let shown = path.display().to_string();
        let text = match std::fs::read(path) {
            Ok(bytes) => crate::syntax::decode(bytes).0,
            Err(error) => {
                let errors = vec![fault!("cannot read {shown}: {}", io_text(&error))];
                return Callee::Script(Rc::new(ScriptFile { path: path.into(), program: Program::default(), errors }));
            }
        };
        let source = self.sources.add(shown, text.as_str());
        let parsed = crate::syntax::parse(&text, source, &|_| false);
        if parsed.errors.is_empty()
            && let Some(StmtKind::Function(_)) = parsed.program.body.first().map(|stmt| &stmt.kind)
            && parsed.program.body.iter().all(|stmt| matches!(stmt.kind, StmtKind::Function(_)))
        {
            let siblings = Rc::new(Siblings::default());
            let mut functions = parsed.program.body.iter().filter_map(|stmt| match &stmt.kind {
                StmtKind::Function(source) => Some(resolve::function(source, Some(siblings.clone()))),
                _ => None,
            });
            if let Some(main) = functions.next() {
                let mut table = siblings.functions.borrow_mut();
                table.extend(functions.map(|function| (function.name.clone(), function)));
                return Callee::Function(main);
            }
        }
        Callee::Script(Rc::new(ScriptFile { path: path.into(), program: parsed.program, errors: parsed.errors }))
    }

    /// Runs a file of statements in the current scope.
    pub(super) fn run_script(&mut self, script: &ScriptFile, span: Span) -> Result<()> {
        if let Some(first) = script.errors.first() {
            return Err(first.clone());
        }
        if self.script_depth >= super::interp::MAX_DEPTH {
            return Err(Diagnostic::new("max_recursion_depth exceeded").at(span));
        }
        self.script_depth += 1;
        let outcome = self.run_program(&script.program);
        self.script_depth -= 1;
        outcome
    }

    /// `source (path)`: reads and runs a file in the current scope.
    pub(super) fn run_path(&mut self, path: &str, span: Span) -> Result<()> {
        match self.read_file(Path::new(path)) {
            Callee::Script(script) => self.run_script(&script, span),
            Callee::Function(function) => {
                self.define(&function);
                Ok(())
            }
            Callee::Builtin(_) | Callee::Constant(_) => Ok(()),
        }
    }
}
