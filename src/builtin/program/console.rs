//! What scripts say to the window they run in: `clc`, `more`, `close`, `pkg`. Most scripts begin with some of these.

use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, text, usage};
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
        "page_screen_output",
        (0, 2),
        1,
        unpaged,
        "`OLD = page_screen_output (NEW)`\n\nTakes the words that switch a pager on and off; there is none: it is always false.\n\n    page_screen_output (false);\n",
    ),
    Builtin::new(
        "page_output_immediately",
        (0, 2),
        1,
        at_once,
        "`OLD = page_output_immediately (NEW)`\n\nTakes the words that make a pager show output as it comes; it always does: this is true.\n\n    page_output_immediately (true);\n",
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

/// The answer of a switch that stands where it stands; as a statement that sets it, none.
fn switch(who: &str, stands: bool, args: &[Value], call: Call) -> Result<Values> {
    if args.first().is_some_and(|new| !new.is_scalar() || new.to_f64().is_none()) {
        return Err(fault!("{who}: argument must be a logical value"));
    }
    if args.is_empty() || call.nargout > 0 { one(stands) } else { Ok(Values::new()) }
}

fn unpaged(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    switch("page_screen_output", false, args, call)
}

fn at_once(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    switch("page_output_immediately", true, args, call)
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
