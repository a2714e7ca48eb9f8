//! Code as data: running text, calling functions by name or handle, other scopes, files of statements.

use crate::array::Shape;
use crate::builtin::api::{Builtin, Call, Host, Scope, Values};
use crate::diag::{Fault, Result};
use crate::fault;
use crate::value::{Cell, Func, Struct, Value};
use smallvec::smallvec;
use std::path::Path;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "eval",
        (1, 2),
        usize::MAX,
        eval,
        "eval (CODE)\neval (CODE, CATCH)\nX = eval (CODE)\n\nRuns text as if it stood here. Should it fail, the text CATCH is run \
         instead; lasterr () then tells why.\n\n    eval (\"y = 2 + 3;\"); y\n    % y = 5\n",
    ),
    Builtin::new(
        "evalc",
        (1, 2),
        usize::MAX,
        evalc,
        "S = evalc (CODE)\nS = evalc (CODE, CATCH)\n\nRuns text and gives what it printed.\n\n    s = evalc (\"disp (3)\")\n    % s = 3\n    %\n",
    ),
    Builtin::new(
        "evalin",
        (2, 3),
        usize::MAX,
        evalin,
        "evalin (\"caller\", CODE)\nevalin (\"base\", CODE)\nevalin (CONTEXT, CODE, CATCH)\n\nRuns text with the variables of the calling \
         function, or with those of the prompt.\n\n    x = 1; evalin (\"base\", \"x + 1\")\n    % ans = 2\n",
    ),
    Builtin::new(
        "assignin",
        (3, 3),
        0,
        assignin,
        "assignin (\"caller\", NAME, VALUE)\nassignin (\"base\", NAME, VALUE)\n\nSets a variable of the calling function or of the prompt.\n\n    \
         assignin (\"base\", \"k\", 7); k\n    % k = 7\n",
    ),
    Builtin::new(
        "feval",
        (1, usize::MAX),
        usize::MAX,
        feval,
        "feval (F, ...)\n\nCalls a function given by its name or as a handle.\n\n    feval (\"plus\", 1, 2)\n    % ans = 3\n",
    ),
    Builtin::new(
        "builtin",
        (1, usize::MAX),
        usize::MAX,
        builtin,
        "builtin (NAME, ...)\n\nCalls the builtin function of this name even where the program has its own.\n\n    builtin (\"abs\", -3)\n    % ans = 3\n",
    ),
    Builtin::new(
        "func2str",
        (1, 1),
        1,
        func2str,
        "S = func2str (F)\n\nThe text of a function handle.\n\n    func2str (@(x) x+1)\n    % ans = @(x) x + 1\n",
    ),
    Builtin::new(
        "str2func",
        (1, 2),
        1,
        str2func,
        "F = str2func (TEXT)\n\nThe function handle a text describes: a name, or an anonymous function.\n\n    f = str2func (\"@(x) x + 1\"); f (2)\n    % ans = 3\n",
    ),
    Builtin::new(
        "is_function_handle",
        (1, 1),
        1,
        is_function_handle,
        "is_function_handle (X)\n\nWhether X is a function handle.\n\n    is_function_handle (@sin)\n    % ans = 1\n",
    ),
    Builtin::new(
        "functions",
        (1, 1),
        1,
        functions,
        "S = functions (F)\n\nWhat is known of a function handle: its text, its kind, and the variables it captured.\n\n    functions (@sin).function\n    % ans = sin\n",
    ),
    Builtin::new(
        "source",
        (1, 1),
        0,
        source,
        "source (FILE)\n\nRuns the statements of a file here.\n\n    source (\"settings.m\")\n",
    ),
    Builtin::new(
        "run",
        (1, 1),
        0,
        run,
        "run (SCRIPT)\n\nRuns the statements of a script file here; the extension may be left out.\n\n    run (\"settings\")\n",
    ),
    Builtin::new(
        "addpath",
        (1, usize::MAX),
        0,
        addpath,
        "addpath (DIR, ...)\n\nFunctions in files of these directories can be called from now on.\n\n    addpath (\".\")\n",
    ),
];

fn text(value: &Value, complaint: &str) -> Result<String> {
    value.to_text().ok_or_else(|| fault!("{complaint}"))
}

/// Runs `body`; when it fails with an error that may be caught, notes the error and runs `otherwise`.
fn or_else(
    host: &mut dyn Host,
    body: &mut dyn FnMut(&mut dyn Host) -> Result<Values>,
    otherwise: Option<&Value>,
    nargout: usize,
) -> Result<Values> {
    let fault = match (body(host), otherwise) {
        (Err(fault), Some(_)) if !fault.interrupt => fault,
        (outcome, _) => return outcome,
    };
    note(host, &fault);
    let code = text(otherwise.unwrap_or(&Value::empty()), "eval: CATCH must be a string")?;
    host.eval_text(&code, nargout)
}

fn note(host: &mut dyn Host, fault: &Fault) {
    host.state().last_error =
        Some(crate::builtin::state::LastError { message: fault.message.clone(), id: fault.id.to_string() });
}

fn eval(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let code = text(&args[0], "eval: STRING must be a string")?;
    if args.get(1).is_some_and(|otherwise| otherwise.to_text().is_none()) {
        return Err(fault!("eval: CATCH must be a string"));
    }
    or_else(host, &mut |host| host.eval_text(&code, call.nargout), args.get(1), call.nargout)
}

