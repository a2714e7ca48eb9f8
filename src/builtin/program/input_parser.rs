//! `inputParser`: says which arguments a function takes, and takes apart those it was given.

use super::evaluation::shown;
use super::variables::is_name;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{flag, one, truths, usage};
use crate::builtin::text::cell_row;
use crate::diag::{Fault, Result};
use crate::value::convert::is_true;
use crate::value::object::Class;
use crate::value::{Func, Object, Struct, Value};
use crate::{bail, fault};
use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new("inputParser", (0, 0), 1, new, INPUT_PARSER),
    Builtin::new("addRequired", (2, 3), 0, add_required, ADD_REQUIRED),
    Builtin::new("addOptional", (3, 4), 0, add_optional, ADD_OPTIONAL),
    Builtin::new("addParameter", (3, 6), 0, add_parameter, ADD_PARAMETER),
    Builtin::new("addParamValue", (3, 4), 0, add_parameter, ADD_PARAM_VALUE),
    Builtin::new("addSwitch", (2, 2), 0, add_switch, ADD_SWITCH),
    Builtin::new("parse", (1, usize::MAX), 0, parse, PARSE),
];

const METHODS: &[&str] = &["addOptional", "addParamValue", "addParameter", "addRequired", "addSwitch", "disp", "parse"];

const INPUT_PARSER: &str = "\
`P = inputParser ()`

