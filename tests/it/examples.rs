//! The examples through every stage: tokens, tree, the graphs and plans that `explain` shows, and what a run prints.
//! Adding an example is adding a file to `examples/`.

use arr::syntax::dump::{dump, dump_tokens};
use arr::syntax::parse::parse;
use std::path::Path;
use std::process::Command;

/// Needs data too large for a test.
const LARGE: &[&str] = &["main_job"];

fn run(words: &[&str], file: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_arr"))
        .args(["--memory", "256MB", "--threads", "2"])
        .args(words)
        .arg(file)
        .env("NO_COLOR", "1")
        .output()
        .expect("arr runs");
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        text.push_str(&String::from_utf8_lossy(&output.stderr));
    }
    text
}

/// Names of temporary files differ from run to run.
fn steady(text: &str) -> String {
    let folder = std::env::temp_dir().display().to_string();
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(&folder) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = tail.find(|c: char| c.is_whitespace() || c == '"' || c == ',').unwrap_or(tail.len());
        out.push_str("TEMPORARY");
        rest = &tail[end..];
    }
    shortened(&(out + rest))
}

/// Fractions with their last digits left off: those depend on the processor's vector instructions.
fn shortened(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut decimals = None;
    for c in text.chars() {
        decimals = match (c, decimals) {
            ('.', _) => Some(0),
            ('0'..='9', Some(n)) => Some(n + 1),
            _ => None,
        };
        if decimals.is_none_or(|n| n <= 9) {
            out.push(c);
        }
    }
    out
}

#[test]
fn every_stage_of_every_example() {
    insta::glob!("../../examples", "*.arr", |path| {
        let text = std::fs::read_to_string(path).expect("an example");
        let parsed = parse(&text, 0, &|_| false);
        assert!(parsed.errors.is_empty(), "{}: {:?}", path.display(), parsed.errors);
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let mut stages = format!("-- tokens\n{}\n-- tree\n{}", dump_tokens(&text), dump(&parsed.program));
        if !LARGE.contains(&name.as_str()) {
            stages.push_str(&format!("\n-- explain\n{}", steady(&run(&["explain"], path))));
            stages.push_str(&format!("\n-- output\n{}", steady(&run(&["run"], path))));
        }
        insta::assert_snapshot!(stages);
    });
}
