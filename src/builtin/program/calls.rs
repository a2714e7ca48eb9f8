//! What a function may ask about its own call, and the end of the program.

use crate::array::{Block, Shape};
use crate::builtin::api::{Arity, Builtin, Call, Host, Values};
use crate::diag::{Diagnostic, Result};
use crate::value::{Cell, Func, Struct, Value};
use crate::{bail, fault};
use smallvec::smallvec;
use std::path::Path;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "nargin",
        (0, 1),
        1,
        nargin,
        "N = nargin\nN = nargin (F)\n\nHow many arguments the running function was given; or how many the function F takes, negative when it takes \
         any number.\n\n    nargin (@(x, y) x + y)\n    % ans = 2\n",
    ),
    Builtin::new(
        "nargout",
        (0, 1),
        1,
        nargout,
        "N = nargout\nN = nargout (F)\n\nHow many results the caller of the running function wants; or how many the function F gives.\n\n    \
         nargout (@(x) x)\n    % ans = 1\n",
    ),
    Builtin::new(
        "isargout",
        (1, 1),
        1,
        isargout,
        "isargout (K)\n\nWhether the caller of the running function uses result K: it asked for that many and did not write ~ there.\n\n    \
         isargout (1)\n    % ans = 1\n",
    ),
    Builtin::new(
        "narginchk",
        (2, 2),
        0,
        narginchk,
        "narginchk (LEAST, MOST)\n\nAn error unless the running function was given from LEAST to MOST arguments.\n\n    narginchk (0, 1)\n",
    ),
    Builtin::new(
        "nargchk",
        (3, 4),
        1,
        |_, args, _| count_complaint("nargchk", "input", args),
        "`nargchk (LEAST, MOST, N)`, `nargchk (LEAST, MOST, N, \"struct\")`\n\nThe complaint if N is not from LEAST to MOST arguments, as text or as a struct; empty if it is.\n\n    nargchk (0, 1, 2)\n    % ans = too many input arguments\n",
    ),
    Builtin::new(
        "nargoutchk",
        (2, 4),
        1,
        nargoutchk,
        "`nargoutchk (LEAST, MOST)`, `nargoutchk (LEAST, MOST, N)`\n\nAn error unless the caller of the running function wants from LEAST to MOST results; with N, the complaint as text\n(or, with \"struct\" behind it, as a struct).\n\n    nargoutchk (0, 1)\n",
    ),
    Builtin::new(
        "print_usage",
        (0, 1),
        0,
        print_usage,
        "print_usage ()\n\nEnds the running function with the error that it was called wrongly.\n\n    try, print_usage (); catch e, end\n",
    ),
    Builtin::new(
        "inputname",
        (1, 2),
        1,
        inputname,
        "S = inputname (N)\n\nThe name of the variable that was given as argument N of the running function; empty when it was no variable.\n\n    \
         isempty (evalc (\"\"))\n    % ans = 1\n",
    ),
    Builtin::new(
        "mfilename",
        (0, 1),
        1,
        mfilename,
        "S = mfilename ()\nS = mfilename (\"fullpath\")\nS = mfilename (\"fullpathext\")\n\nThe name of the file that is running.\n\n    mfilename ();\n",
    ),
    Builtin::new(
        "dbstack",
        (0, 2),
        2,
        dbstack,
        "dbstack\n\nPrints which functions are active, the innermost first, and where each was called.\n\n    dbstack\n",
    ),
    Builtin::new(
        "argv",
        (0, 0),
        1,
        argv,
        "C = argv ()\n\nThe arguments given to the script on the command line, as a column of strings.\n\n    argv ();\n",
    ),
    Builtin::new(
        "exit",
        (0, 2),
        0,
        exit,
        "exit\nexit (STATUS)\n\nEnds the program; the status is 0 where none is given.\n\n    if (false) exit (3); end\n",
    ),
    Builtin::new(
        "quit",
        (0, 2),
        0,
        exit,
        "quit\nquit (STATUS)\n\nEnds the program, as exit does.\n\n    if (false) quit; end\n",
    ),
];

