//! Arguments in, exit code out: 0 done, 1 the script failed, 2 the command line was wrong, 130 interrupted.

mod args;
mod check;
mod convert;
mod info;
mod progress;
mod run;

use crate::diag::say;
use args::{Cli, Command, Options, When};
use clap::Parser;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Runs the command line of this process.
pub fn main() -> i32 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // --help and --version are no mistakes.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return code;
        }
    };
    let options = cli.options;
    match (cli.code, cli.command) {
        (Some(code), None) => run::code(&options, &code),
        (Some(_), Some(_)) => usage("-e CODE stands alone: it takes no command or file"),
        (None, None) if !std::io::stdin().is_terminal() => run::file(&options, Path::new(run::STDIN), Vec::new()),
        (None, None | Some(Command::Repl)) => run::interactive(&options),
        (None, Some(Command::Run { file, args })) => run::file(&options, &file, args),
        (None, Some(Command::File(mut words))) => {
            let file = PathBuf::from(words.remove(0));
            if !file.exists() && file.extension().is_none() && file != Path::new(run::STDIN) {
                return usage(&format!(
                    "there is no command and no file '{}'; arr --help lists the commands",
                    file.display()
                ));
            }
            run::file(&options, &file, words)
        }
        (None, Some(Command::Check { files, json })) => check::check(&options, &files, json),
        (None, Some(Command::Explain { file, code, analyze, graph })) => match (file, code) {
            (Some(file), None) => run::explain_file(&options, &file, analyze, graph),
            (None, Some(code)) => run::explain_code(&options, &code, analyze, graph),
            _ => usage("explain takes a FILE or -e CODE"),
        },
        (None, Some(Command::Info { paths })) => info::info(&paths),
        (None, Some(Command::Convert { from, to, chunk, codec })) => {
            convert::convert(&options, &from, &to, chunk.as_deref(), codec)
        }
    }
}

fn usage(message: &str) -> i32 {
    say::err(format_args!("error: {message}\n"));
    2
}

/// Whether messages on standard error may be coloured.
fn color() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Whether a progress line may be drawn.
fn shows_progress(options: &Options) -> bool {
    match options.progress {
        When::Always => true,
        When::Never => false,
        When::Auto => std::io::stderr().is_terminal(),
    }
}
