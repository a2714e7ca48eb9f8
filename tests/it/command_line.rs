//! The command line as a shell meets it: exit codes, standard input, readers that go away, scripts that are none.

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use std::process::Stdio;

/// Exit code, output and messages of a command.
fn run(folder: &Path, words: &[&str], input: &[u8]) -> (Option<i32>, String, String) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("arr"));
    command.current_dir(folder).env("NO_COLOR", "1").args(words).write_stdin(input);
    let output = command.output().expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn exit_codes() {
    let folder = tempfile::tempdir().expect("a folder");
    let code = |words: &[&str]| run(folder.path(), words, b"").0;
    assert_eq!(code(&["-e", "x = 1;"]), Some(0));
    assert_eq!(code(&["-e", "exit (7)"]), Some(7));
    assert_eq!(code(&["-e", "error ('no')"]), Some(1));
    assert_eq!(code(&["-e", "x = ("]), Some(1));
    for wrong in [&["--nonsense"][..], &["nosuch"], &["run"], &["run", "nosuch.arr"], &["check"], &["info"]] {
        assert_eq!(code(wrong), Some(2), "{wrong:?}");
    }
    for wrong in [["--memory", "lots"], ["--threads", "0"], ["--fp", "loose"], ["--progress", "perhaps"]] {
        assert_eq!(code(&[wrong[0], wrong[1], "-e", "1"]), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_script_from_standard_input() {
    let folder = tempfile::tempdir().expect("a folder");
    for words in [&[][..], &["-"], &["run", "-"]] {
        let (code, out, _) = run(folder.path(), words, b"for k = 1:2\n  printf (\"<%d>\", k);\nend\n");
        assert_eq!((code, out.as_str()), (Some(0), "<1><2>"), "{words:?}");
        let (code, out, messages) = run(folder.path(), words, b"disp (1)\nerror ('stop')\ndisp (2)\n");
        assert_eq!((code, out.as_str()), (Some(1), "1\n"), "{words:?}");
        assert!(messages.contains("error: stop"), "{messages}");
    }
    // The prompt goes on.
    let (code, out, _) = run(folder.path(), &["repl"], b"disp (1)\nerror ('stop')\ndisp (2)\n");
    assert_eq!((code, out.as_str()), (Some(0), "1\n2\n"));
}

#[test]
fn scripts_that_are_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("folder.arr")).expect("a folder");
    fs::write(at("latin.arr"), b"x = \"\xe9t\xe9\"; disp (x)\n").expect("a file");
    fs::write(at("nothing.arr"), "").expect("a file");
    let (code, _, messages) = run(folder.path(), &["folder.arr"], b"");
    assert!(code == Some(1) && messages.contains("is a directory"), "{messages}");
    assert_eq!(run(folder.path(), &["-e", "save ('a.zarr', 1:3)"], b"").0, Some(0));
    let (code, _, messages) = run(folder.path(), &["a.zarr"], b"");
    assert!(code == Some(1) && messages.contains("arr info"), "{messages}");
    let (code, out, messages) = run(folder.path(), &["latin.arr"], b"");
    assert!(code == Some(0) && out == "\u{e9}t\u{e9}\n" && messages.contains("not UTF-8"), "{out}{messages}");
    assert_eq!(run(folder.path(), &["nothing.arr"], b"").0, Some(0));
}

/// A reader that goes away is told nothing, and nothing panics.
#[test]
fn nobody_reads_any_more() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bad.arr"), "x = (\ny = )\n").expect("a file");
    let commands: [&[&str]; 4] = [
        &["-e", "for k = 1:100000, disp (k), end"],
        &["explain", "-e", "for k = 1:50, sum (rand (k)), end"],
        &["check", "--json", "bad.arr"],
        &["--help"],
    ];
    for words in commands {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("arr"))
            .current_dir(folder.path())
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{words:?}: {:?}", output.status);
        assert!(output.stderr.is_empty(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn functions_in_the_current_directory() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("below")).expect("a folder");
    fs::write(folder.path().join("twice.m"), "function y = twice (x)\n  y = 2 * x;\nend\n").expect("a file");
    fs::write(folder.path().join("below/thrice.m"), "function y = thrice (x)\n  y = 3 * x;\nend\n").expect("a file");
    let (code, out, messages) = run(folder.path(), &["-e", "disp (twice (4)), cd below, disp (thrice (4))"], b"");
    assert_eq!((code, out.as_str()), (Some(0), "8\n12\n"), "{messages}");
}

/// Many arrays, each of which has room, use up memory together: that is an error like any other, not the end.
#[cfg(target_os = "linux")]
#[test]
fn memory_that_is_used_up_is_an_error() {
    let grow = [
        "c = {}; for i = 1:1e6, c{i} = zeros (1, 1e6) + i; end",
        "c = cellfun (@(t) [t t], repmat ({repmat('a', 1, 1e6)}, 1, 1e6), 'UniformOutput', false);",
        "c = upper (repmat ({sprintf('%s', repmat ('a', 1, 1e6))}, 1, 1e6));",
    ];
    for grow in grow {
        let program = format!("try, {grow}\ncatch e, clear c; disp (e.identifier), end\ndisp (1 + 1)");
        let script = "ulimit -v 5000000; exec \"$0\" -e \"$1\"";
        let mut command = Command::new("sh");
        command.args(["-c", script]).arg(assert_cmd::cargo::cargo_bin!("arr")).arg(&program);
        let output = command.output().expect("a shell");
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(text, "Octave:bad-alloc\n2\n", "{grow}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
