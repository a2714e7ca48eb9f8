//! The command line.

use crate::opt::FpMode;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const LONG: &str = "\
arr runs Octave/Matlab scripts whose arrays may be larger than memory.

  arr                        an interactive session
  arr script.arr a b         runs a script; argv () gives {\"a\", \"b\"}
  arr -e 'x = 1 + 1'         runs one line

  A = load (\"A.zarr\");       opens an array on disk; nothing is read yet
  B = A' * A                 one pass over A inside the memory budget
  save (\"B.zarr\", B)         written piece by piece, published when complete
";

/// A compiler and REPL for a Matlab-style array language whose arrays may be larger than memory.
#[derive(Debug, Parser)]
#[command(name = "arr", version, about, long_about = LONG, args_conflicts_with_subcommands = false)]
pub struct Cli {
    #[command(flatten)]
    pub options: Options,

    /// Run this code and exit.
    #[arg(short = 'e', long = "eval", value_name = "CODE")]
    pub code: Option<String>,

    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Memory for arrays: 256MB, 4GB, 1GiB ... [default: half of what this process may use]
    #[arg(long, global = true, value_name = "SIZE", value_parser = parse_size)]
    pub memory: Option<u64>,

    /// Threads that compute [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Where blocks go that do not fit into memory [default: the system's temporary directory]
    #[arg(long, global = true, value_name = "DIR")]
    pub temp_dir: Option<PathBuf>,

    /// Let a save go on where a killed one of the same array stopped, instead of anew
    #[arg(long, global = true)]
    pub resume: bool,

    /// Rewrites the optimiser may apply: strict keeps every bit, default the values up to rounding, fast also takes
    /// numbers to be finite
    #[arg(long, global = true, value_name = "MODE", default_value = "default", value_parser = parse_fp)]
    pub fp: FpMode,

    /// A progress line for work longer than half a second.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub progress: When,
}

/// When to do what only a person at a terminal wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a script.
    Run {
        file: PathBuf,
        /// What argv () gives the script.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Open an interactive session (as arr alone does).
    Repl,
    /// Find what is wrong with a script without running it: syntax, names, arguments, shapes.
    Check {
        files: Vec<PathBuf>,
        /// One JSON object a diagnostic, for editors and other tools.
        #[arg(long)]
        json: bool,
    },
    /// Show how a script's large arrays would be computed: graph, rewrites, plan.
    Explain {
        file: Option<PathBuf>,
        /// Explain this code instead of a file.
        #[arg(short = 'e', long = "eval", value_name = "CODE", conflicts_with = "file")]
        code: Option<String>,
        /// Run the plan as well and print what was measured beside what was planned.
        #[arg(long)]
        analyze: bool,
        /// Write the task graph of the last result for Graphviz.
        #[arg(long, value_name = "FILE")]
        graph: Option<PathBuf>,
    },
    /// Tell what is in an array on disk: shape, type, chunks, codec, bytes.
    Info { paths: Vec<PathBuf> },
    /// Copy an array from one format to another, by extension.
    Convert {
        from: PathBuf,
        to: PathBuf,
        /// Extents of the new chunks: 1000x1000.
        #[arg(long, value_name = "MxN")]
        chunk: Option<String>,
        /// raw, zstd, gzip or blosc, with a level: zstd:3.
        #[arg(long)]
        codec: Option<String>,
    },
    /// arr FILE [ARGS]: run a script.
    #[command(external_subcommand)]
    File(Vec<String>),
}

fn parse_fp(text: &str) -> Result<FpMode, String> {
    FpMode::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = FpMode::ALL.iter().map(|mode| mode.name()).collect();
        format!("the modes are {}", names.join(", "))
    })
}

/// A size in bytes: a number with an optional unit; decimal units (`MB`) count in thousands, binary ones (`MiB`) in 1024.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_')).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let number: f64 =
        number.replace('_', "").parse().map_err(|_| format!("{text:?} is no size; write 256MB, 4GB or 1GiB"))?;
    let factor: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "t" | "tb" => 1_000_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        other => return Err(format!("{other:?} is no unit of memory; use kB, MB, GB, TB or KiB, MiB, GiB, TiB")),
    };
    let bytes = number * factor as f64;
    if bytes < 1.0 || bytes > u64::MAX as f64 / 2.0 {
        return Err(format!("{text:?} is out of range"));
    }
    Ok(bytes as u64)
}

#[cfg(test)]
mod tests {
    use super::parse_size;

    #[test]
    fn sizes() {
        assert_eq!(parse_size("256MB"), Ok(256_000_000));
        assert_eq!(parse_size("1 GiB"), Ok(1 << 30));
        assert_eq!(parse_size("1.5k"), Ok(1500));
        assert_eq!(parse_size("4096"), Ok(4096));
        assert!(parse_size("lots").is_err());
        assert!(parse_size("5 parsecs").is_err());
        assert!(parse_size("-1").is_err());
        assert!(parse_size("0").is_err());
    }
}