/// `nargin (f)`.
fn arity(host: &mut dyn Host, function: &Value, who: &str, what: &str) -> Result<Arity> {
    let function = match function {
        Value::Func(function) => function.clone(),
        Value::Char(..) => Arc::new(Func::Named(function.to_text().unwrap_or_default().into())),
        _ => bail!("{who}: FCN must be a string or function handle"),
    };
    if let Some(arity) = host.arity(&function) {
        return Ok(arity);
    }
    match &*function {
        Func::Named(name) if !host.is_function(name) => Err(fault!("{who}: invalid function name: {name}")),
        _ => Err(fault!("{who}: number of {what} arguments unavailable for built-in function objects")),
    }
}

fn nargin(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let count = match args {
        [] => host.frame().1 as f64,
        [function, ..] => arity(host, function, "nargin", "input")?.inputs as f64,
    };
    Ok(smallvec![Value::Num(count)])
}

fn nargout(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let count = match args {
        [] => host.frame().2 as f64,
        [function, ..] => arity(host, function, "nargout", "output")?.outputs as f64,
    };
    Ok(smallvec![Value::Num(count)])
}

fn isargout(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let numbers = args[0].to_block()?;
    let mut wanted = Vec::with_capacity(numbers.len());
    for at in 0..numbers.len() {
        let k = numbers.data().get_f64(at);
        if k < 1.0 || k.fract() != 0.0 {
            bail!("isargout: K must be a positive integer");
        }
        wanted.push(host.is_wanted(k as usize - 1));
    }
    Ok(smallvec![Value::block(Block::row(wanted).with_shape(numbers.shape().clone()))])
}

fn bounds(args: &[Value], who: &str) -> Result<(f64, f64)> {
    match (args[0].to_f64(), args[1].to_f64()) {
        (Some(least), Some(most)) if least <= most => Ok((least, most)),
        (Some(_), Some(_)) => Err(fault!("{who}: MINARGS must be <= MAXARGS")),
        _ => Err(fault!("{who}: MINARGS and MAXARGS must be numeric scalars")),
    }
}

fn narginchk(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (least, most) = bounds(args, "narginchk")?;
    let given = host.frame().1 as f64;
    if given < least {
        return Err(fault!("narginchk: not enough input arguments"));
    }
    if given > most {
        return Err(fault!("narginchk: too many input arguments"));
    }
    Ok(Values::new())
}

/// `nargchk (least, most, n, kind)` and the like for results: the complaint as text or as a struct, empty if there is
/// none.
fn count_complaint(who: &str, what: &str, args: &[Value]) -> Result<Values> {
    let mut numbers = [0.0; 3];
    for (number, x) in numbers.iter_mut().zip(args) {
        *number = x
            .to_f64()
            .filter(|_| x.is_scalar())
            .ok_or_else(|| fault!("{who}: MINARGS, MAXARGS, and NARGS must be scalars"))?;
    }
    let [least, most, given] = numbers;
    if least > most {
        bail!("{who}: MINARGS must be <= MAXARGS");
    }
    let as_struct = match args.get(3).map(Value::to_text) {
        None => false,
        Some(Some(kind)) if kind == "string" => false,
        Some(Some(kind)) if kind == "struct" => true,
        _ if who == "nargchk" => bail!("nargchk: output type must be either \"string\" or \"struct\""),
        _ => bail!("{who}: output type must be either string or struct"),
    };
    let (message, id) = if given < least {
        (format!("not enough {what} arguments"), format!("Octave:{who}:not-enough-{what}s"))
    } else if given > most {
        (format!("too many {what} arguments"), format!("Octave:{who}:too-many-{what}s"))
    } else {
        (String::new(), String::new())
    };
    if !as_struct {
        return Ok(smallvec![Value::text(&message)]);
    }
    let fields = [("message", &message), ("identifier", &id)];
    if message.is_empty() {
        let mut none = Struct::new(Shape::matrix(0, 1));
        fields.iter().for_each(|(name, _)| none.set_column(&Arc::from(*name), Vec::new()));
        return Ok(smallvec![Value::Struct(Arc::new(none))]);
    }
    let mut complaint = Struct::scalar();
    for (name, text) in fields {
        complaint.set(name, Value::text(text));
    }
    Ok(smallvec![Value::Struct(Arc::new(complaint))])
}

