//! Chains of subscripts as data: `subsref`, `subsasgn`, `getfield`, `setfield`, `substruct`.

use crate::array::Shape;
use crate::builtin::containers::maps::{map_get, map_set};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::{Fault, Result};
use crate::value::assign::{assign, assign_cell, cell_slot, empty_like, field_slots};
use crate::value::index::{Index, cell_values, index};
use crate::value::{Cell, Struct, Value};
use crate::{bail, fault};
use smallvec::smallvec;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "getfield",
        (2, usize::MAX),
        1,
        getfield,
        "getfield (S, FIELD), getfield (S, SUB1, FIELD1, SUB2, ...)\n\nThe value of a field; cell arrays between names are subscripts.\n\n    getfield (struct (\"a\", [5 6]), \"a\", {2})    % 6\n",
    ),
    Builtin::new(
        "setfield",
        (3, usize::MAX),
        1,
        setfield,
        "setfield (S, FIELD, VALUE), setfield (S, SUB1, FIELD1, SUB2, ..., VALUE)\n\nThe struct with a field set.\n\n    setfield (struct (\"a\", 1), \"b\", 2).b    % 2\n",
    ),
    Builtin::new(
        "substruct",
        (2, usize::MAX),
        1,
        substruct,
        "substruct (TYPE, SUBS, ...)\n\nA chain of subscripts for `subsref` and `subsasgn`; TYPE is \"()\", \"{}\" or \".\".\n\n    subsref ({5, 6}, substruct (\"{}\", {2}))    % 6\n",
    ),
    Builtin::new(
        "subsref",
        (2, 2),
        usize::MAX,
        subsref,
        "subsref (VAL, IDX)\n\nWhat a chain of subscripts selects.\n\n    subsref ([5 6], substruct (\"()\", {2}))    % 6\n",
    ),
    Builtin::new(
        "subsasgn",
        (3, 3),
        1,
        subsasgn,
        "subsasgn (VAL, IDX, RHS)\n\nThe value after an assignment through a chain of subscripts.\n\n    subsasgn ([5 6], substruct (\"()\", {2}), 9)    % 5 9\n",
    ),
];

/// One link of a chain.
enum Link {
    Paren(Vec<Index>),
    Brace(Vec<Index>),
    Field(Arc<str>),
}

/// Subscripts in a cell array; `":"` is a colon.
fn subscripts(cell: &Cell) -> Vec<Index> {
    let one = |v: &Value| match v.to_text().as_deref() {
        Some(":") => Index::All,
        _ => Index::Value(v.clone()),
    };
    cell.values.iter().map(one).collect()
}

fn chain(who: &str, value: &Value) -> Result<Vec<Link>> {
    let Value::Struct(records) = value else { bail!("{who}: IDX must be a struct array") };
    let (Some(types), Some(subs)) = (records.field("type"), records.field("subs")) else {
        bail!("{who}: IDX must be a struct array with fields 'type' and 'subs'");
    };
    let link = |(kind, subs): (&Value, &Value)| match (kind.to_text().as_deref(), subs) {
        (Some("()"), Value::Cell(cell)) => Ok(Link::Paren(subscripts(cell))),
        (Some("{}"), Value::Cell(cell)) => Ok(Link::Brace(subscripts(cell))),
        (Some("()"), subs) if subs.to_text().as_deref() == Some(":") => Ok(Link::Paren(vec![Index::All])),
        (Some("{}"), subs) if subs.to_text().as_deref() == Some(":") => Ok(Link::Brace(vec![Index::All])),
        (Some("."), name) => match name.to_text() {
            Some(name) => Ok(Link::Field(name.as_str().into())),
            None => Err(fault!("{who}: subs(.) must be a string")),
        },
        _ => Err(fault!("{who}: type must be one of \"()\", \"{{}}\" or \".\", and subs a cell array or string")),
    };
    types.iter().zip(subs).map(link).collect()
}

/// Names and cells of subscripts, as `getfield` takes them.
fn fields(who: &str, args: &[Value]) -> Result<Vec<Link>> {
    let link = |v: &Value| match v {
        Value::Cell(cell) => Ok(Link::Paren(subscripts(cell))),
        name => match name.to_text() {
            Some(name) => Ok(Link::Field(name.as_str().into())),
            None => Err(fault!("{who}: invalid index")),
        },
    };
    args.iter().map(link).collect()
}

fn no_member(name: &str) -> Fault {
    fault!("structure has no member '{name}'").id("Octave:invalid-indexing")
}