fn evalc(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let code = text(&args[0], "evalc: STRING must be a string")?;
    let otherwise = args.get(1).cloned();
    let wanted = call.nargout.saturating_sub(1);
    let mut values = Values::new();
    let printed = host.capture(&mut |host| {
        values = or_else(host, &mut |host| host.eval_text(&code, wanted), otherwise.as_ref(), wanted)?;
        Ok(())
    })?;
    values.truncate(wanted);
    values.insert(0, Value::text(&String::from_utf8_lossy(&printed)));
    Ok(values)
}

fn scope(value: &Value, who: &str) -> Result<Scope> {
    match value.to_text().as_deref() {
        Some("caller") => Ok(Scope::Caller),
        Some("base") => Ok(Scope::Base),
        _ => Err(fault!("{who}: CONTEXT must be \"caller\" or \"base\"")),
    }
}

fn evalin(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let scope = scope(&args[0], "evalin")?;
    let code = text(&args[1], "evalin: STRING must be a string")?;
    let mut values = Values::new();
    host.in_scope(scope, &mut |host| {
        values = or_else(host, &mut |host| host.eval_text(&code, call.nargout), args.get(2), call.nargout)?;
        Ok(())
    })?;
    Ok(values)
}

fn assignin(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let scope = scope(&args[0], "assignin")?;
    let name = text(&args[1], "assignin: VARNAME must be a string")?;
    if !super::variables::is_name(&name) {
        return Err(fault!("assignin: invalid variable name '{name}'"));
    }
    host.in_scope(scope, &mut |host| {
        host.set_variable(&name, args[2].clone());
        Ok(())
    })?;
    Ok(Values::new())
}

fn feval(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    match &args[0] {
        Value::Func(function) => host.call(function, &args[1..], call.nargout),
        Value::Char(..) => {
            let name = text(&args[0], "feval: FUNC must be a string")?;
            if !host.is_function(&name) {
                return Err(fault!("feval: function '{name}' not found"));
            }
            host.call(&Func::Named(name.into()), &args[1..], call.nargout)
        }
        _ => Err(fault!("feval: first argument must be a string, inline function, or a function handle")),
    }
}

fn builtin(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let name = text(&args[0], "builtin: function name (F) must be a string")?;
    let rows = crate::builtin::FAMILIES.iter().flat_map(|(_, rows)| rows.iter());
    match rows.into_iter().find(|row| row.name == name) {
        Some(row) if (row.args.0..=row.args.1).contains(&(args.len() - 1)) => match row.source {
            Some(_) => host.call(&Func::Named(row.name.into()), &args[1..], call.nargout),
            None => (row.body)(host, &args[1..], call),
        },
        Some(row) => Err(fault!("Invalid call to {}", row.name).id("Octave:invalid-fun-call")),
        None => Err(fault!("builtin: lookup for symbol '{name}' failed")),
    }
}

fn func2str(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    match &args[0] {
        Value::Func(function) => Ok(smallvec![Value::text(shown(function))]),
        _ => Err(fault!("func2str: FCN_HANDLE argument must be a function handle object")),
    }
}

/// A function as `func2str` gives it.
pub(in crate::builtin) fn shown(function: &Func) -> &str {
    match function {
        Func::Named(name) => name,
        Func::Anonymous(closure) => &closure.code.text,
    }
}

fn str2func(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let code = text(&args[0], "str2func: FCN_NAME must be a string")?;
    Ok(smallvec![Value::Func(Arc::new(host.parse_function(&code)?))])
}

fn is_function_handle(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    Ok(smallvec![Value::Bool(matches!(args[0], Value::Func(_)))])
}

fn functions(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Value::Func(function) = &args[0] else {
        return Err(fault!("functions: FCN_HANDLE argument must be a valid function handle"));
    };
    let mut about = Struct::scalar();
    about.set("function", Value::text(shown(function)));
    match &**function {
        Func::Named(_) => {
            about.set("type", Value::text("simple"));
            about.set("file", Value::text(""));
        }
        Func::Anonymous(closure) => {
            let mut captured = Struct::scalar();
            for (name, value) in &closure.captured {
                captured.set(name.clone(), value.clone());
            }
            let workspace = Cell::new(Shape::scalar(), vec![Value::Struct(Arc::new(captured))]);
            about.set("type", Value::text("anonymous"));
            about.set("file", Value::text(""));
            about.set("workspace", Value::Cell(Arc::new(workspace)));
            about.set("within_file_path", Value::text(""));
        }
    }
    Ok(smallvec![Value::Struct(Arc::new(about))])
}

fn source(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let path = text(&args[0], "source: FILE must be a string")?;
    if !Path::new(&path).is_file() {
        return Err(fault!("source: error sourcing file '{path}'"));
    }
    host.run_file(&path, call.span).map(|()| Values::new())
}

fn run(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let path = text(&args[0], "run: SCRIPT must be a string")?;
    let candidates = [path.clone(), format!("{path}.arr"), format!("{path}.m")];
    match candidates.iter().find(|path| Path::new(path).is_file()) {
        Some(path) => host.run_file(path, call.span).map(|()| Values::new()),
        None => Err(fault!("run: file SCRIPT must exist and be a valid Octave scriptfile")),
    }
}

fn addpath(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    for arg in args {
        let list = match arg {
            Value::Char(..) => text(arg, "addpath: all arguments must be strings")?,
            // `-begin` and `-end` may be given as numbers.
            Value::Num(_) => continue,
            _ => return Err(fault!("addpath: all arguments must be strings")),
        };
        for directory in list.split(':').filter(|part| !part.is_empty() && !part.starts_with('-')) {
            host.add_directory(Path::new(directory));
        }
    }
    Ok(Values::new())
}
