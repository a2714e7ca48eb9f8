//! The interactive session: reads a statement, hands it to the session, shows what went wrong, and goes on.

mod helper;

use crate::diag::render::render;
use crate::diag::say;
use crate::session::Session;
use helper::SessionHelper;
use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::{CompletionType, Config, Editor};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::Ordering;

const PROMPT: &str = ">> ";

/// Lines of history that are kept.
const HISTORY: usize = 10_000;

/// Runs the prompt until `exit`, `quit` or the end of input. Gives the exit code.
pub fn repl(session: &mut Session) -> i32 {
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let config = Config::builder().completion_type(CompletionType::List).auto_add_history(false);
    let config = match config.max_history_size(HISTORY) {
        Ok(config) => config.build(),
        Err(_) => Config::default(),
    };
    let mut editor: Editor<SessionHelper, DefaultHistory> = match Editor::with_config(config) {
        Ok(editor) => editor,
        Err(error) => {
            say::err(format_args!("error: this terminal cannot be used: {error}\n"));
            return 1;
        }
    };
    editor.set_helper(Some(SessionHelper::new(color)));
    let history = history_file();
    if let Some(file) = &history {
        // A first start has none.
        let _ = editor.load_history(file);
    }
    if std::io::stdin().is_terminal() {
        say::out(concat!(
            "arr ",
            env!("CARGO_PKG_VERSION"),
            ": help NAME tells about a function, Tab completes, Ctrl-C interrupts, Ctrl-D ends\n"
        ));
    }
    let mut number = 0;

    loop {
        if let Some(helper) = editor.helper_mut() {
            helper.learn(session);
        }
        match editor.readline(PROMPT) {
            Ok(text) => {
                if text.trim().is_empty() {
                    continue;
                }
                let _ = editor.add_history_entry(text.as_str());
                // Written line by line, so that a killed session loses nothing.
                if let Some(file) = &history {
                    let _ = editor.append_history(file);
                }
                number += 1;
                session.interrupt.store(false, Ordering::Relaxed);
                let outcome = session.run_source(&format!("<prompt {number}>"), &text);
                if !session.is_at_line_start() {
                    // The editor draws its line from the first column.
                    say::out("\n");
                }
                if let Err(faults) = outcome {
                    for fault in faults {
                        say::err(render(&fault, session.sources(), color));
                    }
                }
                let _ = std::io::stdout().flush();
                if let Some(code) = session.exit_code() {
                    break code;
                }
            }
            // Ctrl-C at the prompt drops the line, as in a shell.
            Err(ReadlineError::Interrupted) => continue,
            Err(ReadlineError::Eof) => break 0,
            Err(error) => {
                say::err(format_args!("error: {error}\n"));
                break 1;
            }
        }
    }
}

/// Where lines are kept between sessions: `$ARR_HISTORY`, or the user's state directory.
fn history_file() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("ARR_HISTORY") {
        return Some(PathBuf::from(path));
    }
    let state = std::env::var_os("XDG_STATE_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/state")))?;
    let folder = state.join("arr");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}
