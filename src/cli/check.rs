//! `arr check`: what is wrong with a script, without running it.

use super::args::Options;
use super::progress::Silent;
use super::{color, run};
use crate::builtin::Settings;
use crate::diag::render::render;
use crate::diag::{Diagnostic, Fault, Result, Severity, Sources, say};
use crate::engine::{Bindings, Config, Engine, Observer, Report};
use crate::eval::check::NOT_COMPUTED;
use crate::eval::with_deep_stack;
use crate::force::LargeArrays;
use crate::plan::Plan;
use crate::session::Session;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Checks files; exit code 1 when any has an error.
pub fn check(options: &Options, files: &[PathBuf], json: bool) -> i32 {
    if files.is_empty() {
        return super::usage("check takes the scripts to check");
    }
    let mut code = 0;
    for file in files {
        let text = match run::read(file) {
            Ok(text) => text,
            Err(_) => {
                code = 1;
                continue;
            }
        };
        code |= with_deep_stack(|| check_text(options, file, &text, json));
    }
    code
}

fn check_text(options: &Options, file: &Path, text: &str, json: bool) -> i32 {
    let arrays = LargeArrays::new(run::config(options), Box::new(NoEngine), Arc::new(Silent), Arc::default());
    let nowhere = || Box::new(std::io::sink());
    let mut session = Session::with_output(Settings::default(), Box::new(arrays), Arc::default(), nowhere(), nowhere());
    session.set_script(file, Vec::new());
    let mut failed = false;
    for fault in session.check_source(&file.display().to_string(), text) {
        failed |= fault.severity == Severity::Error;
        if json {
            say::out(format_args!("{}\n", as_json(&fault, session.sources())));
        } else {
            say::err(render(&fault, session.sources(), color()));
        }
    }
    i32::from(failed)
}

/// Computes nothing.
struct NoEngine;

impl Engine for NoEngine {
    fn name(&self) -> &'static str {
        "none"
    }

    fn execute(&self, _: &Plan, _: &Bindings, _: &Config, _: &dyn Observer, _: &AtomicBool) -> Result<Report> {
        Err(Diagnostic::new("nothing is computed here").id(NOT_COMPUTED))
    }
}

fn as_json(fault: &Fault, sources: &Sources) -> serde_json::Value {
    let label = fault.labels.first();
    let place = label.map(|l| sources.line_col(l.span));
    serde_json::json!({
        "severity": if fault.severity == Severity::Error { "error" } else { "warning" },
        "id": fault.id,
        "message": fault.message,
        "file": label.and_then(|l| sources.get(l.span.source)).map(|s| s.name.to_string()),
        "line": place.map(|p| p.0),
        "column": place.map(|p| p.1),
        "start": label.map(|l| l.span.start),
        "end": label.map(|l| l.span.end),
        "hint": fault.hint,
    })
}