/// What a chain selects; a handle in it is called.
fn selected(host: &mut dyn Host, value: &Value, links: &[Link], nargout: usize) -> Result<Values> {
    let Some((link, rest)) = links.split_first() else { return Ok(smallvec![value.clone()]) };
    let inner: Values = match (link, value) {
        (Link::Paren(args), Value::Func(f)) => {
            let given = args.iter().map(|arg| match arg {
                Index::All => Value::text(":"),
                Index::Value(v) => v.clone(),
            });
            let given: Vec<Value> = given.collect();
            host.call(f, &given, if rest.is_empty() { nargout } else { 1 })?
        }
        (Link::Paren(args), Value::Map(map)) => match &args[..] {
            [Index::Value(key)] => smallvec![map_get(map, key)?],
            _ => bail!("containers.Map: only '()' indexing with exactly one key is supported"),
        },
        (Link::Paren(args), value) => smallvec![index(&host.gather(value)?, args)?],
        (Link::Brace(args), value) => cell_values(value, args)?.into(),
        (Link::Field(name), Value::Struct(records)) => {
            records.field(name).ok_or_else(|| no_member(name))?.iter().cloned().collect()
        }
        (Link::Field(_), other) => bail!("{} cannot be indexed with .", other.type_name()),
    };
    if rest.is_empty() {
        return Ok(inner);
    }
    match &inner[..] {
        [one] => selected(host, one, rest, nargout),
        _ => bail!("some elements undefined in argument list"),
    }
}

/// Assigns through a chain, making what is missing on the way.
fn assign_through(base: &mut Value, links: &[Link], rhs: &Value) -> Result<()> {
    match links {
        [] => *base = rhs.clone(),
        [Link::Paren(args)] => match base {
            Value::Map(map) => match &args[..] {
                [Index::Value(key)] => map_set(map, key, rhs.clone())?,
                _ => bail!("containers.Map: only '()' indexing with exactly one key is supported"),
            },
            _ => {
                if base.is_empty() && matches!(base, Value::Array(_)) && base.shape() == Shape::matrix(0, 0) {
                    *base = empty_like(rhs);
                }
                assign(base, args, rhs)?;
            }
        },
        [Link::Brace(args)] => assign_cell(base, args, rhs.clone())?,
        [Link::Paren(args), Link::Field(name), rest @ ..] => {
            let [slot] = field_slots(base, Some(args), name)? else {
                bail!("invalid number of elements in assignment")
            };
            assign_through(slot, rest, rhs)?;
        }
        [Link::Paren(args), rest @ ..] => {
            let mut element = index(base, args)?;
            assign_through(&mut element, rest, rhs)?;
            assign(base, args, &element)?;
        }
        [Link::Brace(args), rest @ ..] => assign_through(cell_slot(base, args)?, rest, rhs)?,
        [Link::Field(name), rest @ ..] => match field_slots(base, None, name)? {
            [slot] => assign_through(slot, rest, rhs)?,
            _ => bail!("invalid use of a N_-D array in indexed assignment"),
        },
    }
    Ok(())
}

fn getfield(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let links = fields("getfield", &args[1..])?;
    let mut values = selected(host, &args[0], &links, 1)?;
    values.truncate(1);
    Ok(values)
}

fn setfield(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some((rhs, given)) = args[1..].split_last() else { bail!("Invalid call to setfield") };
    let links = fields("setfield", given)?;
    let mut base = args[0].clone();
    assign_through(&mut base, &links, rhs)?;
    Ok(smallvec![base])
}

fn substruct(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if args.len() % 2 == 1 {
        return Err(fault!("Invalid call to substruct").id("Octave:invalid-fun-call"));
    }
    let count = args.len() / 2;
    let mut records = Struct::new(Shape::matrix(1, count));
    for pair in args.chunks(2) {
        match (pair[0].to_text().as_deref(), &pair[1]) {
            (Some("()" | "{}"), Value::Cell(_)) => {}
            (Some("()" | "{}"), v) if v.to_text().as_deref() == Some(":") => {}
            (Some("."), v) if v.to_text().is_some() => {}
            (Some("()" | "{}" | "."), _) => {
                bail!("substruct: for TYPE == () or {{}}, SUBS must be a cell array or \":\"")
            }
            _ => bail!("substruct: TYPE must be one of \"()\", \"{{}}\", or \".\""),
        }
    }
    records.set_column(&"type".into(), args.iter().step_by(2).cloned().collect());
    records.set_column(&"subs".into(), args.iter().skip(1).step_by(2).cloned().collect());
    Ok(smallvec![Value::Struct(Arc::new(records))])
}

fn subsref(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let links = chain("subsref", &args[1])?;
    let mut values = selected(host, &args[0], &links, call.nargout)?;
    values.truncate(call.nargout.max(1));
    Ok(values)
}

fn subsasgn(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let links = chain("subsasgn", &args[1])?;
    let mut base = args[0].clone();
    assign_through(&mut base, &links, &args[2])?;
    Ok(smallvec![base])
}
