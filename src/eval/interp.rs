//! The interpreter's state, and the running of whole texts.

use super::code::{Block, Function, Names, SlotId, StmtKind};
use super::frame::{Frame, Slot};
use super::{files, resolve};
use crate::array::room;
use crate::builtin::state::State;
use crate::builtin::{Arrays, Builtin, Host, Settings};
use crate::diag::{Fault, Result, SourceId, Sources};
use crate::syntax::ast::{Name, Program};
use crate::syntax::parse::{Parsed, parse};
use crate::value::Value;
use crate::value::index::Index;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::cell::Cell;
use std::io::Write;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// Arguments of a call, evaluated.
pub type ArgValues = SmallVec<[Value; 4]>;
/// Arguments of an indexing.
pub type Indices = SmallVec<[Index; 2]>;

/// Where printed text goes.
pub type Output = Box<dyn Write>;

/// Calls may nest this deep.
pub const MAX_DEPTH: usize = 256;

/// The system is asked for the memory of the process once in so many turns.
const TURNS: u32 = 1 << 20;

/// Everything a running program can reach.
pub struct Interp {
    /// The variables of the running call, and of those that wait for it (outermost first).
    pub(super) frame: Frame,
    pub(super) callers: Vec<Frame>,
    /// Values of global and persistent variables.
    pub(super) shared: Vec<Value>,
    pub(super) globals: FxHashMap<Name, usize>,
    /// Functions the program or the prompt defined.
    pub(super) functions: FxHashMap<Name, Rc<Function>>,
    pub(super) files: files::Files,
    pub(super) library: super::library::Library,
    /// Changes with the function tables.
    pub(super) tables: u64,
    pub(super) last_frame_version: u64,
    /// Values that an `end` may refer to, innermost last.
    pub(super) ends: Vec<Value>,
    /// Which results of the next call are written to `~`.
    pub(super) ignored: u64,
    /// Slot vectors of finished calls.
    pub(super) spare: Vec<Vec<Slot>>,
    /// Script files that are running inside one another.
    pub(super) script_depth: usize,
    /// Texts that are evaluated inside one another.
    pub(super) eval_depth: usize,
    /// `:` as an argument.
    pub(super) colon: Value,
    pub(super) out: Output,
    pub(super) warnings: Output,
    pub(super) settings: Settings,
    pub(super) state: State,
    pub(super) arrays: Box<dyn Arrays>,
    pub sources: Sources,
    pub(super) interrupt: Arc<AtomicBool>,
    /// Turns of loops and calls, all of them.
    pub(super) turns: Cell<u32>,
    /// What `argv ()` gives.
    pub(super) arguments: Vec<String>,
}

impl Interp {
    /// An interpreter without variables. `interrupt` is set by whoever catches Ctrl-C.
    pub fn new(arrays: Box<dyn Arrays>, out: Output, warnings: Output, interrupt: Arc<AtomicBool>) -> Interp {
        Interp {
            frame: Frame::top(),
            callers: Vec::new(),
            shared: Vec::new(),
            globals: FxHashMap::default(),
            functions: FxHashMap::default(),
            files: files::Files::default(),
            library: super::library::Library::default(),
            tables: 1,
            last_frame_version: 0,
            ends: Vec::new(),
            ignored: 0,
            spare: Vec::new(),
            script_depth: 0,
            eval_depth: 0,
            colon: Value::text(":"),
            out,
            warnings,
            settings: Settings::default(),
            state: State::default(),
            arrays,
            sources: Sources::default(),
            interrupt,
            turns: Cell::new(0),
            arguments: Vec::new(),
        }
    }

    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    pub fn output(&mut self) -> &mut dyn Write {
        &mut *self.out
    }

    /// The code given to `exit`.
    pub fn exit_code(&self) -> Option<i32> {
        self.state.exit
    }

    /// Names of the builtins, of the functions the program defined, and of those in files, sorted.
    pub fn function_names(&self) -> Vec<String> {
        let defined = self.functions.keys().map(|name| name.to_string());
        let mut names: Vec<String> = builtins().keys().map(|name| name.to_string()).chain(defined).collect();
        names.extend(self.files.names());
        names.sort();
        names.dedup();
        names
    }

    /// What the program finds in `argv ()`.
    pub fn set_arguments(&mut self, arguments: Vec<String>) {
        self.arguments = arguments;
    }

    /// Functions in files of this directory can be called; directories added later are searched later.
    pub fn add_directory(&mut self, directory: std::path::PathBuf) {
        self.files.add_directory(directory);
        self.tables += 1;
    }

    /// A script does not find itself as a function.
    pub fn exclude_file(&mut self, name: &str) {
        self.files.exclude(name);
    }

    /// Whether a file beside the script holds a function or script of this name.
    pub(super) fn has_file(&self, name: &str) -> bool {
        self.files.has(name)
    }

    /// Parses a text; names of variables are never commands.
    pub fn parse(&mut self, name: &str, text: &str) -> Parsed {
        let source = self.sources.add(name, text);
        self.parsed(source, text)
    }

    /// As [`Interp::parse`], for a text that the program made.
    pub(super) fn parse_passing(&mut self, name: &str, text: &str) -> Parsed {
        let source = self.sources.add_passing(name, text);
        self.parsed(source, text)
    }

    fn parsed(&self, source: SourceId, text: &str) -> Parsed {
        let frame = &self.frame;
        parse(text, source, &|name| {
            frame.find(name).is_some_and(|slot| !matches!(frame.slots[slot as usize], Slot::Unset))
        })
    }