An object that takes the arguments of a function apart. Say what there is to expect with `addRequired`, `addOptional`,
`addParameter` and `addSwitch`, call `parse`, and read `P.Results`, `P.UsingDefaults` and `P.Unmatched`. The properties
`FunctionName`, `CaseSensitive`, `KeepUnmatched` and `StructExpand` can be set.

    p = inputParser ();
    p.FunctionName = \"area\";
    p.addRequired (\"width\", @isnumeric);
    p.addOptional (\"height\", 1);
    p.addParameter (\"unit\", \"m\", @ischar);
    p.parse (3, \"unit\", \"cm\");
    p.Results
    % ans =
    %
    %   scalar structure containing the fields:
    %
    %     width = 3
    %     height = 1
    %     unit = cm
    %";

const ADD_REQUIRED: &str = "\
`addRequired (P, NAME, VALIDATOR)`, `P.addRequired (NAME, VALIDATOR)`

The next argument must be given; VALIDATOR is a function that is true of a good value, or ends in an error otherwise.

    p = inputParser (); p.addRequired (\"n\", @(x) x > 0); p.parse (2); p.Results.n
    % ans = 2";

const ADD_OPTIONAL: &str = "\
`addOptional (P, NAME, DEFAULT, VALIDATOR)`, `P.addOptional (NAME, DEFAULT, VALIDATOR)`

The next argument may be left out, as may those behind it.

    p = inputParser (); p.addOptional (\"n\", 5); p.parse (); p.Results.n
    % ans = 5";

const ADD_PARAMETER: &str = "\
`addParameter (P, NAME, DEFAULT, VALIDATOR)`, `P.addParameter (NAME, DEFAULT, VALIDATOR)`

An argument that is given by its name and a value, in any order behind the others.

    p = inputParser (); p.addParameter (\"tol\", 1e-3); p.parse (\"tol\", 0.5); p.Results.tol
    % ans = 0.5000";

const ADD_PARAM_VALUE: &str = "\
`addParamValue (P, NAME, DEFAULT, VALIDATOR)`

As `addParameter`.

    p = inputParser (); p.addParamValue (\"tol\", 1e-3); p.parse (\"tol\", 0.5); p.Results.tol
    % ans = 0.5000";

const ADD_SWITCH: &str = "\
`addSwitch (P, NAME)`, `P.addSwitch (NAME)`

An argument that is true where its name is given, and false otherwise.

    p = inputParser (); p.addSwitch (\"verbose\"); p.parse (\"verbose\"); p.Results.verbose
    % ans = 1";

const PARSE: &str = "\
`parse (P, ARG, ...)`, `P.parse (ARG, ...)`

Takes arguments apart as P says; the values are in `P.Results` then.

    p = inputParser (); p.addOptional (\"n\", 5); parse (p, 7); p.Results.n
    % ans = 7";

/// One argument to expect.
#[derive(Debug, Clone)]
struct Argument {
    name: String,
    default: Value,
    validator: Option<Arc<Func>>,
}

#[derive(Debug)]
struct Body {
    case_sensitive: bool,
    function_name: Value,
    keep_unmatched: bool,
    struct_expand: bool,
    /// Names in the order they were added.
    names: Vec<String>,
    required: Vec<Argument>,
    optional: Vec<Argument>,
    parameters: Vec<Argument>,
    switches: Vec<Argument>,
    results: Struct,
    unmatched: Struct,
    using_defaults: Vec<String>,
}

#[derive(Debug)]
struct InputParser(RefCell<Body>);

fn names(list: &[String]) -> Value {
    if list.is_empty() {
        return Value::Cell(Arc::new(crate::value::Cell::empty(crate::array::Shape::matrix(0, 0))));
    }
    cell_row(list.iter().map(|name| Value::text(name)).collect())
}

impl Class for InputParser {
    fn name(&self) -> &'static str {
        "inputParser"
    }

    fn properties(&self) -> Vec<(&'static str, Value)> {
        let body = self.0.borrow();
        vec![
            ("CaseSensitive", body.case_sensitive.into()),
            ("FunctionName", body.function_name.clone()),
            ("KeepUnmatched", body.keep_unmatched.into()),
            ("Parameters", names(&body.names)),
            ("PartialMatching", false.into()),
            ("Results", Value::Struct(Arc::new(body.results.clone()))),
            ("StructExpand", body.struct_expand.into()),
            ("Unmatched", Value::Struct(Arc::new(body.unmatched.clone()))),
            ("UsingDefaults", names(&body.using_defaults)),
        ]
    }

    fn set(&self, name: &str, value: Value) -> Result<()> {
        let mut body = self.0.borrow_mut();
        match name {
            "CaseSensitive" => body.case_sensitive = is_true(&value)?,
            "FunctionName" => body.function_name = value,
            "KeepUnmatched" => body.keep_unmatched = is_true(&value)?,
            "PartialMatching" => {
                if is_true(&value)? {
                    bail!("inputParser: PartialMatching is not yet implemented");
                }
            }
            "StructExpand" => body.struct_expand = is_true(&value)?,
            "Parameters" | "Results" | "Unmatched" | "UsingDefaults" => {
                bail!("subsasgn: property '{name}' has protected access and cannot be set in this context")
            }
            _ => bail!("invalid use of a inputParser object: unknown property '{name}'"),
        }
        Ok(())
    }

    fn methods(&self) -> &'static [&'static str] {
        METHODS
    }

    fn text(&self) -> String {
        let body = self.0.borrow();
        let lines = [
            ("CaseSensitive", body.case_sensitive),
            ("FunctionName", body.named().is_some()),
            ("KeepUnmatched", body.keep_unmatched),
            ("PartialMatching", false),
            ("StructExpand", body.struct_expand),
        ];
        let lines: String = lines.iter().map(|(name, is)| format!("   {name:<15} : {is}\n")).collect();
        let names = body.names.join(", ");
        format!("inputParser object with properties:\n\n{lines}\nDefined parameters:\n\n   {{{names}}}\n")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Body {
    fn new() -> Body {
        Body {
            case_sensitive: false,
            function_name: Value::text(""),
            keep_unmatched: false,
            struct_expand: true,
            names: Vec::new(),
            required: Vec::new(),
            optional: Vec::new(),
            parameters: Vec::new(),
            switches: Vec::new(),
            results: Struct::scalar(),
            unmatched: Struct::scalar(),
            using_defaults: Vec::new(),
        }
    }

    /// The function's name, once it is known.
    fn named(&self) -> Option<String> {
        self.function_name.to_text().filter(|name| !name.is_empty())
    }

    fn wrong(&self, message: &str) -> Fault {
        match self.named() {
            Some(name) => fault!("{name}: {message}"),
            None => fault!("{message}"),
        }
    }

    /// Takes note of a new name.
    fn declare(&mut self, kind: &str, name: &Value) -> Result<String> {
        let name = name.to_text().filter(|name| is_name(name));
        let Some(name) = name else { bail!("inputParser.add{kind}: NAME is an invalid identifier") };
        if self.names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            bail!("inputParser.add{kind}: argname '{name}' has already been specified");
        }
        self.names.push(name.clone());
        Ok(name)
    }

    /// The argument of this name among parameters or switches.
    fn find(&self, list: &[Argument], name: &Value) -> Option<Argument> {
        let name = name.to_text()?;
        let same = |known: &str| {
            if self.case_sensitive { known == name } else { known.eq_ignore_ascii_case(&name) }
        };
        list.iter().find(|argument| same(&argument.name)).cloned()
    }
}

fn parser<'a>(who: &str, value: &'a Value) -> Result<&'a RefCell<Body>> {
    if let Value::Object(object) = value
        && let Some(InputParser(body)) = object.0.as_any().downcast_ref()
    {
        return Ok(body);
    }
    Err(fault!("'{who}' undefined").id("Octave:undefined-function"))
}

fn validator(who: &str, value: Option<&Value>) -> Result<Option<Arc<Func>>> {
    match value {
        None => Ok(None),
        Some(Value::Func(function)) => Ok(Some(function.clone())),
        Some(_) => Err(fault!("{who}: VALIDATOR must be a function handle")),
    }
}

fn new(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    one(Value::Object(Object::new(InputParser(RefCell::new(Body::new())))))
}

fn add_required(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut body = parser("addRequired", &args[0])?.borrow_mut();
    if !(body.optional.is_empty() && body.parameters.is_empty() && body.switches.is_empty()) {
        bail!("inputParser.addRequired: can't have a Required argument after Optional, Parameter, or Switch");
    }
    let validator = validator("inputParser.addRequired", args.get(2))?;
    let name = body.declare("Required", &args[1])?;
    body.required.push(Argument { name, default: Value::empty(), validator });
    Ok(Values::new())
}

fn add_optional(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut body = parser("addOptional", &args[0])?.borrow_mut();
    if !(body.parameters.is_empty() && body.switches.is_empty()) {
        bail!("inputParser.Optional: can't have Optional arguments after Parameter or Switch");
    }
    let validator = validator("inputParser.addOptional", args.get(3))?;
    let name = body.declare("Optional", &args[1])?;
    body.optional.push(Argument { name, default: args[2].clone(), validator });
    Ok(Values::new())
}

fn add_parameter(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut body = parser("addParameter", &args[0])?.borrow_mut();
    // What may follow the name and the default: a validator, then how eagerly the name is matched, which says nothing
    // while names are matched whole.
    let rest = &args[3..];
    let (check, priority) = if rest.len() % 2 == 1 { (rest.first(), &rest[1..]) } else { (None, rest) };
    if let [option, _] = priority
        && !option.to_text().is_some_and(|t| t.eq_ignore_ascii_case("PartialMatchPriority"))
    {
        bail!("inputParser.addParameter: unrecognized option");
    }
    let validator = validator("inputParser.addParameter", check)?;
    let name = body.declare("Parameter", &args[1])?;
    body.parameters.push(Argument { name, default: args[2].clone(), validator });
    Ok(Values::new())
}

fn add_switch(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut body = parser("addSwitch", &args[0])?.borrow_mut();
    let name = body.declare("Switch", &args[1])?;
    body.switches.push(Argument { name, default: Value::Bool(false), validator: None });
    Ok(Values::new())
}

/// Whether a validator is content with a value; one that gives nothing is, unless it ends in an error.
fn holds(host: &mut dyn Host, validator: &Func, value: &Value) -> Result<bool> {
    let values = host.call(validator, std::slice::from_ref(value), 0)?;
    Ok(match values.first() {
        None => true,
        Some(value) if value.dtype().is_some() => {
            let value = host.gather(value)?;
            let truths = truths(&*value.to_block()?);
            truths.is_empty() || truths.contains(&true)
        }
        Some(other) => flag(other),
    })
}

/// Puts a value among the results once its validator is content.
fn accept(host: &mut dyn Host, parser: &RefCell<Body>, argument: &Argument, value: Value) -> Result<()> {
    if let Some(validator) = &argument.validator {
        let reason = match holds(host, validator, &value) {
            Ok(true) => None,
            Ok(false) => Some(format!("Checked with \"{}\"", shown(validator))),
            Err(fault) if fault.interrupt => return Err(fault),
            Err(fault) => Some(fault.message),
        };
        if let Some(reason) = reason {
            let name = argument.name.to_uppercase();
            return Err(parser.borrow().wrong(&format!("failed validation of {name}. {reason}")));
        }
    }
    parser.borrow_mut().results.set(argument.name.as_str(), value);
    Ok(())
}

fn parse(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let parser = parser("parse", &args[0])?;
    let mut waiting: VecDeque<Value> = args[1..].iter().cloned().collect();
    let (required, optional) = {
        let mut body = parser.borrow_mut();
        (body.results, body.unmatched) = (Struct::scalar(), Struct::scalar());
        body.using_defaults.clear();
        (body.required.clone(), body.optional.clone())
    };
    if waiting.len() < required.len() {
        return Err(too_few(host, &parser.borrow()));
    }
    for argument in &required {
        if let Some(value) = waiting.pop_front() {
            accept(host, parser, argument, value)?;
        }
    }
    let mut left = optional.iter();
    while let Some(value) = waiting.front().cloned() {
        let Some(argument) = left.as_slice().first() else { break };
        if named_next(&parser.borrow(), &waiting) {
            break;
        }
        let good = match &argument.validator {
            Some(validator) => match holds(host, validator, &value) {
                Err(fault) if fault.interrupt => return Err(fault),
                outcome => outcome.unwrap_or(false),
            },
            None => true,
        };
        if !good {
            let body = parser.borrow();
            // It may be the name of a parameter, or hold some.
            if value.to_text().is_some() || body.struct_expand && is_record(&value) {
                break;
            }
            let check = argument.validator.as_deref().map(|v| format!("{}{}", at_sign(v), shown(v)));
            let name = argument.name.to_uppercase();
            let check = check.unwrap_or_default();
            return Err(body.wrong(&format!("failed validation of {name}\nValidation function: {check}")));
        }
        parser.borrow_mut().results.set(argument.name.as_str(), value);
        waiting.pop_front();
        left.next();
    }
    for argument in left {
        let mut body = parser.borrow_mut();
        body.using_defaults.push(argument.name.clone());
        body.results.set(argument.name.as_str(), argument.default.clone());
    }
    while let Some(value) = waiting.pop_front() {
        named(host, parser, value, &mut waiting)?;
    }
    let mut body = parser.borrow_mut();
    for list in [body.parameters.clone(), body.switches.clone()] {
        let mut missing: Vec<Argument> =
            list.into_iter().filter(|argument| body.results.get(&argument.name).is_none()).collect();
        missing.sort_by(|a, b| a.name.cmp(&b.name));
        for argument in missing {
            body.results.set(argument.name.as_str(), argument.default);
            body.using_defaults.push(argument.name);
        }
    }
    Ok(Values::new())
}

/// Whether the next argument is the name of a parameter, with a value behind it, or of a switch.
fn named_next(body: &Body, waiting: &VecDeque<Value>) -> bool {
    let Some(next) = waiting.front() else { return false };
    waiting.len() > 1 && body.find(&body.parameters, next).is_some() || body.find(&body.switches, next).is_some()
}

/// One parameter or switch by its name, or all that a struct holds.
fn named(host: &mut dyn Host, parser: &RefCell<Body>, value: Value, waiting: &mut VecDeque<Value>) -> Result<()> {
    if let Value::Struct(record) = &value
        && parser.borrow().struct_expand
        && is_record(&value)
    {
        for (name, column) in record.iter().collect::<Vec<_>>().into_iter().rev() {
            waiting.push_front(column[0].clone());
            waiting.push_front(Value::text(name));
        }
        return Ok(());
    }
    let Some(name) = value.to_text() else {
        return Err(parser.borrow().wrong("non-string for Parameter name or Switch"));
    };
    let (parameter, switch) = {
        let body = parser.borrow();
        (body.find(&body.parameters, &value), body.find(&body.switches, &value))
    };
    if let Some(argument) = parameter {
        let Some(value) = waiting.pop_front() else {
            let name = name.to_uppercase();
            return Err(parser.borrow().wrong(&format!("no matching value for option '{name}'")));
        };
        return accept(host, parser, &argument, value);
    }
    let mut body = parser.borrow_mut();
    if let Some(argument) = switch {
        body.results.set(argument.name.as_str(), Value::Bool(true));
        return Ok(());
    }
    match waiting.pop_front() {
        Some(value) if body.keep_unmatched => {
            body.unmatched.set(name, value);
            Ok(())
        }
        _ => Err(body.wrong(&format!("argument '{}' is not a valid parameter", name.to_uppercase()))),
    }
}

fn too_few(host: &mut dyn Host, body: &Body) -> Fault {
    match body.named() {
        Some(name) if host.is_function(&name) => usage(&name),
        Some(name) => fault!("print_usage: '{name}' not found"),
        None => fault!("inputParser.parse: not enough input arguments"),
    }
}

fn is_record(value: &Value) -> bool {
    matches!(value, Value::Struct(_)) && value.is_scalar()
}

/// A named function is shown with its sign.
fn at_sign(function: &Func) -> &'static str {
    if matches!(function, Func::Named(_)) { "@" } else { "" }
}
