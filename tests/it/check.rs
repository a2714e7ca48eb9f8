//! `arr check` as a user types it: what it finds in the files of `tests/cases/check`, and that it finds nothing in
//! programs that run.

use assert_cmd::Command;
use std::path::{Path, PathBuf};

/// Exit code and messages of checking a file from its own directory.
fn checked(path: &Path) -> (Option<i32>, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("arr"))
        .env("NO_COLOR", "1")
        .current_dir(path.parent().expect("a directory"))
        .arg("check")
        .arg(path.file_name().expect("a name"))
        .output()
        .expect("the binary runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn what_is_found() {
    insta::with_settings!({ snapshot_path => "../cases/check/snapshots", prepend_module_to_snapshot => false }, {
        insta::glob!("../cases/check", "*.arr", |path| {
            let (code, text) = checked(path);
            insta::assert_snapshot!("out", format!("exit code {}\n{text}", code.unwrap_or(-1)));
        });
    });
}

#[test]
fn programs_that_run_are_not_blamed() {
    let mut files: Vec<PathBuf> = Vec::new();
    for directory in ["tests/cases/run", "examples", "benches/language"] {
        for entry in std::fs::read_dir(directory).expect("a directory of programs") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|e| e == "arr") {
                files.push(path);
            }
        }
    }
    let blamed: Vec<String> =
        files.iter().map(|path| checked(path)).filter(|(code, _)| *code != Some(0)).map(|(_, text)| text).collect();
    assert!(blamed.is_empty(), "{}", blamed.concat());
}
