//! Functions as values: handles made from text and shown as text.

use crate::bail;
use crate::builtin::text::cell_row;
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::{Func, Struct, Value};
use smallvec::smallvec;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "func2str",
        (1, 1),
        1,
        func2str,
        "func2str (F)\n\nThe text of a function handle.\n\n    func2str (@(x) x + 1)    % @(x) x + 1\n",
    ),
    Builtin::new(
        "str2func",
        (1, 2),
        1,
        str2func,
        "str2func (NAME)\n\nA function handle from its text.\n\n    str2func (\"@(x) x + 1\")(2)    % 3\n",
    ),
    Builtin::new(
        "functions",
        (1, 1),
        1,
        functions,
        "functions (F)\n\nWhat is known of a function handle: its text, its type, and the variables it holds.\n\n    functions (@sin).function    % sin\n",
    ),
];

fn func2str(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    match &args[0] {
        Value::Func(f) => Ok(smallvec![Value::text(shown(f))]),
        _ => bail!("func2str: FCN_HANDLE argument must be a function handle object"),
    }
}

fn shown(f: &Func) -> &str {
    match f {
        Func::Named(name) => name,
        Func::Anonymous(closure) => &closure.code.text,
    }
}

fn str2func(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(text) = args[0].to_text() else { bail!("str2func: FCN_NAME must be a string") };
    let text = text.trim();
    if text.starts_with('@') {
        return host.eval_text(text, 1);
    }
    if text.is_empty() {
        bail!("str2func: FCN_NAME must be a string");
    }
    Ok(smallvec![Value::Func(Arc::new(Func::Named(text.into())))])
}

fn functions(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Value::Func(f) = &args[0] else { bail!("functions: FCN_HANDLE argument must be a valid function handle") };
    let mut record = Struct::scalar();
    record.set("function", Value::text(shown(f)));
    match &**f {
        Func::Named(_) => {
            record.set("type", Value::text("simple"));
            record.set("file", Value::text(""));
        }
        Func::Anonymous(closure) => {
            let mut held = Struct::scalar();
            closure.captured.iter().for_each(|(name, value)| held.set(name.clone(), value.clone()));
            record.set("type", Value::text("anonymous"));
            record.set("file", Value::text(""));
            record.set("workspace", cell_row(vec![Value::Struct(Arc::new(held))]));
            record.set("within_file_path", Value::text(""));
        }
    }
    Ok(smallvec![Value::Struct(Arc::new(record))])
}
