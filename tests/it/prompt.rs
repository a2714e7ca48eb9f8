//! The interactive session through a terminal: what is typed, what is seen. The terminal is Python's.

use std::path::Path;
use std::process::Command;

#[test]
fn people_can_use_the_prompt() {
    let present = Command::new("python3").args(["-c", "import pty, fcntl, termios"]).output();
    if !present.is_ok_and(|run| run.status.success()) {
        eprintln!("skipped: python3 with pty is not installed");
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/prompt.py");
    let run = Command::new("python3").arg(script).arg(env!("CARGO_BIN_EXE_arr")).output().expect("python3 runs");
    assert!(run.status.success(), "{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
}
