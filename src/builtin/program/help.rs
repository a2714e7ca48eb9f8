//! What the language knows of itself: `help`, `lookfor`, `which`, `version`.

use crate::builtin::FAMILIES;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, text};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;
use std::fmt::Write as _;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "help",
        (0, 1),
        1,
        help,
        "help NAME\nhelp\n\nTells about a function: of one of the program, the comment it begins with. Alone, lists all functions by family.\n\n    help sin\n",
    ),
    Builtin::new("doc", (0, 1), 1, help, "doc NAME\n\nTells about a function, as help does.\n\n    doc sin\n"),
    Builtin::new(
        "lookfor",
        (1, 1),
        0,
        lookfor,
        "lookfor TEXT\n\nLists the functions whose help speaks of something.\n\n    lookfor transpose\n",
    ),
    Builtin::new(
        "which",
        (1, usize::MAX),
        0,
        which,
        "which NAME ...\n\nTells what a name stands for.\n\n    which sin\n    % 'sin' is a built-in function\n",
    ),
    Builtin::new(
        "version",
        (0, 0),
        1,
        version,
        "version ()\n\nThe version of this program.\n\n    ischar (version ())\n    % ans = 1\n",
    ),
    Builtin::new(
        "OCTAVE_VERSION",
        (0, 0),
        1,
        octave_version,
        "OCTAVE_VERSION ()\n\nThe version of GNU Octave whose behaviour this program follows.\n\n    ischar (OCTAVE_VERSION ())\n    % ans = 1\n",
    ),
];

/// Columns of the list of all functions.
const WIDTH: usize = 78;

fn find(name: &str) -> Option<&'static Builtin> {
    FAMILIES.iter().flat_map(|(_, table)| table.iter()).find(|b| b.name == name)
}

/// The functions whose names are nearest to a misspelt one.
fn nearest(name: &str) -> Vec<&'static str> {
    let lower = name.to_lowercase();
    let mut out: Vec<&str> = FAMILIES
        .iter()
        .flat_map(|(_, table)| table.iter().map(|b| b.name))
        .filter(|n| n.to_lowercase() == lower || (name.len() > 2 && n.contains(name)))
        .collect();
    out.truncate(5);
    out
}

fn help(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let out = match args.first() {
        Some(name) => {
            let name = text("help", "NAME", name)?;
            match find(&name) {
                Some(builtin) => format!("{}\n", builtin.doc.trim_end()),
                None if host.function_kind(&name).is_some() => of_program(host, &name)?,
                None => {
                    let near = nearest(&name);
                    let fault = fault!("help: '{name}' not found").id("Octave:undefined-function");
                    return Err(if near.is_empty() {
                        fault.hint("lookfor TEXT searches the help of all functions")
                    } else {
                        fault.hint(format!("did you mean {}?", near.join(", ")))
                    });
                }
            }
        }
        None => {
            let mut out = String::new();
            for (family, table) in FAMILIES {
                let _ = writeln!(out, "{family}:");
                let mut line = String::from(" ");
                for builtin in *table {
                    if line.len() + builtin.name.len() + 1 > WIDTH {
                        let _ = writeln!(out, "{line}");
                        line = String::from(" ");
                    }
                    line.push(' ');
                    line.push_str(builtin.name);
                }
                let _ = writeln!(out, "{line}\n");
            }
            out
        }
    };
    if call.nargout > 0 {
        return one(out);
    }
    host.out().write_all(out.as_bytes()).map_err(|e| fault!("help: {e}"))?;
    Ok(Values::new())
}

/// The comment that a function of the program or in a file stands under, or begins with.
fn of_program(host: &mut dyn Host, name: &str) -> Result<String> {
    let sources = host.sources();
    let texts = (0..).map_while(|id| sources.get(id)).collect::<Vec<_>>();
    for source in texts.into_iter().rev() {
        let lines: Vec<&str> = source.text.lines().collect();
        let Some(at) = lines.iter().position(|line| defines(line, name)) else { continue };
        let comment = |line: &&&str| line.trim_start().starts_with(['%', '#']);
        let mut block: Vec<&str> = lines[at + 1..].iter().take_while(comment).copied().collect();
        if block.is_empty() {
            block = lines[..at].iter().rev().take_while(comment).copied().collect();
            block.reverse();
        }
        if block.is_empty() {
            break;
        }
        let text: Vec<&str> = block.iter().map(|line| line.trim_start().trim_start_matches(['%', '#'])).collect();
        return Ok(format!("'{name}' is a function from the file {}\n\n{}\n", source.name, text.join("\n")));
    }
    Err(fault!("help: '{name}' is not documented").hint("help shows the comment that follows the line `function ...`"))
}

/// Whether a line begins the definition of a function.
fn defines(line: &str, name: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix("function") else { return false };
    if !rest.starts_with([' ', '\t']) {
        return false;
    }
    let head = rest.split(['(', '%', '#']).next().unwrap_or(rest);
    // Results in brackets end before the sign; a parameter may have a default behind it.
    head.rsplit('=').next().is_some_and(|own| own.trim().trim_end_matches(';') == name)
}

fn lookfor(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let wanted = text("lookfor", "TEXT", &args[0])?.to_lowercase();
    let mut out = String::new();
    for builtin in FAMILIES.iter().flat_map(|(_, table)| table.iter()) {
        if builtin.name.to_lowercase().contains(&wanted) || builtin.doc.to_lowercase().contains(&wanted) {
            // The first sentence after the call forms.
            let about = builtin.doc.split("\n\n").nth(1).unwrap_or(builtin.doc);
            let about = about.split(". ").next().unwrap_or(about).replace('\n', " ");
            let _ = writeln!(out, "{:<20} {}", builtin.name, about.trim_end_matches('.'));
        }
    }
    host.out().write_all(out.as_bytes()).map_err(|e| fault!("lookfor: {e}"))?;
    Ok(Values::new())
}

fn which(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    for arg in args {
        let name = text("which", "NAME", arg)?;
        let line = if let Some(value) = host.variable(&name) {
            format!("'{name}' is a variable of class {}\n", value.class())
        } else if find(&name).is_some() {
            format!("'{name}' is a built-in function\n")
        } else if host.is_function(&name) {
            format!("'{name}' is a function of the program\n")
        } else {
            String::new()
        };
        host.out().write_all(line.as_bytes()).map_err(|e| fault!("which: {e}"))?;
    }
    Ok(Values::new())
}

fn version(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    one(env!("CARGO_PKG_VERSION"))
}

fn octave_version(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    one("7.3.0")
}
