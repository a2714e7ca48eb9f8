//! The house itself: imports point only down, tables are documented, files stay small.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, top floor first. A room may import from rooms below it.
const FLOORS: &[&str] = &[
    "main", "cli", "repl", "session", "eval", "force", "explain", "compile", "engine", "builtin", "opt", "plan",
    "value", "ir", "kernel", "store", "syntax", "array", "diag",
];

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("an entry of src").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn room_of(file: &Path) -> String {
    let below = file.strip_prefix("src").expect("a file of src");
    let first = below.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The rooms a file names in `crate::room` paths, outside comments.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let code: String = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            // `use crate::{a::b, c}`: the first segment of every member.
            let mut depth = 0;
            let mut word = String::new();
            let mut fresh = true;
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => fresh = true,
                    c if depth == 0 && fresh && (c.is_alphanumeric() || c == '_') => word.push(c),
                    _ if !word.is_empty() => {
                        found.push(std::mem::take(&mut word));
                        fresh = false;
                    }
                    _ => {}
                }
            }
            if !word.is_empty() {
                found.push(word);
            }
        } else {
            found.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found
}

#[test]
fn imports_point_down() {
    let floor = |room: &str| FLOORS.iter().position(|f| *f == room);
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files {
        let room = room_of(&file);
        if room == "lib" {
            continue;
        }
        let here = floor(&room).unwrap_or_else(|| panic!("{} stands in no room of the house", file.display()));
        for import in imports(&fs::read_to_string(&file).expect("a source file")) {
            if floor(&import).is_some_and(|there| there < here) {
                wrong.entry(file.display().to_string()).or_default().push(import);
            }
        }
    }
    assert!(wrong.is_empty(), "these files import from a higher floor: {wrong:#?}");
}

#[test]
fn builtins_are_documented_and_unique() {
    let mut seen = BTreeMap::new();
    for (family, table) in arr::builtin::FAMILIES {
        for builtin in *table {
            assert!(builtin.doc.len() > 20, "{} has no help", builtin.name);
            assert!(builtin.doc.contains(builtin.name), "the help of {} does not show how it is called", builtin.name);
            if let Some(other) = seen.insert(builtin.name, family) {
                panic!("{} stands in {other} and in {family}", builtin.name);
            }
        }
    }
}

#[test]
fn passes_are_documented() {
    for pass in arr::opt::PASSES {
        assert!(pass.doc.len() > 20, "{} does not say what it does", pass.name);
    }
}