    /// Parses and runs a text in the current scope. All syntax errors are reported together, before anything runs.
    pub fn run_text(&mut self, name: &str, text: &str) -> Result<(), Vec<Fault>> {
        if self.files.refresh() {
            self.tables += 1;
        }
        let parsed = self.parse(name, text);
        if !parsed.errors.is_empty() {
            return Err(parsed.errors);
        }
        self.run_program(&parsed.program).map_err(|fault| vec![fault])
    }

    /// Runs a program in the current scope. Its functions are defined first, so that they may stand after their use.
    pub fn run_program(&mut self, program: &Program) -> Result<()> {
        let block = self.resolve(program);
        for stmt in &block {
            if let StmtKind::Function(function) = &stmt.kind {
                self.define(function);
            }
        }
        let ends = self.ends.len();
        crate::diag::interrupt::watch(self.interrupt.clone());
        let outcome = self.exec_block(&block);
        // Output that was cut short is a fault of its own.
        let outcome = if outcome.is_err() { self.heed_interrupt().and(outcome) } else { outcome };
        self.ends.truncate(ends);
        self.clean_up();
        outcome.map(|_| ())
    }

    /// Lets go of all variables, and calls what waits for that.
    pub fn finish(&mut self) {
        self.clear_variables(&|_| true);
        self.shared.iter_mut().for_each(|value| *value = Value::Bool(false));
        self.clean_up();
    }

    /// Resolves a program for the current frame, which receives the slots of its new names.
    pub(super) fn resolve(&mut self, program: &Program) -> Block {
        let mut names = Names::default();
        for (name, _) in self.frame.all_names() {
            names.add(name);
        }
        let before = names.len();
        let (block, names) = resolve::program(&program.body, names);
        if names.len() > before {
            let version = self.new_frame_version();
            let later = self.frame.later.get_or_insert_default();
            for name in &names.list()[before..] {
                later.add(name);
            }
            self.frame.slots.resize(names.len(), Slot::Unset);
            self.frame.version = version;
        }
        block
    }

    /// The slot of a name in the current frame, made where it is missing.
    pub(super) fn slot_for(&mut self, name: &Name) -> SlotId {
        if let Some(slot) = self.frame.find(name) {
            return slot;
        }
        self.frame.version = self.new_frame_version();
        self.frame.later.get_or_insert_default().add(name);
        self.frame.slots.push(Slot::Unset);
        (self.frame.slots.len() - 1) as SlotId
    }

    fn new_frame_version(&mut self) -> u64 {
        self.last_frame_version += 1;
        self.last_frame_version
    }

    /// Makes a function callable by its name.
    pub(super) fn define(&mut self, function: &Rc<Function>) {
        let known = self.functions.get(&function.name).is_some_and(|known| Rc::ptr_eq(known, function));
        if !known {
            self.functions.insert(function.name.clone(), function.clone());
            self.tables += 1;
        }
    }

    /// An error when Ctrl-C was pressed; the press is then answered.
    #[inline(always)]
    pub(super) fn heed_interrupt(&self) -> Result<()> {
        if self.interrupt.load(Ordering::Relaxed) { Err(self.interrupted()) } else { Ok(()) }
    }

    /// Asked once a turn of a loop and once a call: an error when Ctrl-C was pressed, or when memory is used up, which
    /// would end the process.
    #[inline(always)]
    pub(super) fn goes_on(&self) -> Result<()> {
        self.heed_interrupt()?;
        let turn = self.turns.get().wrapping_add(1);
        self.turns.set(turn);
        if turn.is_multiple_of(TURNS) { room::left_of_all() } else { room::left() }
    }

    #[cold]
    pub(super) fn interrupted(&self) -> Fault {
        self.interrupt.store(false, Ordering::Relaxed);
        crate::diag::Diagnostic::interrupted()
    }

    // ---- variables ----

    /// The value of a slot, through a global or persistent one where it is such.
    #[inline(always)]
    pub(super) fn variable(&self, slot: SlotId) -> Option<&Value> {
        match &self.frame.slots[slot as usize] {
            Slot::Set(value) => Some(value),
            Slot::Unset => None,
            Slot::Shared(at) => self.shared.get(*at),
        }
    }

    #[inline(always)]
    pub(super) fn set(&mut self, slot: SlotId, value: Value) {
        match &mut self.frame.slots[slot as usize] {
            Slot::Shared(at) => self.shared[*at] = value,
            other => *other = Slot::Set(value),
        }
    }

    /// The value of a slot, to be changed in place; an unset one becomes `[](0x0)`.
    pub(super) fn variable_mut(&mut self, slot: SlotId) -> &mut Value {
        let slot = &mut self.frame.slots[slot as usize];
        if let Slot::Unset = slot {
            *slot = Slot::Set(Value::empty());
        }
        match slot {
            Slot::Set(value) => value,
            Slot::Shared(at) => &mut self.shared[*at],
            Slot::Unset => unreachable!("set just above"),
        }
    }
}

/// All builtins by name.
pub fn builtins() -> &'static FxHashMap<&'static str, &'static Builtin> {
    static TABLE: OnceLock<FxHashMap<&'static str, &'static Builtin>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = crate::builtin::FAMILIES.iter().flat_map(|(_, rows)| rows.iter());
        rows.map(|row| (row.name, row)).collect()
    })
}
