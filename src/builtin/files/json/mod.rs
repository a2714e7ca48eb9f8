//! Values as JSON, and back: `jsonencode`, `jsondecode`.

mod decode;
mod encode;

use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{flag, one};
use crate::builtin::text::row;
use crate::diag::Result;
use crate::fault;
use crate::value::Value;

pub const TABLE: &[Builtin] = &[
    Builtin::new("jsonencode", (1, 5), 1, jsonencode, JSONENCODE),
    Builtin::new("jsondecode", (1, 7), 1, jsondecode, JSONDECODE),
];

const JSONENCODE: &str = "\
`jsonencode (X)`, `jsonencode (X, \"ConvertInfAndNaN\", FLAG)`, `jsonencode (X, \"PrettyPrint\", FLAG)`

A value as JSON text: structs and maps are objects, arrays of structs, cells and numbers are arrays. Inf and NaN become
null, unless `ConvertInfAndNaN` is false.

    jsonencode (struct (\"name\", \"x\", \"values\", [1 2.5 NaN]))
    % ans = {\"name\":\"x\",\"values\":[1,2.5,null]}";

const JSONDECODE: &str = "\
`jsondecode (TEXT)`

The value that JSON text says: objects are structs, arrays of numbers (null is NaN), of truth values, of arrays of the
same size and of objects with the same names are arrays; others are columns of cells.

    s = jsondecode ('{\"name\": \"x\", \"values\": [1, 2.5]}'); s.values
    % ans =
    %
    %    1.0000
    %    2.5000";

/// The pairs of options behind the first argument.
fn options<'a>(who: &str, args: &'a [Value]) -> Result<Vec<(String, &'a Value)>> {
    if !args.len().is_multiple_of(2) {
        return Err(crate::builtin::args::usage(who));
    }
    let named = |pair: &'a [Value]| match pair[0].to_text() {
        Some(name) => Ok((name.to_lowercase(), &pair[1])),
        None => Err(fault!("{who}: option argument must be a string")),
    };
    args.chunks(2).map(named).collect()
}

fn jsonencode(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (mut convert, mut pretty) = (true, false);
    for (name, value) in options("jsonencode", &args[1..])? {
        match name.as_str() {
            "convertinfandnan" => convert = flag(value),
            "prettyprint" => pretty = flag(value),
            _ => {
                return Err(fault!("jsonencode: Valid options are \"ConvertInfAndNaN\" and \"PrettyPrint\""));
            }
        }
    }
    let value = host.gather(&args[0])?;
    let text = encode::encode(&value, convert)?;
    one(row(if pretty { encode::pretty(&text) } else { text }))
}

fn jsondecode(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut valid_names = true;
    for (name, value) in options("jsondecode", &args[1..])? {
        match name.as_str() {
            "makevalidname" => valid_names = flag(value),
            "replacementstyle" | "prefix" => {}
            _ => return Err(fault!("jsondecode: unknown option \"{name}\"")),
        }
    }
    let Some(text) = crate::builtin::text::bytes(&args[0]) else {
        return Err(fault!("jsondecode: JSON_TXT must be a character string"));
    };
    one(decode::decode(text, valid_names)?)
}
