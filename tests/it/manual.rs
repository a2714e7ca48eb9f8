//! The language reference, `docs/reference/`: one page a family, made from the help texts of the functions and from
//! what their examples print. `ARR_BLESS=1 cargo test --test it manual` writes it anew; without that the pages must be
//! as they would be written, so a function that changes what its example prints is found here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Functions whose examples print something else each time, or nothing that a page could show.
const UNSTEADY: &[&str] = &[
    "argv",
    "asctime",
    "builtin",
    "clock",
    "cputime",
    "ctime",
    "date",
    "datestr",
    "dbstack",
    "doc",
    "etime",
    "explain",
    "getenv",
    "getpid",
    "gmtime",
    "help",
    "lastrun",
    "localtime",
    "lookfor",
    "mfilename",
    "mktime",
    "now",
    "nproc",
    "OCTAVE_VERSION",
    "pause",
    "pwd",
    "rand",
    "rande",
    "randg",
    "randi",
    "randn",
    "randp",
    "randperm",
    "rng",
    "strftime",
    "tempdir",
    "run",
    "source",
    "tempname",
    "tic",
    "time",
    "toc",
    "version",
    "who",
    "whos",
    "addpath",
    "calendar",
    "weekday",
];

/// Functions whose examples read a file that is not there.
const NEEDS_A_FILE: &[&str] = &["run", "source"];

/// Lines of output a page shows.
const LINES: usize = 14;

/// A help text taken apart.
struct Help {
    name: &'static str,
    /// How it is called.
    forms: Vec<&'static str>,
    /// Paragraphs and examples, in order.
    parts: Vec<Part>,
}

