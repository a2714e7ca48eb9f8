//! The contract of a builtin: what it is given, what it gives back, and what it may ask of the session.

use crate::array::DType;
use crate::diag::{Result, Sources, Span};
pub use crate::value::settings::{NumberFormat, Settings};
use crate::value::{Func, Value};
use smallvec::SmallVec;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Results of a call, in order; a function may give fewer than were asked for; those beyond
/// `max(nargout, 1)` are dropped by the caller.
pub type Values = SmallVec<[Value; 1]>;

/// The body of a builtin.
pub type Body = fn(&mut dyn Host, &[Value], Call) -> Result<Values>;

/// What a builtin knows of the call it serves.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// How many results the caller uses; 0 as a statement.
    pub nargout: usize,
    /// The call in the source.
    pub span: Span,
}

/// One function of the language: a row in the table of its family.
pub struct Builtin {
    pub name: &'static str,
    /// Fewest and most arguments (`usize::MAX` for any number); checked before the body runs:
    /// `Invalid call to NAME`.
    pub args: (usize, usize),
    /// Most results.
    pub outs: usize,
    pub body: Body,
    /// The file of the language that defines the function, for those written in it; [`Builtin::body`] is not asked then.
    pub source: Option<&'static str>,
    /// The help text (markdown): first line the call forms, then a sentence of what it does, then a runnable
    /// example in an indented block with its output in comments.
    pub doc: &'static str,
    /// For functions of one real double: the answer without any boxing, or `None` where the general body must
    /// decide (`sqrt (-1)`).
    pub scalar: Option<fn(f64) -> Option<f64>>,
    /// The same for functions of two real doubles (`mod`, `atan2`, `max`).
    pub scalar2: Option<fn(f64, f64) -> Option<f64>>,
    /// For functions that know only arrays in memory: the argument from which on arrays of one shape go in element by
    /// element and come out so, each alone. Of larger arrays they are given pieces.
    pub elements: Option<usize>,
    /// The file of the language that says what a function of arrays in memory does with those that memory does not hold.
    pub large: Option<&'static str>,
    /// Whether the result differs between real numbers and the same numbers taken for complex ones: in their order, class
    /// or text. All others either do not differ, or refuse complex numbers. An array that waits is first looked through.
    pub minds_complex: bool,
}

impl Builtin {
    /// A row without scalar shortcuts.
    pub const fn new(name: &'static str, args: (usize, usize), outs: usize, body: Body, doc: &'static str) -> Builtin {
        Builtin {
            name,
            args,
            outs,
            body,
            source: None,
            doc,
            scalar: None,
            scalar2: None,
            elements: None,
            large: None,
            minds_complex: false,
        }
    }

    /// A row whose function stands in a file of the language, which the session reads when it is first called.
    pub const fn in_language(
        name: &'static str,
        args: (usize, usize),
        outs: usize,
        source: &'static str,
        doc: &'static str,
    ) -> Builtin {
        Builtin { source: Some(source), ..Builtin::new(name, args, outs, |_, _, _| Ok(Values::new()), doc) }
    }

    /// With a shortcut for one real double.
    pub const fn with_scalar(mut self, scalar: fn(f64) -> Option<f64>) -> Builtin {
        self.scalar = Some(scalar);
        self
    }

    /// Works element by element on the arguments from this one on.
    pub const fn by_elements(mut self, from: usize) -> Builtin {
        self.elements = Some(from);
        self
    }

    /// Has a definition in this file of the language for arrays that memory does not hold.
    pub const fn out_of_core(mut self, source: &'static str) -> Builtin {
        self.large = Some(source);
        self
    }

    /// Tells real numbers from complex ones without imaginary parts.
    pub const fn minds_complex(mut self) -> Builtin {
        self.minds_complex = true;
        self
    }

    /// With a shortcut for two real doubles.
    pub const fn with_scalar2(mut self, scalar: fn(f64, f64) -> Option<f64>) -> Builtin {
        self.scalar2 = Some(scalar);
        self
    }
}

/// A variable as `who` and `exist` see it.
pub struct Variable {
    pub name: Arc<str>,
    pub value: Value,
    pub global: bool,
}

/// Parameters and results of a function; negative as Octave counts functions that take or give any number:
/// `-(n + 1)` for `n` named ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arity {
    pub inputs: i64,
    pub outputs: i64,
}

/// A scope other than the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// That of the active function's caller.
    Caller,
    /// That of the prompt or the script.
    Base,
}

/// Where a function comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    Builtin,
    /// Defined by the program or at the prompt.
    Defined,
    /// In a file of its own.
    File,
}

