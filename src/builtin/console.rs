//! What scripts say to the window they run in: `clc`, `more`, `close`, `pkg`. Most scripts begin with some of these.

use super::api::{Builtin, Call, Host, Values};
use super::args::{text, usage};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;
use std::io::IsTerminal;

pub const TABLE: &[Builtin] = &[
    Builtin::new("clc", (0, 0), 0, clc, "`clc`\n\nClears the screen of a terminal.\n\n    clc\n"),
    Builtin::new(
        "more",
        (0, 1),
        0,
        more,
        "`more off`, `more on`\n\nTakes the words that switch a pager on and off; there is none, and output is shown as it comes.\n\n    more off\n",
    ),
    Builtin::new(
        "close",
        (0, 2),
        0,
        close,
        "`close`, `close all`\n\nCloses figures, of which there are none: `imwrite` puts pictures into files.\n\n    close all\n",
    ),
    Builtin::new(
        "pkg",
        (1, usize::MAX),
        0,
        pkg,
        "`pkg load NAME`\n\nTakes the word that loads a package. There are no packages; a function of one is here if `which` knows it.\n\n    pkg load statistics\n",
    ),
];

fn clc(host: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    if std::io::stdout().is_terminal() {
        let cleared = host.out().write_all(b"\x1b[H\x1b[2J");
        cleared.map_err(|error| fault!("cannot write the output: {error}"))?;
    }
    Ok(Values::new())
}

fn more(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    match args.first().map(|word| text("more", "argument", word)).transpose()?.as_deref() {
        None | Some("on" | "off") => Ok(Values::new()),
        Some(_) => Err(fault!("more: argument must be \"on\" or \"off\"")),
    }
}

fn close(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    match args.first() {
        None | Some(Value::Char(..)) => Ok(Values::new()),
        Some(_) => Err(fault!("close: first argument must be \"all\", a figure handle, or a figure name")),
    }
}

fn pkg(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let words = args.iter().map(|word| text("pkg", "argument", word)).collect::<Result<Vec<_>>>()?;
    match words.split_first() {
        Some((action, [])) if action == "list" => Ok(Values::new()),
        Some((action, names)) if action == "load" && !names.is_empty() => {
            let names = names.join(", ");
            host.warn(
                "arr:no-packages",
                &format!("pkg: there are no packages; of {names} only what is built in is here"),
            );
            Ok(Values::new())
        }
        Some((action, _)) if action == "unload" => Ok(Values::new()),
        Some((action, _))
            if matches!(
                action.as_str(),
                "install" | "update" | "uninstall" | "build" | "describe" | "rebuild" | "prefix"
            ) =>
        {
            Err(fault!("pkg: there are no packages to {action}"))
        }
        _ => Err(usage("pkg")),
    }
}
