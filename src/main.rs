//! The program.

use arr::array::Block;
use arr::builtin::{Arrays, Settings};
use arr::diag::render::render;
use arr::diag::{Diagnostic, Result};
use arr::ir::Node;
use arr::session::Session;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Stands where the engine for large arrays will be.
struct NoArrays;

fn refuse<T>() -> Result<T> {
    Err(Diagnostic::new("large arrays are not supported by this program"))
}

impl Arrays for NoArrays {
    fn force(&mut self, _: &[Arc<Node>]) -> Result<Vec<Arc<Block>>> {
        refuse()
    }
    fn save(&mut self, _: &[(String, Arc<Node>)]) -> Result<()> {
        refuse()
    }
    fn open(&mut self, _: &str) -> Result<Arc<Node>> {
        refuse()
    }
    fn explain(&mut self, _: &[Arc<Node>], _: bool) -> Result<String> {
        refuse()
    }
    fn budget(&self) -> u64 {
        0
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    std::process::exit(arr::eval::with_deep_stack(move || run(&arguments)));
}

fn run(arguments: &[String]) -> i32 {
    let mut session = Session::new(Settings::default(), Box::new(NoArrays), Arc::new(AtomicBool::new(false)));
    let outcome = match arguments {
        [option, code] if option == "-e" => session.run_source("<command line>", code),
        [word, file, rest @ ..] if word == "run" => run_file(&mut session, file, rest),
        [file, rest @ ..] => run_file(&mut session, file, rest),
        [] => {
            eprintln!("usage: arr run FILE [ARGS], arr FILE [ARGS], arr -e CODE");
            return 2;
        }
    };
    match outcome {
        Ok(()) => session.exit_code().unwrap_or(0),
        Err(faults) => {
            for fault in faults {
                eprint!("{}", render(&fault, session.sources(), false));
            }
            1
        }
    }
}

fn run_file(session: &mut Session, file: &str, rest: &[String]) -> Result<(), Vec<arr::diag::Fault>> {
    let text = std::fs::read(file).map_err(|error| vec![Diagnostic::new(format!("cannot read {file}: {error}"))])?;
    session.set_script(Path::new(file), rest.to_vec());
    session.run_source(file, &String::from_utf8_lossy(&text))
}
