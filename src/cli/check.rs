//! `arr check`: every syntax error of a script, without running it.

use super::color;
use crate::diag::render::render;
use crate::diag::{Fault, Severity, Sources};
use crate::syntax::parse::parse;
use std::path::PathBuf;

/// Checks files; exit code 1 when any has an error.
pub fn check(files: &[PathBuf], json: bool) -> i32 {
    if files.is_empty() {
        return super::usage("check takes the scripts to check");
    }
    let mut failed = false;
    for file in files {
        let text = match std::fs::read(file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                eprintln!("error: cannot read {}: {error}", file.display());
                failed = true;
                continue;
            }
        };
        let mut sources = Sources::default();
        let id = sources.add(file.display().to_string(), text.as_str());
        let parsed = parse(&text, id, &|_| false);
        let mut faults: Vec<Fault> = parsed.errors;
        faults.extend(parsed.warnings);
        for fault in &faults {
            failed |= fault.severity == Severity::Error;
            if json {
                println!("{}", as_json(fault, &sources));
            } else {
                eprint!("{}", render(fault, &sources, color()));
            }
        }
    }
    i32::from(failed)
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