/// What the session offers to a running builtin. Implemented above this room.
pub trait Host {
    /// Where printed text goes.
    fn out(&mut self) -> &mut dyn Write;
    fn settings(&self) -> &Settings;
    fn settings_mut(&mut self) -> &mut Settings;
    /// Calls a handle (or a function by name, through [`Func::Named`]) with arguments.
    fn call(&mut self, function: &Func, args: &[Value], nargout: usize) -> Result<Values>;
    /// The same with the results computed into memory, for who needs their elements.
    fn call_in_memory(&mut self, function: &Func, args: &[Value], nargout: usize) -> Result<Values> {
        let mut values = self.call(function, args, nargout)?;
        for value in &mut values {
            *value = self.gather(value)?;
        }
        Ok(values)
    }
    /// Whether this name is a function that could be called now (builtin, script-defined or in a file beside the script).
    fn is_function(&self, name: &str) -> bool;
    /// Computes a lazy array into memory; any other value comes back as it is.
    fn gather(&mut self, value: &Value) -> Result<Value>;
    /// Shows a warning on standard error, unless its identifier is switched off; remembers it for `lastwarn`.
    fn warn(&mut self, id: &str, message: &str);
    /// State of the language that some functions keep between calls (random generator, error and warning state ...).
    fn state(&mut self) -> &mut super::state::State;
    /// Variables of the current scope.
    fn variables(&self) -> Vec<Variable>;
    /// A variable of the current scope.
    fn variable(&self, name: &str) -> Option<Value>;
    /// Sets a variable of the current scope.
    fn set_variable(&mut self, name: &str, value: Value);
    /// Removes variables of the current scope.
    fn clear_variables(&mut self, matches: &dyn Fn(&str) -> bool);
    /// Runs source text in the current scope (`eval`); output goes where printed text goes.
    fn eval_text(&mut self, code: &str, nargout: usize) -> Result<Values>;
    /// Captures printed text while `body` runs (`evalc`).
    fn capture(&mut self, body: &mut dyn FnMut(&mut dyn Host) -> Result<()>) -> Result<Vec<u8>>;
    /// The active function's name, its number of arguments and of results asked for.
    fn frame(&self) -> (Arc<str>, usize, usize);
    /// Whether result `at` (from 0) of the active function is asked for and not thrown away by `~`.
    fn is_wanted(&self, at: usize) -> bool;
    /// How many parameters and results a function of the program has; `None` for builtins and unknown names.
    fn arity(&mut self, function: &Func) -> Option<Arity>;
    /// A function from its text: `@(x) x + 1`, or a name.
    fn parse_function(&mut self, text: &str) -> Result<Func>;
    /// Runs `body` with another scope as the current one (`evalin`).
    fn in_scope(&mut self, scope: Scope, body: &mut dyn FnMut(&mut dyn Host) -> Result<()>) -> Result<()>;
    /// Runs a file in the current scope (`source`).
    fn run_file(&mut self, path: &str, span: Span) -> Result<()>;
    /// What was given on the command line after the script.
    fn arguments(&self) -> &[String];
    /// The active functions, innermost first, each with the place it was called from.
    fn call_stack(&self) -> Vec<(Arc<str>, Span)>;
    /// The texts that spans point into.
    fn sources(&self) -> &Sources;
    /// What kind of function a name is.
    fn function_kind(&mut self, name: &str) -> Option<FunctionKind>;
    /// Functions in files of this directory can be called from now on.
    fn add_directory(&mut self, directory: &Path);
    /// An error when the user pressed Ctrl-C; long loops in builtins ask now and then.
    fn check_interrupt(&self) -> Result<()>;
    /// What the large-array side of the language needs (graph, stores, budget); see `builtin::lazy`.
    fn arrays(&mut self) -> &mut dyn Arrays;
}

/// What the last computation of large arrays did, all its runs together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Run {
    pub tasks: u64,
    pub bytes_read: u64,
    pub bytes_written: u64,
    pub bytes_spilled: u64,
    pub flops: u64,
    /// Most bytes held at once.
    pub peak_bytes: u64,
    pub seconds: f64,
}

/// The large-array side of a session: turning nodes into results.
pub trait Arrays {
    /// Computes nodes together (scans are shared) and gives them as dense column-major blocks.
    fn force(&mut self, nodes: &[Arc<crate::ir::Node>]) -> Result<Vec<Arc<crate::array::Block>>>;
    /// Computes nodes and writes each to a path, format by extension; publishes only when complete.
    fn save(&mut self, targets: &[(String, Arc<crate::ir::Node>, crate::store::WriteOptions)]) -> Result<()>;
    /// Opens an array on disk.
    fn open(&mut self, path: &str) -> Result<Arc<crate::ir::Node>>;
    /// The stages of the way from nodes to tasks as text; with `analyze` they are run and measured.
    fn explain(&mut self, nodes: &[Arc<crate::ir::Node>], analyze: bool) -> Result<String>;
    /// In a session that explains instead of running: shows the stages of a value that would be shown, and says so.
    fn explained(&mut self, _node: &Arc<crate::ir::Node>) -> Result<bool> {
        Ok(false)
    }
    /// The texts of the session, so that what is explained can name lines.
    fn learn(&mut self, _sources: &crate::diag::Sources) {}
    /// What the last computation did; `None` before the first.
    fn last_run(&self) -> Option<Run> {
        None
    }
    /// A new temporary file.
    fn scratch(&mut self) -> Result<Arc<crate::store::Scratch>>;
    /// Bytes the engine may use.
    fn budget(&self) -> u64;
    /// Which rewrites the optimiser may apply.
    fn fp_mode(&mut self) -> &mut crate::opt::FpMode;
}

/// The element type names a class argument may have (`zeros (2, "int8")`).
pub fn class_argument(value: &Value) -> Option<DType> {
    value.to_text().and_then(|name| DType::from_class(&name))
}
