//! Ctrl-C pressed in the middle of a statement: what runs then ends, nothing catches it, and the session goes on.

use arr::builtin::Settings;
use arr::engine::{Config, Observer, Parallel};
use arr::force::LargeArrays;
use arr::session::Session;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

struct Quiet;
impl Observer for Quiet {}

/// Output that presses Ctrl-C as soon as something is printed, so that it comes in the middle of an expression.
struct Pressing(Arc<AtomicBool>);

impl Write for Pressing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.store(true, Ordering::Relaxed);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs a program that prints once, and then one that must still work.
fn interrupted(program: &str) {
    let program = program.to_owned();
    arr::eval::with_deep_stack(move || {
        let interrupt = Arc::new(AtomicBool::new(false));
        let config = Config { memory: 1 << 26, threads: 2, temp_dir: std::env::temp_dir() };
        let engine = Box::new(Parallel::default());
        let arrays = Box::new(LargeArrays::new(config, engine, Arc::new(Quiet), interrupt.clone()));
        let out = Box::new(Pressing(interrupt.clone()));
        let mut session =
            Session::with_output(Settings::default(), arrays, interrupt.clone(), out, Box::new(io::sink()));
        let faults = session.run_source("case", &program).expect_err(&program);
        assert!(faults.iter().any(|fault| fault.interrupt), "{program}: {faults:?}");
        interrupt.store(false, Ordering::Relaxed);
        session.run_source("after", "y = 1 + 1;").expect("the session goes on");
    });
}

#[test]
fn operators_and_functions_end() {
    let long = [
        "magic(9)^2.5",
        "eig(magic(9))",
        "[1 2; 3 5]\\ones(2,3)",
        "qr(magic(9))",
        "primes(1e6)",
        "poly(ones(1,9))",
        "mpoles(1:9)",
        "besselj(1e8,1:9)",
    ];
    for rest in long {
        interrupted(&format!("try, x = {{fprintf(\"go\\n\"), {rest}}}; catch, end"));
    }
}

#[test]
fn long_output_ends() {
    interrupted("x = fprintf (\"go\\n\") + (1:1e6)'");
    interrupted("x = fprintf (\"go\\n\"):2^53");
}

#[test]
fn computations_of_large_arrays_end() {
    interrupted("x = fprintf (\"go\\n\") + sum (rechunk (rand (1e5, 1), [8 1]));\ny = gather (x);");
}