fn nargoutchk(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args.len() > 2 {
        return count_complaint("nargoutchk", "output", args);
    }
    let (least, most) = bounds(args, "nargoutchk")?;
    let wanted = host.frame().2 as f64;
    if wanted < least {
        return Err(fault!("nargoutchk: Not enough output arguments.").id("Octave:invalid-fun-call"));
    }
    if wanted > most {
        return Err(fault!("nargoutchk: Too many output arguments.").id("Octave:invalid-fun-call"));
    }
    Ok(Values::new())
}

fn print_usage(host: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    let (name, ..) = host.frame();
    if name.is_empty() {
        bail!("print_usage: only valid inside functions");
    }
    Err(fault!("Invalid call to {name}").id("Octave:invalid-fun-call"))
}

/// The arguments of the active call are read from its place in the source.
fn inputname(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(number) = args[0].to_f64().filter(|n| *n >= 1.0 && n.fract() == 0.0) else {
        bail!("inputname: N must be an integer index");
    };
    let Some((_, place)) = host.call_stack().into_iter().next() else {
        bail!("inputname must be used from within a function");
    };
    let text = host.sources().slice(place).to_owned();
    let inside = text.split_once('(').map_or("", |(_, rest)| rest.trim_end().trim_end_matches(')'));
    let argument = inside.split(',').nth(number as usize - 1).map_or("", str::trim);
    let name = if super::variables::is_name(argument) { argument } else { "" };
    Ok(smallvec![Value::text(name)])
}

fn mfilename(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    // Text run by `eval` belongs to no file: the one that is running is meant.
    let files = |at| host.sources().get(at).map(|source| source.name.to_string());
    let name = files(call.span.source).filter(|name| !name.starts_with('<')).or_else(|| files(0)).unwrap_or_default();
    let path = Path::new(&name);
    let name = match args.first().map(|arg| arg.to_text()) {
        None => path.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned()),
        Some(option) => {
            let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            match option.as_deref() {
                Some("fullpathext") => full.display().to_string(),
                Some("fullpath") => full.with_extension("").display().to_string(),
                _ => bail!("mfilename: OPTION argument must be a string"),
            }
        }
    };
    Ok(smallvec![Value::text(&name)])
}

fn dbstack(host: &mut dyn Host, _: &[Value], call: Call) -> Result<Values> {
    let mut place = call.span;
    let mut lines = String::new();
    for (at, (name, called)) in host.call_stack().into_iter().enumerate() {
        let (line, _) = host.sources().line_col(place);
        let mark = if at == 0 { "  -->   " } else { "      " };
        lines += &format!("{mark}{name} at line {line}\n");
        place = called;
    }
    if !lines.is_empty() {
        write!(host.out(), "stopped in:\n\n{lines}").map_err(|error| fault!("dbstack: {error}"))?;
    }
    Ok(Values::new())
}

fn argv(host: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    let arguments: Vec<Value> = host.arguments().iter().map(|arg| Value::text(arg)).collect();
    let cell = if arguments.is_empty() { Cell::empty(Shape::matrix(0, 0)) } else { Cell::column(arguments) };
    Ok(smallvec![Value::Cell(Arc::new(cell))])
}

/// Unwinds like Ctrl-C, which no `catch` holds; the session reads the code.
fn exit(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let code = match args.first() {
        None => 0,
        Some(Value::Char(..)) => 0,
        Some(code) => match code.to_f64() {
            Some(x) => x as i32,
            None => bail!("exit: STATUS must be an integer"),
        },
    };
    host.state().exit = Some(code);
    Err(Diagnostic::interrupted())
}
