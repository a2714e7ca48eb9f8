//! Functions and scripts in files: `NAME.arr` and `NAME.m` beside the script, each read once.

use super::call::Callee;
use super::code::Siblings;
use super::interp::Interp;
use super::resolve;
use crate::diag::{Diagnostic, Fault, Result, Span};
use crate::fault;
use crate::syntax::ast::{Program, StmtKind};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A file of statements.
pub struct ScriptFile {
    pub path: PathBuf,
    pub program: Program,
    /// Why it cannot be run.
    pub errors: Vec<Fault>,
}

/// Where functions are looked for, and what was found.
#[derive(Default)]
pub struct Files {
    directories: Vec<PathBuf>,
    /// By name; `None` for names without a file.
    known: FxHashMap<String, Option<Callee>>,
}

impl Files {
    /// Names that had no file may have one in the new directory.
    pub fn add_directory(&mut self, directory: PathBuf) {
        if !self.directories.contains(&directory) {
            self.directories.push(directory);
            self.known.retain(|_, found| found.is_some());
        }
    }

    /// Says that a name has no file: the script that runs is not its own function.
    pub fn exclude(&mut self, name: &str) {
        self.known.insert(name.to_owned(), None);
    }

    /// Whether a name has a file, known or not.
    pub fn has(&self, name: &str) -> bool {
        match self.known.get(name) {
            Some(found) => found.is_some(),
            None => is_name(name) && self.find(name).is_some(),
        }
    }

    fn find(&self, name: &str) -> Option<PathBuf> {
        let candidates =
            self.directories.iter().flat_map(|dir| ["arr", "m"].map(|ext| dir.join(name).with_extension(ext)));
        candidates.into_iter().find(|path| path.is_file())
    }
}

fn is_name(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

impl Interp {
    /// The function or script of this name in a file.
    pub(super) fn function_file(&mut self, name: &str) -> Option<Callee> {
        if let Some(known) = self.files.known.get(name) {
            return known.clone();
        }
        let path = if is_name(name) { self.files.find(name) } else { None };
        let found = path.map(|path| self.read_file(&path));
        self.files.known.insert(name.to_owned(), found.clone());
        found
    }

    /// A file that cannot be read or parsed becomes a script that fails so.
    fn read_file(&mut self, path: &Path) -> Callee {
        let shown = path.display().to_string();
        let text = match std::fs::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                let errors = vec![fault!("cannot read {shown}: {error}")];
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
