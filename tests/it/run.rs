//! Programs from end to end: what they print, and how they fail. Each file of `tests/cases/run` and
//! `tests/cases/error` is a program; what Octave prints for the former is what the snapshot holds.

use arr::builtin::{Arrays, Settings};
use arr::diag::render::render;
use arr::engine::{Config, Observer, Parallel};
use arr::force::LargeArrays;
use arr::session::Session;
use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

/// Text that is read after the session that wrote it is gone.
#[derive(Clone, Default)]
struct Buffer(Rc<RefCell<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Tells nobody how far a computation is.
struct Quiet;

impl Observer for Quiet {}

fn arrays() -> Box<dyn Arrays> {
    let config = Config { memory: 256 << 20, threads: 2, temp_dir: std::env::temp_dir() };
    Box::new(LargeArrays::new(config, Box::new(Parallel::default()), Arc::new(Quiet), Arc::default()))
}

/// What a program prints, warnings among it, and the fault it ends in.
fn transcript(path: &Path, settings: Settings) -> String {
    let text = std::fs::read_to_string(path).expect("a case can be read");
    let name = path.file_name().expect("a case has a name").to_string_lossy().into_owned();
    arr::eval::with_deep_stack(|| {
        let out = Buffer::default();
        let mut session =
            Session::with_output(settings, arrays(), Arc::default(), Box::new(out.clone()), Box::new(out.clone()));
        session.set_script(path, vec!["first".into(), "second".into()]);
        let outcome = session.run_source(&name, &text);
        let mut shown = String::from_utf8_lossy(&out.0.take()).into_owned();
        for fault in outcome.err().into_iter().flatten() {
            shown.push_str(&render(&fault, session.sources(), false));
        }
        shown
    })
}

#[test]
fn programs() {
    insta::with_settings!({ snapshot_path => "../cases/run/snapshots", prepend_module_to_snapshot => false }, {
        insta::glob!("../cases/run", "*.arr", |path| insta::assert_snapshot!("out", transcript(path, Settings::default())));
    });
}

#[test]
fn faults() {
    insta::with_settings!({ snapshot_path => "../cases/error/snapshots", prepend_module_to_snapshot => false }, {
        insta::glob!("../cases/error", "*.arr", |path| insta::assert_snapshot!("out", transcript(path, Settings::default())));
    });
}

/// Where every array waits until it is needed, a program prints what it prints where none does.
#[test]
fn programs_where_everything_waits() {
    let mut differing = Vec::new();
    for entry in std::fs::read_dir("tests/cases/run").expect("a directory of programs") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|e| e != "arr") {
            continue;
        }
        let at_once = transcript(&path, Settings::default());
        let waiting = transcript(&path, Settings { dense_limit: 0, ..Settings::default() });
        if at_once != waiting {
            let same = at_once.lines().zip(waiting.lines()).take_while(|(a, b)| a == b).count();
            let from = |text: &str| text.lines().skip(same).take(8).collect::<Vec<_>>().join("\n");
            differing.push(format!("{}:\n{}\n-- waiting:\n{}", path.display(), from(&at_once), from(&waiting)));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