enum Part {
    Text(&'static str),
    Example(String),
}

fn help(name: &'static str, doc: &'static str) -> Help {
    let mut paragraphs = doc.trim_end().split("\n\n");
    let forms = paragraphs.next().unwrap_or("").lines().collect();
    let parts = paragraphs.map(|paragraph| {
        if paragraph.starts_with("    ") {
            let lines: Vec<&str> = paragraph.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
            Part::Example(lines.join("\n"))
        } else {
            Part::Text(paragraph)
        }
    });
    Help { name, forms, parts: parts.collect() }
}

impl Help {
    fn code(&self) -> String {
        let examples = self.parts.iter().filter_map(|part| match part {
            Part::Example(code) => Some(code.as_str()),
            Part::Text(_) => None,
        });
        examples.collect::<Vec<_>>().join("\n")
    }
}

/// What an example says it prints, if it says so: its comments.
fn promised(code: &str) -> Option<String> {
    let comments: Vec<&str> = code
        .lines()
        .filter_map(|line| {
            let line = line.trim();
            line.strip_prefix('%').or_else(|| line.find("  % ").map(|at| &line[at + 3..]))
        })
        .collect();
    if comments.is_empty() { None } else { Some(comments.join("\n")) }
}

/// Text without differences of blanks and without the names of what is shown, which an example may leave out.
fn pressed(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = |at: usize| words[at] == "=" || words.get(at + 1) == Some(&"=");
    (0..words.len()).filter(|&at| !named(at)).map(|at| words[at]).collect::<Vec<_>>().join(" ")
}

/// What the examples of a family print, by function.
fn outputs(helps: &[Help]) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a folder for the examples");
    let mut script = String::from("1;\n");
    for help in helps {
        let _ = writeln!(script, "clear; format; printf (\"\\001{}\\n\");", help.name);
        let _ = writeln!(script, "try\n{}\ncatch problem_\n disp ([\"\\002\" problem_.message]);\nend", help.code());
    }
    let file = folder.path().join("examples.arr");
    std::fs::write(&file, &script).expect("the examples are written");
    let run = Command::new(env!("CARGO_BIN_EXE_arr")).args(["run"]).arg(&file).current_dir(folder.path()).output();
    let run = run.expect("arr runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    let pieces = text.split('\u{1}').skip(1).filter_map(|piece| piece.split_once('\n'));
    pieces.map(|(name, printed)| (name.to_owned(), printed.to_owned())).collect()
}

fn page(family: &str, helps: &[Help], printed: &BTreeMap<String, String>, wrong: &mut Vec<String>) -> String {
    let mut out = format!("# {family}\n\n");
    let names: Vec<String> =
        helps.iter().map(|help| format!("[{0}](#{1})", help.name, help.name.to_lowercase())).collect();
    let _ = writeln!(out, "{}", names.join(", "));
    for help in helps {
        let output = printed.get(help.name).map_or("", String::as_str);
        let _ = write!(out, "\n## {}\n\n", help.name);
        let quoted =
            |form: &&str| if form.contains('`') { form.trim().to_owned() } else { format!("`{}`", form.trim()) };
        let forms: Vec<String> = help.forms.iter().map(quoted).collect();
        let _ = writeln!(out, "{}", forms.join("  \n"));
        if output.contains('\u{2}') && !NEEDS_A_FILE.contains(&help.name) {
            wrong.push(format!("{}: its example fails: {}", help.name, output.trim()));
        }
        let promise = promised(&help.code());
        if let Some(promise) = &promise
            && !UNSTEADY.contains(&help.name)
            && pressed(promise) != pressed(output)
        {
            wrong.push(format!("{}: its example says\n{promise}\nand prints\n{output}", help.name));
        }
        let last = help.parts.iter().rposition(|part| matches!(part, Part::Example(_)));
        for (at, part) in help.parts.iter().enumerate() {
            match part {
                Part::Text(text) => {
                    let _ = write!(out, "\n{text}\n");
                }
                Part::Example(code) => {
                    let _ = write!(out, "\n```matlab\n{code}\n");
                    if Some(at) == last && promise.is_none() && !UNSTEADY.contains(&help.name) {
                        out.push_str(&commented(output));
                    }
                    out.push_str("```\n");
                }
            }
        }
    }
    out
}

/// Output as comments; of long output the beginning.
fn commented(output: &str) -> String {
    let lines: Vec<&str> = output.trim_end().lines().map(str::trim_end).collect();
    let mut lines: Vec<&str> = lines.into_iter().skip_while(|line| line.is_empty()).collect();
    if lines.len() > LINES {
        lines.truncate(LINES - 1);
        lines.push("...");
    }
    lines.iter().map(|line| format!("{}\n", format!("% {line}").trim_end())).collect()
}

fn file_name(family: &str) -> String {
    let words = family.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase() + ".md"
}

#[test]
fn pages_are_current() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference");
    let mut wrong = Vec::new();
    let mut pages: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut index = String::from(
        "# Language reference\n\nThe functions by family. At the prompt `help NAME` shows the same. Made from the help texts of the\nfunctions by `ARR_BLESS=1 cargo test --test it manual`; what the examples print is what they print.\n\n",
    );
    for (family, table) in arr::builtin::FAMILIES {
        let helps: Vec<Help> = table.iter().map(|builtin| help(builtin.name, builtin.doc)).collect();
        if helps.is_empty() {
            continue;
        }
        let text = page(family, &helps, &outputs(&helps), &mut wrong);
        let names: Vec<&str> = helps.iter().map(|help| help.name).collect();
        let _ = writeln!(index, "- [{family}]({}): {}", file_name(family), names.join(", "));
        pages.insert(home.join(file_name(family)), text);
    }
    pages.insert(home.join("README.md"), index);
    if std::env::var_os("ARR_BLESS").is_some() {
        let _ = std::fs::remove_dir_all(&home);
        std::fs::create_dir_all(&home).expect("docs/reference");
        for (file, text) in &pages {
            std::fs::write(file, text).expect("a page is written");
        }
    }
    for (file, text) in &pages {
        if std::fs::read_to_string(file).ok().as_deref() != Some(text) {
            wrong.push(format!("{} is not what the help texts say; ARR_BLESS=1 makes it anew", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{} things are wrong\n{}", wrong.len(), wrong.join("\n"));
}
